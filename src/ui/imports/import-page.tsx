'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { BackLink } from '../kit/back-link.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useLiveQuery } from '../live/use-live.ts';
import { Answered } from '../settings/query-states.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { EncodingChoice } from './encoding-choice.tsx';
import { ImportStatusMark } from './import-status.tsx';
import { KeptList } from './kept-list.tsx';
import { OutcomeCounts, ReasonList } from './outcome-counts.tsx';
import { RowTable } from './row-table.tsx';
import { RunBar } from './run-bar.tsx';
import { SettingsForm } from './settings-form.tsx';
import type { ImportDetail } from './types.ts';
import { useUnreadableText } from './unreadable-text.ts';
import { WorkProgress } from './work-progress.tsx';

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const isDelimiter = (text: string): text is keyof typeof delimiterNames =>
  Object.hasOwn(delimiterNames, text);
const workingPollMs = 2_000;

/** What the file is, in a line. */
function useFacts(): ({ shape }: ImportDetail) => string {
  const t = useTranslations('imports');
  return ({ shape }) => {
    const delimiter = shape.delimiter ?? ',';
    const how =
      shape.format === 'xlsx'
        ? t('excel')
        : t('separated', {
            encoding: t(`encodings.${shape.encoding ?? 'utf-8'}`),
            delimiter: t(`delimiters.${delimiterNames[isDelimiter(delimiter) ? delimiter : ',']}`),
          });
    return t('facts', { rows: shape.rowCount, columns: shape.columns.length, how });
  };
}

function ImportBody({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const unreadable = useUnreadableText();
  const format = useFormat();
  const [isEditing, setEditing] = useState(false);
  const discard = useMutation(
    trpc.imports.discard.mutationOptions({
      onSuccess: () => {
        toast(t('discarded'));
        void queries.invalidateQueries({ queryKey: trpc.imports.list.queryKey() });
        router.push('/settings/import');
      },
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const remove = () => discard.mutate({ batchId: batch.id });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isWorking = batch.status === 'checking' || batch.status === 'running' || batch.status === 'undoing';
  if (batch.shape.columns.length === 0) {
    return (
      <>
        <EncodingChoice batch={batch} />
        <Button className="mt-4" variant="subtle" color="gray" onClick={remove}>
          {t('discard')}
        </Button>
      </>
    );
  }
  if (isWorking) return <WorkProgress batch={batch} />;
  const isOpen = batch.status === 'uploaded' || (batch.hasFile && (isEditing || batch.status === 'failed'));
  if (isOpen) {
    return (
      <div className="flex flex-col gap-4">
        {batch.status === 'failed' && (
          <Section title={t('failedTitle')}>
            <p role="alert" className="text-danger">
              {unreadable(batch.statusReason ?? '')}
            </p>
          </Section>
        )}
        {batch.importedBefore !== null && (
          <p className="rounded-md bg-attention-soft px-4 py-3 text-sm text-attention">
            {t('importedBefore', { date: format.dayTime(batch.importedBefore, zone) })}
          </p>
        )}
        <SettingsForm
          key={`${batch.settings.kind} ${batch.shape.encoding} ${batch.shape.delimiter}`}
          batch={batch}
          onChecking={() => setEditing(false)}
          discard={remove}
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {batch.status === 'undone' ? (
        <Section title={t('undoneTitle')} lead={t('undoneLead', { removed: batch.counts.removed ?? 0 })}>
          <Button variant="default" loading={discard.isPending} onClick={remove}>
            {t('forget')}
          </Button>
        </Section>
      ) : (
        <OutcomeCounts batch={batch} />
      )}
      <KeptList kept={batch.kept} />
      <RunBar batch={batch} onEdit={() => setEditing(true)} />
      {batch.status !== 'undone' && <ReasonList batchId={batch.id} />}
      {batch.status !== 'undone' && <RowTable batch={batch} />}
    </div>
  );
}

export function ImportPage({ batchId }: { batchId: string }) {
  const t = useTranslations('imports');
  const facts = useFacts();
  const options = useTRPC().imports.get.queryOptions({ batchId });
  const query = useQuery({
    ...options,
    // The stream tells of each step; a slow look besides, in case it is cut.
    refetchInterval: ({ state }) =>
      state.data && ['checking', 'running', 'undoing'].includes(state.data.status) ? workingPollMs : false,
  });
  useLiveQuery(['import'], options.queryKey);
  return (
    <Answered query={query} shape="form" backHref="/settings/import">
      {(batch) => (
        <>
          <BackLink href="/settings/import">{t('back')}</BackLink>
          <PageHeader
            title={<span className="break-all">{batch.fileName}</span>}
            lead={
              batch.shape.columns.length === 0
                ? undefined
                : `${t(`kinds.${batch.settings.kind}`)} · ${facts(batch)}`
            }
            actions={
              <>
                <HistoryLink recordId={batchId} name={batch.fileName} />
                <ImportStatusMark status={batch.status} />
              </>
            }
          />
          <ImportBody batch={batch} />
        </>
      )}
    </Answered>
  );
}
