'use client';

import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import type { DraftClient } from './draft.ts';

/** What was typed into the search goes to the field it looks like. */
function guess(typed: string): { firstName: string; lastName: string; phone: string; email: string } {
  const text = typed.trim();
  const nothing = { firstName: '', lastName: '', phone: '', email: '' };
  if (text.includes('@')) return { ...nothing, email: text };
  if (/^[+\d][\d\s()-]{4,}$/.test(text)) return { ...nothing, phone: text };
  const [firstName = '', ...rest] = text.split(/\s+/);
  return { ...nothing, firstName, lastName: rest.join(' ') };
}

/** A new card in four fields; the rest is filled in on its own page. */
export function NewClient(props: {
  typed: string;
  onMade: (client: DraftClient) => void;
  onCancel: () => void;
}) {
  const t = useTranslations('calendar.form');
  const trpc = useTRPC();
  const fieldErrors = useFieldErrors();
  const problemText = useProblemText();
  const [fields, setFields] = useState(() => guess(props.typed));
  const [callKey] = useState(newCallKey);
  const make = useMutation(trpc.clients.create.mutationOptions());
  const errors = make.isError ? fieldErrors(make.error) : {};
  function submit(event: SyntheticEvent) {
    event.preventDefault();
    event.stopPropagation();
    make.mutate(
      {
        firstName: fields.firstName,
        lastName: fields.lastName,
        phone: fields.phone === '' ? null : fields.phone,
        email: fields.email === '' ? null : fields.email,
        idempotencyKey: callKey,
      },
      {
        onSuccess: ({ clientId, cardNumber }) =>
          props.onMade({
            id: clientId,
            name: `${fields.firstName} ${fields.lastName}`.trim(),
            detail: [fields.phone, fields.email, t('card', { number: cardNumber })]
              .filter(Boolean)
              .join(' · '),
          }),
      },
    );
  }
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setFields((now) => ({ ...now, [name]: value }));
    },
  });
  return (
    // A form inside of the booking's: its Enter makes the card, not the visit.
    <div
      role="group"
      aria-label={t('newClient')}
      className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) submit(event);
      }}
    >
      <p className="font-medium">{t('newClient')}</p>
      <div className="grid grid-cols-2 gap-3">
        <TextInput label={t('firstName')} required data-autofocus autoFocus {...field('firstName')} />
        <TextInput label={t('lastName')} {...field('lastName')} />
      </div>
      <TextInput label={t('phone')} type="tel" inputMode="tel" {...field('phone')} />
      <TextInput label={t('email')} type="email" inputMode="email" {...field('email')} />
      {make.isError && Object.keys(errors).length === 0 && (
        <p role="alert" className="text-sm text-danger">
          {problemText(make.error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={props.onCancel}>
          {t('back')}
        </Button>
        <Button onClick={submit} loading={make.isPending}>
          {t('addClient')}
        </Button>
      </div>
    </div>
  );
}
