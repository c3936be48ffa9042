'use client';

import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { CheckField, TextAreaField, TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { SimilarClients } from './similar-clients.tsx';
import type { ClientCard } from './types.ts';

/** Makes a card, or changes the one given as it was last read. What is wrong with a field is said at the field. */
export function ClientForm(props: {
  card?: ClientCard;
  /** What was typed elsewhere before: a name, or a phone. */
  start?: { firstName?: string; lastName?: string; phone?: string };
  onClose: () => void;
  onDone: (done: { clientId: string; name: string }) => void;
}) {
  const t = useTranslations('clients.form');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const { card } = props;
  const form = useRef<HTMLFormElement>(null);
  const [key] = useState(newCallKey);
  const [typed, setTyped] = useState(() => ({
    firstName: card?.firstName ?? props.start?.firstName ?? '',
    lastName: card?.lastName ?? props.start?.lastName ?? '',
    phone: card?.contact?.phone ?? props.start?.phone ?? '',
    email: card?.contact?.email ?? '',
    birthDate: card?.birthDate ?? '',
    note: card?.note ?? '',
    sourceId: card?.source?.sourceId ?? null,
    isInvited: card?.isInvited ?? false,
  }));
  const choices = useQuery(api.clients.choices.queryOptions(undefined, { staleTime: 300_000 }));
  const done = async (clientId: string, words: string) => {
    await queries.invalidateQueries({ queryKey: api.clients.pathKey() });
    toast(words);
    props.onDone({ clientId, name: fullName(typed) });
  };
  const create = useMutation(api.clients.create.mutationOptions());
  const edit = useMutation(api.clients.edit.mutationOptions());
  const error = create.error ?? edit.error;
  const pending = create.isPending || edit.isPending;
  const errors = fieldErrors(error);
  useEffect(() => {
    const [first] = fieldProblemsOf(error);
    const field = first && form.current?.elements.namedItem(first.path);
    if (field instanceof HTMLElement) field.focus();
  }, [error]);

  function submit() {
    if (pending) return;
    if (card) {
      edit.mutate(
        { ...typed, clientId: card.clientId, updatedAt: card.updatedAt },
        { onSuccess: () => void done(card.clientId, t('saved')) },
      );
    } else {
      create.mutate(
        { ...typed, idempotencyKey: key },
        { onSuccess: ({ clientId }) => void done(clientId, t('created', { name: fullName(typed) })) },
      );
    }
  }

  const field = (name: 'firstName' | 'lastName' | 'phone' | 'email' | 'birthDate') => ({
    name,
    label: t(name),
    value: typed[name],
    error: errors[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <Dialog opened onClose={props.onClose} title={t(card ? 'titleEdit' : 'titleNew')}>
      <form
        ref={form}
        method="post"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField {...field('firstName')} required autoFocus />
          <TextField {...field('lastName')} />
        </div>
        {(!card || card.contact !== null) && (
          <>
            <TextField {...field('phone')} type="tel" inputMode="tel" />
            <TextField {...field('email')} type="email" inputMode="email" />
          </>
        )}
        {!card && <SimilarClients typed={typed} onOpen={(client) => props.onDone(client)} />}
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField {...field('birthDate')} type="date" />
          <Select
            label={t('source')}
            labelProps={{ fw: 500, mb: 4 }}
            placeholder={t('sourceNone')}
            clearable
            data={(choices.data?.sources ?? []).map(({ sourceId, name }) => ({
              value: sourceId,
              label: name,
            }))}
            value={typed.sourceId}
            error={errors.sourceId}
            onChange={(sourceId) => setTyped({ ...typed, sourceId })}
            // Inside a modal dialog only what is inside of it can be reached.
            comboboxProps={{ withinPortal: false }}
          />
        </div>
        <TextAreaField
          name="note"
          label={t('note')}
          hint={t('noteHint')}
          value={typed.note}
          error={errors.note}
          onChange={(event) => setTyped({ ...typed, note: event.currentTarget.value })}
        />
        <CheckField
          name="isInvited"
          label={t('invited')}
          checked={typed.isInvited}
          onChange={(event) => setTyped({ ...typed, isInvited: event.currentTarget.checked })}
        />
        {error !== null && fieldProblemsOf(error).length === 0 && (
          <p role="alert" className="text-danger">
            {problem(error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {refusalOf(error)?.code === 'stale' && card && (
            <Button
              variant="default"
              onClick={() => props.onDone({ clientId: card.clientId, name: fullName(card) })}
            >
              {t('staleReload')}
            </Button>
          )}
          <Button type="submit" loading={pending}>
            {t(card ? 'save' : 'create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
