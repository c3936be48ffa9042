'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { localDateOf } from '../../domain/zone.ts';
import { asAppointmentStatus, statusMarks } from '../calendar/status.ts';
import { Button } from '../kit/button.tsx';
import { MoneyText } from '../kit/money-text.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { StatusMark } from '../kit/status-mark.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { CardRights, CardVisit } from './types.ts';

/** One visit: when, what, with whom, how it stands. Its day leads to the calendar. */
export function CardVisitRow({ visit, rights }: { visit: CardVisit; rights: CardRights }) {
  const t = useTranslations('clients');
  const status = asAppointmentStatus(visit.status);
  const names = [...new Set(visit.services.map(({ specialistName }) => specialistName))].join(', ');
  const mine = visit.services.some(({ specialistId }) => specialistId === rights.specialistId);
  const date = localDateOf(visit.startsAt.getTime(), visit.zone);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-64">
        {rights.viewVisits || mine ? (
          <Link
            href={`/calendar?${new URLSearchParams({ date, visit: visit.appointmentId })}`}
            className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
          >
            <TimeText at={visit.startsAt} zone={visit.zone} />
          </Link>
        ) : (
          <span className="font-medium">
            <TimeText at={visit.startsAt} zone={visit.zone} />
          </span>
        )}
        <p>
          {visit.services
            .map(({ name, techniques }) =>
              techniques.length > 0 ? `${name} (${techniques.join(', ')})` : name,
            )
            .join(', ')}
        </p>
        <p className="text-sm text-soft">
          {t('page.with', { name: names })}
          {visit.priceMinor !== null && (
            <>
              {' '}
              · <MoneyText amountMinor={visit.priceMinor} currency={visit.currency} />
            </>
          )}
        </p>
        {visit.cancelReason !== null && (
          <p className="text-sm text-soft">{t('page.reason', { reason: visit.cancelReason })}</p>
        )}
        {visit.note !== null && <p className="text-sm whitespace-pre-line text-soft">{visit.note}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <StatusMark {...statusMarks[status]}>
          {t(visit.visit?.status === 'in_progress' ? 'page.inProgress' : `status.${status}`)}
        </StatusMark>
        {(rights.allVisits || mine) && <NextStep visit={visit} />}
      </div>
    </li>
  );
}

/** What can be done now: begin a visit on its day, complete the one that was begun. */
function NextStep({ visit }: { visit: CardVisit }) {
  const t = useTranslations('clients.page');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const settle = (words: string) => ({
    onSuccess() {
      toast(words);
      return queries.invalidateQueries({ queryKey: api.clients.pathKey() });
    },
    onError: (error: unknown) => void toast(problem(error), { tone: 'danger' }),
  });
  const start = useMutation(api.visits.start.mutationOptions(settle(t('started'))));
  const complete = useMutation(api.visits.complete.mutationOptions(settle(t('completed'))));
  const [now] = useState(() => Date.now());
  const isToday = localDateOf(visit.startsAt.getTime(), visit.zone) === localDateOf(now, visit.zone);
  const running = visit.visit?.status === 'in_progress' ? visit.visit : null;
  if (running && visit.status === 'arrived') {
    return (
      <Button loading={complete.isPending} onClick={() => complete.mutate({ visitId: running.visitId })}>
        {t('complete')}
      </Button>
    );
  }
  if (!isToday || !['booked', 'confirmed', 'arrived'].includes(visit.status)) return null;
  return (
    <Button loading={start.isPending} onClick={() => start.mutate({ appointmentId: visit.appointmentId })}>
      {t('start')}
    </Button>
  );
}
