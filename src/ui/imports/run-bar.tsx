'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { ImportDetail } from './types.ts';

/** The next step: import what was checked, or take back what was imported. */
export function RunBar({ batch, onEdit }: { batch: ImportDetail; onEdit: () => void }) {
  const t = useTranslations('imports');
  const cancel = useTranslations('shell')('cancel');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [isAsking, setAsking] = useState(false);
  const options = {
    onSuccess: () => queries.invalidateQueries({ queryKey: trpc.imports.pathKey() }),
    onError: (error: unknown) => toast(problemText(error), { tone: 'danger' }),
  };
  const run = useMutation(trpc.imports.run.mutationOptions(options));
  const undo = useMutation(trpc.imports.undo.mutationOptions(options));
  const { created = 0, updated = 0, history = 0 } = batch.counts;
  const taking = created + updated + history;
  if (batch.status === 'checked') {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft">{taking === 0 ? t('nothingToRun') : t('checkedLead')}</p>
        <div className="flex flex-wrap gap-2">
          <Button variant="default" onClick={onEdit}>
            {t('changeSettings')}
          </Button>
          {taking > 0 && (
            <Button loading={run.isPending} onClick={() => run.mutate({ batchId: batch.id })}>
              {t('run', { count: taking })}
            </Button>
          )}
        </div>
      </div>
    );
  }
  if (batch.status !== 'done') return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-soft">
        {batch.finishedAt && t('doneLead', { date: format.dayTime(batch.finishedAt, zone) })}
      </p>
      {taking > 0 && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('undo')}
        </Button>
      )}
      <Dialog opened={isAsking} onClose={() => setAsking(false)} title={t('undoTitle')}>
        <p>{t('undoLoss', { count: taking })}.</p>
        <p className="mt-2 text-sm text-soft">{t('undoText')}</p>
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button variant="default" autoFocus onClick={() => setAsking(false)}>
            {cancel}
          </Button>
          <Button color="red" loading={undo.isPending} onClick={() => undo.mutate({ batchId: batch.id })}>
            {t('undo')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
