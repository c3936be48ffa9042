'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { BackLink } from '../kit/back-link.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { useLive } from '../live/use-live.ts';
import { Answered } from '../settings/query-states.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { BlockDialog, BlockedNote } from './block-dialog.tsx';
import { ClientPresence } from './presence.tsx';

type Account = inferRouterOutputs<AppRouter>['clientAccounts']['one'];
interface Whose {
  clientId: string;
  name: string;
}

/** The account behind a client's card: whether it may be entered, from where it is, and what is asked for. */
export function ClientAccountPage(props: Whose & { zone: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const readAgain = useReadAgain();
  const { clientId, name, zone } = props;
  const account = useQuery(trpc.clientAccounts.one.queryOptions({ clientId }));
  useLive(['client'], (events) => {
    if (events === null || events.some(({ entityId }) => entityId === clientId)) void readAgain();
  });
  const cardHref = `/clients/${clientId}`;
  return (
    <div className="max-w-[58rem]">
      <BackLink href={cardHref}>{t('access.toCard')}</BackLink>
      <Answered query={account} shape="form" backHref={cardHref}>
        {(of) => (
          <>
            <PageHeader
              title={
                <span className="flex flex-wrap items-center gap-3">
                  <span className="min-w-0 break-words">{name}</span>
                  {of.isBlocked && <StatusMark tone="danger">{t('access.blocked')}</StatusMark>}
                </span>
              }
              lead={t('access.clientAccountLead')}
              actions={
                <>
                  <HistoryLink recordId={of.accountId} name={name} />
                  <BlockClient account={of} clientId={clientId} name={name} />
                </>
              }
            />
            <BlockedNote reason={of.blockedReason} />
            <div className="flex flex-col gap-6">
              <ClientPresence clientId={clientId} zone={zone} />
              <ClientFactor account={of} clientId={clientId} name={name} zone={zone} />
            </div>
          </>
        )}
      </Answered>
    </div>
  );
}

/** The card tells of its account, too. */
function useReadAgain() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [trpc.clientAccounts, trpc.clients].map((area) => queries.invalidateQueries(area.pathFilter())),
    );
}

/** What every change of the account does once it is answered: words of a refusal would lie behind a dialog. */
function useSettle(close: () => void) {
  const readAgain = useReadAgain();
  const problemText = useProblemText();
  return {
    onError: (error: unknown) => void toast(problemText(error), { tone: 'danger' }),
    onSettled: () => {
      close();
      return readAgain();
    },
  };
}

function BlockClient({ account, clientId, name }: Whose & { account: Account }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const settle = useSettle(() => setAsking(false));
  const block = useMutation(
    trpc.clientAccounts.block.mutationOptions({
      ...settle,
      onSuccess: (_, { isBlocked }) =>
        void toast(t(isBlocked ? 'personBlocked' : 'personUnblocked', { name })),
    }),
  );
  if (account.isBlocked)
    return (
      <Button
        variant="default"
        loading={block.isPending}
        onClick={() => block.mutate({ clientId, isBlocked: false })}
      >
        {t('unblockPerson')}
      </Button>
    );
  return (
    <>
      <Button variant="light" color="red" onClick={() => setAsking(true)}>
        {t('blockPerson')}
      </Button>
      <BlockDialog
        name={name}
        opened={isAsking}
        pending={block.isPending}
        onClose={() => setAsking(false)}
        onBlock={(reason) => block.mutate({ clientId, isBlocked: true, reason })}
      />
    </>
  );
}

/** Whether a second factor is asked for, and the way back for whoever has lost theirs. */
function ClientFactor({ account, clientId, name, zone }: Whose & { account: Account; zone: string }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const settle = useSettle(() => setAsking(false));
  const { factorSince, isProven } = account;
  const take = useMutation(
    trpc.clientAccounts.takeFactor.mutationOptions({
      ...settle,
      onSuccess: () => void toast(t(isProven ? 'factorTakenTold' : 'factorTaken', { name })),
    }),
  );
  return (
    <Section
      title={t('factor')}
      lead={t('factorLead')}
      actions={
        factorSince !== null && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('factorTake')}
          </Button>
        )
      }
    >
      {factorSince === null ? (
        <p className="text-soft">{t('factorNone')}</p>
      ) : (
        <p>{t('factorSince', { date: format.date(factorSince, zone) })}</p>
      )}
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => take.mutate({ clientId })}
        title={t('factorTakeTitle', { name })}
        losses={[
          t('factorLoss'),
          t('factorLossSessions'),
          ...(isProven ? [t('factorLossPassword', { name })] : []),
        ]}
        confirmLabel={t('factorTake')}
        pending={take.isPending}
      >
        <p>{t('factorTakeSure')}</p>
        {!isProven && <p className="mt-2">{t('factorTakeUntold')}</p>}
      </ConfirmDialog>
    </Section>
  );
}
