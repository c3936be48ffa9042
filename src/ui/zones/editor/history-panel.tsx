'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../../api/root.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { toast } from '../../kit/toasts.ts';
import { useTRPC } from '../../trpc/client.ts';

type Steps = inferRouterOutputs<AppRouter>['drawings']['steps']['steps'];

const countOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The steps with who and when, newest first; back to any of them, as one more step. */
export function HistoryPanel(props: { schemeId: string; zone: string; canDraw: boolean }) {
  const t = useTranslations('zones.editor.history');
  const api = useTRPC();
  const queries = useQueryClient();
  const format = useFormat();
  const problem = useProblemText();
  const [asked, setAsked] = useState<{ stepId: string; time: string } | null>(null);
  const { schemeId } = props;
  // Steps come while people draw; whoever looks at them sees them come.
  const query = useQuery(
    api.drawings.steps.queryOptions({ schemeId, before: null }, { refetchInterval: 4_000 }),
  );
  const [earlier, setEarlier] = useState<{ steps: Steps; next: string | null }>({ steps: [], next: null });
  const earliest = earlier.steps.at(-1);
  const next = earliest ? earlier.next : (query.data?.next ?? null);
  const more = useMutation({
    mutationFn: (before: string) => queries.fetchQuery(api.drawings.steps.queryOptions({ schemeId, before })),
    onSuccess: (page) => setEarlier((shown) => ({ steps: [...shown.steps, ...page.steps], next: page.next })),
    onError: (error) => toast(problem(error), { tone: 'danger' }),
  });
  const back = useMutation(
    api.drawings.goBack.mutationOptions({
      onSuccess: () => {
        setAsked(null);
        void query.refetch();
      },
      onError: (error) => toast(problem(error), { tone: 'danger' }),
    }),
  );
  const newest = query.data?.steps ?? [];
  const known = new Set(newest.map(({ id }) => id));
  const steps = [...newest, ...earlier.steps.filter(({ id }) => !known.has(id))];
  if (query.isError) return <p className="text-sm text-danger">{t('failed')}</p>;
  if (query.isPending) return <div className="kit-bone h-24 rounded-md" aria-hidden="true" />;
  return (
    <>
      {steps.length === 0 && <p className="text-sm text-soft">{t('none')}</p>}
      <ol className="m-0 flex list-none flex-col divide-y divide-line p-0">
        {steps.map((step, index) => {
          const at = new Date(step.untilAt);
          const time = format.time(at, props.zone);
          const changes = countOf(step.added) + countOf(step.changed) + countOf(step.removed);
          return (
            <li key={step.id} className="py-2">
              <p className="flex items-baseline gap-3">
                <span className="min-w-0 flex-1 truncate">
                  {t(step.kind === 'back' ? 'back' : 'drawn', { name: step.name })}
                </span>
                <time dateTime={at.toISOString()} className="text-sm text-soft tabular-nums">
                  {time}
                </time>
              </p>
              <div className="flex min-h-11 items-center gap-2">
                <span className="min-w-0 flex-1 text-sm text-soft">{t('changes', { count: changes })}</span>
                {props.canDraw && index > 0 && (
                  <button
                    type="button"
                    className="-mr-2 min-h-11 cursor-pointer rounded-md border-0 bg-transparent px-2 text-sm font-medium text-accent hover:bg-accent-soft"
                    onClick={() => setAsked({ stepId: step.id, time })}
                  >
                    {t('go')}
                  </button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {next !== null && (
        <Button kind="quiet" wide loading={more.isPending} onClick={() => more.mutate(next)}>
          {t('more')}
        </Button>
      )}
      <Dialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('ask', { time: asked?.time ?? '' })}
      >
        <p className="text-soft">{t('askText')}</p>
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Stay onClick={() => setAsked(null)} />
          <Button
            loading={back.isPending}
            onClick={() => asked && back.mutate({ schemeId: props.schemeId, stepId: asked.stepId })}
          >
            {t('go')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function Stay({ onClick }: { onClick: () => void }) {
  const t = useTranslations('shell');
  return (
    <Button kind="secondary" autoFocus onClick={onClick}>
      {t('cancel')}
    </Button>
  );
}
