'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { type DataColumn, DataList } from '../kit/data-list.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { MessageState, useKindText, useReasonText } from './state-mark.tsx';

export type MessageLine = inferRouterOutputs<AppRouter>['messages']['list']['messages'][number];

export function MessageTable(props: {
  rows: readonly MessageLine[];
  zone: string;
  onOpen: (messageId: string) => void;
  empty: ReactNode;
}) {
  const t = useTranslations('messages');
  const kindText = useKindText();
  const reasonText = useReasonText();
  const columns: DataColumn<MessageLine>[] = [
    {
      key: 'what',
      header: t('column.what'),
      cell: (row) => (
        <span className="block py-1">
          <span className="block font-medium">{row.subject}</span>
          <span className="block text-sm text-soft">
            {row.clientName ?? row.recipient ?? t('hiddenAddress')}
            <span className="hidden sm:inline"> · {kindText(row.kind)}</span>
          </span>
        </span>
      ),
    },
    {
      key: 'to',
      header: t('column.to'),
      from: 'lg',
      cell: ({ recipient }) =>
        recipient === null ? (
          <span className="text-soft">{t('hiddenAddress')}</span>
        ) : recipient === '' ? (
          <span className="text-soft">{t('nobody')}</span>
        ) : (
          <span className="break-all">{recipient}</span>
        ),
    },
    {
      key: 'status',
      header: t('column.status'),
      cell: (row) => (
        <span className="block max-w-60 py-1">
          <MessageState status={row.status} />
          {row.statusReason !== null && (
            <span className="mt-0.5 hidden text-sm text-soft sm:block">{reasonText(row.statusReason)}</span>
          )}
        </span>
      ),
    },
    {
      key: 'at',
      header: t('column.at'),
      from: 'sm',
      align: 'end',
      cell: ({ createdAt }) => (
        <span className="whitespace-nowrap">
          <TimeText at={createdAt} zone={props.zone} />
        </span>
      ),
    },
  ];
  return (
    <DataList
      label={t('title')}
      rows={props.rows}
      columns={columns}
      idOf={({ messageId }) => messageId}
      nameOf={({ subject }) => subject}
      onOpen={props.onOpen}
      empty={props.empty}
    />
  );
}
