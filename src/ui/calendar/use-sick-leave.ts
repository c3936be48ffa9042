'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { minuteOfDay } from '../../domain/zone.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC, useTRPCClient } from '../trpc/client.ts';
import { serverNow } from '../trpc/server-clock.ts';
import type { Desk } from './types.ts';

/** Enters the day as sick leave; today from this moment on, so that what was done in the morning stays. */
export function useSickLeave(options: {
  desk: Desk;
  day: { specialistId: string; date: string };
  today: string;
}) {
  const t = useTranslations('calendar.dayPlan');
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { desk, day, today } = options;
  const home = desk.specialists.find(({ id }) => id === day.specialistId);
  const zone = desk.locations.find(({ id }) => id === home?.locationId)?.timeZone ?? 'UTC';
  return useMutation({
    mutationFn: () => {
      const from = day.date === today ? Math.floor(minuteOfDay(serverNow(), zone) / 5) * 5 : null;
      return client.hours.createLeave.mutate({
        resourceId: day.specialistId,
        kind: 'sick',
        dateFrom: day.date,
        dateTo: day.date,
        startMinute: from,
        endMinute: from === null ? null : 1440,
        note: null,
      });
    },
    onSuccess: () => toast(t('leaveEntered')),
    onError: (error) => toast(problemText(error), { tone: 'attention' }),
    onSettled: () => void queries.invalidateQueries({ queryKey: trpc.booking.calendar.pathKey() }),
  });
}
