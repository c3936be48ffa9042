'use client';

import { TextInput } from '@mantine/core';
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { Choice } from '../kit/choice.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icons.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import type { ClientCard } from './types.ts';

interface Candidate {
  clientId: string;
  name: string;
  cardNumber: number;
  detail: string;
}

/** Staff choose the card that came with the account, and say how they know. It can't be undone, so it is asked. */
export function LinkAccount({ card, onClose }: { card: ClientCard; onClose: () => void }) {
  const t = useTranslations('clients');
  const api = useTRPC();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const likely = useQuery(api.clients.linkCandidates.queryOptions({ clientId: card.clientId }));
  const search = typed.trim();
  const others = useQuery(
    api.clients.search.queryOptions(search.length < 2 ? skipToken : { search, account: 'linked', limit: 6 }),
  );
  if (chosen !== null)
    return <LinkConfirm card={card} chosen={chosen} onClose={onClose} onBack={() => setChosen(null)} />;
  const same = { email: t('link.sameEmail'), phone: t('link.samePhone'), name: t('link.sameName') };
  const asked: Candidate[] = (others.data ?? []).map((client) => ({
    clientId: client.clientId,
    name: fullName(client),
    cardNumber: client.cardNumber,
    detail: [t('card', { number: client.cardNumber }), client.email, client.phone]
      .filter(Boolean)
      .join(' · '),
  }));
  const offered: Candidate[] = (likely.data ?? []).map((client) => ({
    ...client,
    detail: [
      t('card', { number: client.cardNumber }),
      ...client.same.map((key) => same[key]),
      ...(client.emailVerified ? [] : [t('link.unverified')]),
    ].join(' · '),
  }));
  const shown = search.length < 2 ? offered : asked;
  return (
    <Dialog opened onClose={onClose} title={t('link.title')}>
      <p className="text-soft">{t('link.lead')}</p>
      <TextInput
        mt="md"
        type="search"
        label={t('link.others')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<Icon name="search" size={18} />}
        maxLength={80}
        autoComplete="off"
      />
      <div className="mt-4" aria-live="polite">
        {search.length < 2 && offered.length > 0 && (
          <p className="mb-2 text-sm text-soft">{t('link.candidates')}</p>
        )}
        <ul className="flex flex-col gap-2">
          {shown.map((candidate) => (
            <li key={candidate.clientId}>
              <Choice
                title={candidate.name}
                detail={candidate.detail}
                onChoose={() => setChosen(candidate)}
              />
            </li>
          ))}
        </ul>
        {shown.length === 0 && !likely.isLoading && !others.isLoading && (
          <p className="text-soft">{t('link.none')}</p>
        )}
      </div>
    </Dialog>
  );
}

function LinkConfirm(props: {
  card: ClientCard;
  chosen: Candidate;
  onClose: () => void;
  onBack: () => void;
}) {
  const t = useTranslations('clients.link');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [reason, setReason] = useState('');
  const { name, cardNumber, clientId: accountCardId } = props.chosen;
  const link = useMutation(
    api.clients.linkAccount.mutationOptions({
      onSuccess() {
        toast(t('linked'));
        props.onClose();
        return queries.invalidateQueries({ queryKey: api.clients.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened
      onClose={props.onBack}
      onConfirm={() => link.mutate({ clientId: props.card.clientId, accountCardId, reason })}
      title={t('title')}
      losses={[t('loss', { name, number: cardNumber })]}
      confirmLabel={t('submit')}
      pending={link.isPending}
    >
      <TextField
        name="reason"
        label={t('reason')}
        hint={t('reasonHint')}
        required
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={fieldErrors(link.error).reason}
      />
      {link.error !== null && fieldProblemsOf(link.error).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(link.error)}
        </p>
      )}
    </ConfirmDialog>
  );
}
