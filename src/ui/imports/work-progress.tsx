'use client';

import { Button, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../kit/section.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { ImportDetail } from './types.ts';

/** How far the work is. It goes on without this page. */
export function WorkProgress({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const resume = useMutation(
    trpc.imports.resume.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.imports.pathKey() }),
    }),
  );
  if (batch.status !== 'checking' && batch.status !== 'running' && batch.status !== 'undoing') return null;
  const percent =
    batch.rowCount === 0 ? 0 : Math.min(100, Math.round((batch.doneCount / batch.rowCount) * 100));
  const label = t(`working.${batch.status}`);
  return (
    <Section title={label} lead={t('workingText')}>
      <Progress value={percent} size="lg" aria-label={label} animated={batch.statusReason === null} />
      <p role="status" className="mt-2 text-sm text-soft tabular-nums">
        {t('progress', {
          done: format.number(Math.min(batch.doneCount, batch.rowCount)),
          total: format.number(batch.rowCount),
        })}
      </p>
      {batch.statusReason !== null && (
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <p role="alert" className="text-attention">
            {t('interrupted')}
          </p>
          <Button
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate({ batchId: batch.id })}
          >
            {t('resume')}
          </Button>
        </div>
      )}
    </Section>
  );
}
