'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import type { TodayRequest, TodayVisit } from './types.ts';

/** What can be done to a visit from the first page; each tells what it did and reads the page again. */
export function useTodayActions() {
  const t = useTranslations('today');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const settled = {
    onError: (error: unknown) => toast(problemText(error), { tone: 'danger' }),
    onSettled: () => void queries.invalidateQueries({ queryKey: trpc.booking.pathKey() }),
  };
  const mark = useMutation(trpc.booking.mark.mutationOptions(settled));
  const begin = useMutation(trpc.visits.start.mutationOptions(settled));
  const nameOf = (visit: TodayVisit) => visit.client?.name ?? '';
  return {
    pendingId: mark.isPending
      ? mark.variables.appointmentId
      : begin.isPending
        ? begin.variables.appointmentId
        : null,
    answer(request: TodayRequest, to: 'booked' | 'declined') {
      const name = request.clientName;
      const at = format.dayTime(new Date(request.startsAt), request.timeZone);
      mark.mutate(
        { appointmentId: request.appointmentId, to, idempotencyKey: newCallKey() },
        { onSuccess: () => toast(to === 'booked' ? t('approved', { name, at }) : t('declined', { name })) },
      );
    },
    arrive(visit: TodayVisit) {
      const { appointmentId } = visit;
      mark.mutate(
        { appointmentId, to: 'arrived', idempotencyKey: newCallKey() },
        {
          onSuccess: () =>
            toast(t('marked', { name: nameOf(visit) }), {
              undo: () => mark.mutate({ appointmentId, to: 'booked', idempotencyKey: newCallKey() }),
            }),
        },
      );
    },
    start(visit: TodayVisit) {
      begin.mutate(
        { appointmentId: visit.appointmentId },
        { onSuccess: () => toast(t('started', { name: nameOf(visit) })) },
      );
    },
  };
}

/** Whether somebody is still expected or in the chair, so that they belong to what comes next. */
export const isAhead = (visit: TodayVisit, now: number): boolean =>
  visit.status !== 'fulfilled' &&
  visit.status !== 'no_show' &&
  (visit.endsAt > now || visit.status === 'arrived' || visit.chair === 'in_progress');
