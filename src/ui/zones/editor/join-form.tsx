'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../../kit/refusal-text.ts';
import { EmptyState } from '../../kit/states.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTRPC } from '../../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../../trpc/refusal.ts';

/** One question: the name by which the specialist lets somebody in. */
export function JoinForm(props: { inviteToken: string; onJoined: (guestToken: string) => void }) {
  const t = useTranslations('zones.editor.guest');
  const api = useTRPC();
  const problem = useProblemText();
  const errors = useFieldErrors();
  const [name, setName] = useState('');
  const join = useMutation(
    api.drawings.join.mutationOptions({ onSuccess: ({ guestToken }) => props.onJoined(guestToken) }),
  );
  if (refusalOf(join.error)?.code === 'invite_lapsed')
    return <EmptyState icon="clock" title={t('lapsed')} text={t('lapsedText')} />;
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') join.mutate({ inviteToken: props.inviteToken, name });
      }}
    >
      <div>
        <h1 className="text-title font-semibold tracking-tight">{t('title')}</h1>
        <p className="mt-1 text-soft">{t('lead')}</p>
      </div>
      <TextField
        label={t('name')}
        name="name"
        autoComplete="given-name"
        maxLength={60}
        required
        autoFocus
        value={name}
        error={errors(join.error)['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {join.error !== null && fieldProblemsOf(join.error).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(join.error)}
        </p>
      )}
      <Button type="submit" wide loading={join.isPending} disabled={name.trim() === ''}>
        {t('join')}
      </Button>
    </form>
  );
}
