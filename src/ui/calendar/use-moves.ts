'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Refusal } from '../../domain/refusal.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useLiveState } from '../live/live-provider.tsx';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC, useTRPCClient } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { type Patch, soleSpecialist, withAnswer } from './pending.ts';
import type { AppointmentView } from './types.ts';

/** What a visit must tell of itself to be moved. */
export interface Movable {
  appointmentId: string;
  version: number;
  startsAt: number;
  endsAt: number;
  items: readonly { specialistId: string }[];
  clientName: string | null;
}

export interface Move {
  visit: Movable;
  zone: string;
  startsAt: number;
  /** Null: as it is. */
  specialistId: string | null;
  durationMinutes: number | null;
  overrideReason: string | null;
}

const minuteMs = 60_000;

/** Moves visits optimistically, with the way back in the toast; what is refused goes back by itself and is told with what else there is. */
export function useMoves(options: { mayOverride: boolean }) {
  const t = useTranslations('calendar.moves');
  const format = useFormat();
  const problemText = useProblemText();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const live = useLiveState();
  const [patches, setPatches] = useState<ReadonlyMap<string, Patch>>(new Map());
  const [refused, setRefused] = useState<{ move: Move; refusal: Refusal } | null>(null);

  const unpatch = (id: string) =>
    setPatches((now) => {
      const next = new Map(now);
      next.delete(id);
      return next;
    });

  function take(answer: AppointmentView) {
    queries.setQueriesData(
      { queryKey: trpc.booking.calendar.pathKey() },
      (view: Parameters<typeof withAnswer>[0] | null | undefined) => (view ? withAnswer(view, answer) : view),
    );
    void queries.invalidateQueries({
      queryKey: trpc.booking.detail.queryKey({ appointmentId: answer.appointmentId }),
    });
    // With the stream open the word comes back by itself.
    if (live !== 'open') void queries.invalidateQueries({ queryKey: trpc.booking.calendar.pathKey() });
  }

  const send = (move: Move) =>
    client.booking.reschedule.mutate({
      appointmentId: move.visit.appointmentId,
      version: move.visit.version,
      startsAt: move.startsAt,
      ...(move.specialistId === null ? {} : { specialistId: move.specialistId }),
      ...(move.durationMinutes === null ? {} : { durationMinutes: move.durationMinutes }),
      ...(move.overrideReason === null ? {} : { overrideReason: move.overrideReason }),
      idempotencyKey: newCallKey(),
    });

  const patch = (move: Move) =>
    setPatches((now) =>
      new Map(now).set(move.visit.appointmentId, {
        startsAt: move.startsAt,
        durationMinutes: move.durationMinutes,
        specialistId: move.specialistId,
      }),
    );

  async function undo(before: Move['visit'], answer: AppointmentView, zone: string) {
    const wasLong = (before.endsAt - before.startsAt) / minuteMs;
    const isLong = (answer.endsAt - answer.startsAt) / minuteMs;
    const back: Move = {
      visit: { ...before, version: answer.version },
      zone,
      startsAt: before.startsAt,
      specialistId: soleSpecialist(before.items),
      durationMinutes: wasLong === isLong || wasLong % 5 !== 0 ? null : wasLong,
      overrideReason: null,
    };
    patch(back);
    try {
      take(
        await send(back).catch((error: unknown) => {
          // What was outside of hours or has begun meanwhile may still go back to where it stood.
          if (refusalOf(error)?.code !== 'start_unfit' || !options.mayOverride) throw error;
          return send({ ...back, overrideReason: t('undoReason') });
        }),
      );
      toast(t('undone'), { tone: 'neutral' });
    } catch (error) {
      toast(problemText(error), { tone: 'danger' });
    } finally {
      unpatch(before.appointmentId);
    }
  }

  async function run(move: Move): Promise<boolean> {
    const { visit } = move;
    patch(move);
    setRefused(null);
    try {
      const answer = await send(move);
      take(answer);
      const name = visit.clientName ?? t('visit');
      const at = format.dayTime(new Date(answer.startsAt), move.zone);
      const text =
        answer.startsAt === visit.startsAt && move.durationMinutes !== null
          ? t('resized', { name, end: format.time(new Date(answer.endsAt), move.zone) })
          : t('moved', { name, at });
      toast(text, { undo: () => void undo(visit, answer, move.zone) });
      return true;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) toast(problemText(error), { tone: 'danger' });
      else setRefused({ move, refusal });
      if (refusal?.code === 'stale')
        void queries.invalidateQueries({ queryKey: trpc.booking.calendar.pathKey() });
      return false;
    } finally {
      unpatch(visit.appointmentId);
    }
  }

  return { patches, run, refused, dismiss: () => setRefused(null) };
}
