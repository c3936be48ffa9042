'use client';

import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { type Choice, readChoice, writeChoice } from './sick-day-plan.ts';
import type { DayProposal } from './types.ts';

interface SickDayStepProps {
  proposal: DayProposal;
  zone: string;
  nameOf: (specialistId: string) => string;
  choice: Choice;
  /** Why what was chosen can't be done. */
  problem: string | null;
  onChoose: (choice: Choice) => void;
}

/** One visit of the day, and what becomes of it. */
export function SickDayStep(props: SickDayStepProps) {
  const t = useTranslations('calendar.dayPlan');
  const format = useFormat();
  const { proposal, zone, nameOf, choice } = props;
  const at = format.time(new Date(proposal.startsAt), zone);
  const option = (each: Choice) => ({
    value: writeChoice(each),
    label:
      each.kind === 'hand_over'
        ? t('handTo', { name: nameOf(each.specialistId) })
        : each.kind === 'move'
          ? `${format.dayTime(new Date(each.startsAt), zone)} · ${nameOf(each.specialistId)}`
          : t(each.kind === 'cancel' ? 'cancelIt' : 'undecided'),
  });
  const sameTime = proposal.handOverTo.map((specialistId) => option({ kind: 'hand_over', specialistId }));
  const anotherTime = proposal.nearStarts.flatMap(({ startsAt, specialistIds }) =>
    specialistIds
      .filter((id) => !id.includes('+'))
      .slice(0, 2)
      .map((specialistId) => option({ kind: 'move', startsAt, specialistId })),
  );
  // What was chosen stays in sight, also when it is no longer on offer.
  const chosen = option(choice);
  const mine = choice.kind === 'hand_over' ? sameTime : choice.kind === 'move' ? anotherTime : null;
  if (mine?.every(({ value }) => value !== chosen.value)) mine.push(chosen);
  return (
    <li className="grid items-center gap-2 px-3 py-2 sm:grid-cols-[6.5rem_1fr_20rem]">
      <span data-tabular className="text-sm font-semibold">
        {at}–{format.time(new Date(proposal.endsAt), zone)}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{proposal.clientName}</span>
        <span className="block truncate text-sm text-soft">{proposal.serviceNames.join(' + ')}</span>
      </span>
      <NativeSelect
        aria-label={t('whatBecomes', { name: proposal.clientName, at })}
        value={chosen.value}
        error={props.problem}
        onChange={(event) => props.onChoose(readChoice(event.currentTarget.value))}
        data={[
          option({ kind: 'keep' }),
          ...(sameTime.length > 0 ? [{ group: t('sameTime'), items: sameTime }] : []),
          ...(anotherTime.length > 0 ? [{ group: t('anotherTime'), items: anotherTime }] : []),
          option({ kind: 'cancel' }),
        ]}
      />
    </li>
  );
}
