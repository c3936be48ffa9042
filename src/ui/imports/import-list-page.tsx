'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { type DataColumn, DataList } from '../kit/data-list.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { EmptyState } from '../kit/states.tsx';
import { useLiveQuery } from '../live/use-live.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ImportStatusMark } from './import-status.tsx';
import type { ImportLine } from './types.ts';
import { UploadBox } from './upload-box.tsx';

const viewerZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function ImportListPage() {
  const t = useTranslations('imports');
  const router = useRouter();
  const format = useFormat();
  const options = useTRPC().imports.list.queryOptions();
  const query = useQuery(options);
  useLiveQuery(['import'], options.queryKey);
  const columns: DataColumn<ImportLine>[] = [
    {
      key: 'file',
      header: t('file'),
      cell: ({ fileName, kind }) => (
        <span className="block max-w-64 min-w-0">
          <span className="block truncate font-medium">{fileName}</span>
          <span className="block text-sm text-soft">{t(`kinds.${kind}`)}</span>
        </span>
      ),
    },
    { key: 'status', header: t('status'), cell: ({ status }) => <ImportStatusMark status={status} /> },
    {
      key: 'rows',
      header: t('rows'),
      align: 'end',
      from: 'sm',
      cell: ({ rowCount }) => <span className="tabular-nums">{format.number(rowCount)}</span>,
    },
    {
      key: 'when',
      header: t('when'),
      align: 'end',
      from: 'sm',
      cell: ({ createdAt }) => (
        <span className="text-sm whitespace-nowrap text-soft">{format.dayTime(createdAt, viewerZone())}</span>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <UploadBox />
      <h2 className="mt-8 mb-3 text-lg font-semibold">{t('historyTitle')}</h2>
      <Answered query={query} shape="list" backHref="/settings">
        {(rows) => (
          <DataList
            label={t('historyTitle')}
            rows={rows}
            columns={columns}
            idOf={({ id }) => id}
            nameOf={({ fileName }) => fileName}
            onOpen={(id) => router.push(`/settings/import/${id}`)}
            empty={<EmptyState icon="upload" title={t('emptyTitle')} text={t('emptyText')} />}
          />
        )}
      </Answered>
    </>
  );
}
