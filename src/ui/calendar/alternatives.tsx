'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { OfferedStart, Refusal } from '../../domain/refusal.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** What a refusal offers instead. */
export const alternativesIn = (refusal: Refusal | null): readonly OfferedStart[] =>
  refusal !== null && 'alternatives' in refusal ? refusal.alternatives : [];

/** Refusals about hours and policy, which staff may set aside with a reason; the guard's never. */
export const isOverridable = (refusal: Refusal | null): boolean =>
  refusal?.code === 'prerequisite_missing' ||
  (refusal?.code === 'start_unfit' && refusal.reason !== 'clock_gap' && refusal.reason !== 'no_resource');

/** One performer of an offered start: the wanted one where they can. Pairs (`a+b`) are left to the server. */
export function performerFor(start: OfferedStart, wanted: string | null): string | null {
  const single = start.specialistIds.filter((id) => !id.includes('+'));
  return wanted !== null && single.includes(wanted) ? wanted : (single[0] ?? null);
}

/** Near starts as buttons: one tap takes one of them. */
export function Alternatives(props: {
  starts: readonly OfferedStart[];
  zone: string;
  nameOf: (specialistId: string) => string;
  wanted: string | null;
  onTake: (start: OfferedStart) => void;
}) {
  const t = useTranslations('calendar.form');
  const format = useFormat();
  if (props.starts.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="mb-1.5 text-sm text-soft">{t('insteadOf')}</p>
      <div className="flex flex-wrap gap-2">
        {props.starts.map((start) => {
          const who = performerFor(start, props.wanted);
          const other = who !== null && who !== props.wanted ? ` · ${props.nameOf(who)}` : '';
          return (
            <Button key={start.startsAt} variant="default" onClick={() => props.onTake(start)}>
              {format.dayTime(new Date(start.startsAt), props.zone)}
              {other}
            </Button>
          );
        })}
      </div>
    </div>
  );
}
