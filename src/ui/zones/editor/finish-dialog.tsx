'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { FoundFault } from '../../../domain/scheme/check.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { useTRPC } from '../../trpc/client.ts';
import { refusalOf } from '../../trpc/refusal.ts';
import type { Besides } from './besides.ts';

/** Asks once, or shows what stands against it at the marks themselves. */
export function FinishDialog(props: {
  schemeId: string;
  isSaved: boolean;
  besides: Besides;
  onClose: () => void;
  onShow: (markId: string) => void;
  onFaults: (faults: readonly FoundFault[]) => void;
  onDone: () => void;
}) {
  const t = useTranslations('zones.editor.finishing');
  const api = useTRPC();
  const problem = useProblemText();
  const asked = useQuery(
    api.drawings.faults.queryOptions(
      { schemeId: props.schemeId },
      { enabled: props.isSaved, staleTime: 0, gcTime: 0 },
    ),
  );
  const finish = useMutation(
    api.drawings.finish.mutationOptions({
      onSuccess: props.onDone,
      onError: (error) => {
        const refusal = refusalOf(error);
        if (refusal?.code === 'scheme_refused') props.onFaults(refusal.faults);
      },
    }),
  );
  const refusal = refusalOf(finish.error);
  const faults: readonly FoundFault[] =
    refusal?.code === 'scheme_refused' ? refusal.faults : (asked.data?.faults ?? []);
  return (
    <Dialog opened onClose={props.onClose} title={t('title')}>
      {faults.length > 0 ? (
        <>
          <p className="text-soft">{t('faults')}</p>
          <ul className="mt-3 flex max-h-[50dvh] list-none flex-col divide-y divide-line overflow-y-auto p-0">
            {faults.map(({ markId, reason }) => (
              <li key={`${markId} ${reason}`} className="flex min-h-12 items-center gap-2.5 py-1">
                <Icon name="attention" size={18} className="shrink-0 text-attention" />
                <span className="min-w-0 flex-1">
                  {t(`fault.${reason}`, { lot: lotOf(props.besides, markId) })}
                </span>
                {markId !== '' && (
                  <Button kind="quiet" onClick={() => props.onShow(markId)}>
                    {t('show')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p className="text-soft">{t('text')}</p>
          {!props.isSaved && (
            <p role="status" className="mt-3 flex gap-2 text-attention">
              <Icon name="clock" className="mt-0.5 shrink-0" />
              {t('waiting')}
            </p>
          )}
          {finish.error !== null && refusal?.code !== 'scheme_refused' && (
            <p role="alert" className="mt-3 text-danger">
              {problem(finish.error)}
            </p>
          )}
        </>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button kind="secondary" onClick={props.onClose}>
          {t('keep')}
        </Button>
        {faults.length === 0 && (
          <Button
            disabled={!props.isSaved || asked.isFetching}
            loading={finish.isPending}
            onClick={() => finish.mutate({ schemeId: props.schemeId })}
          >
            {t('confirm')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function lotOf(besides: Besides, markId: string): string {
  const lotId = besides.lotOf(markId);
  return lotId === null ? '' : (besides.lotNumber(lotId) ?? '');
}
