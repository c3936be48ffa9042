'use client';

import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { startOfLocalDay } from '../../domain/zone.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useProblemText, useRefusalText } from '../kit/refusal-text.ts';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { toast } from '../kit/toasts.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { type Choices, handAllOver, stepsOf } from './sick-day-plan.ts';
import { SickDayStep } from './sick-day-step.tsx';
import type { DayProposal, Desk, DeskRights } from './types.ts';
import { useSickLeave } from './use-sick-leave.ts';

export interface AbsentDay {
  specialistId: string;
  date: string;
}

interface SickDayProps {
  desk: Desk;
  rights: DeskRights;
  day: AbsentDay | null;
  today: string;
  onChange: (day: AbsentDay) => void;
  onClose: () => void;
}

/** A specialist can't come: what becomes of each visit of the day, decided at a glance and done in one go. */
export function SickDay(props: SickDayProps) {
  const t = useTranslations('calendar.dayPlan');
  return (
    <Dialog
      opened={props.day !== null}
      onClose={props.onClose}
      title={t('title')}
      className="m-auto max-h-[92dvh] w-[min(56rem,calc(100vw-1.5rem))] overflow-y-auto rounded-lg border border-line bg-surface p-0 text-ink"
    >
      {props.day !== null && (
        <SickDayBody key={`${props.day.specialistId}/${props.day.date}`} {...props} day={props.day} />
      )}
    </Dialog>
  );
}

function SickDayBody(props: SickDayProps & { day: AbsentDay }) {
  const t = useTranslations('calendar.dayPlan');
  const trpc = useTRPC();
  const problemText = useProblemText();
  const { desk, day } = props;
  const { data, isPending, isError, error, refetch } = useQuery({
    ...trpc.booking.proposeDay.queryOptions(day),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <NativeSelect
          label={t('who')}
          data={desk.specialists.map(({ id, name }) => ({ value: id, label: name }))}
          value={day.specialistId}
          onChange={(event) => props.onChange({ ...day, specialistId: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('when')}
          value={day.date}
          min={props.today}
          onChange={(event) =>
            event.currentTarget.value !== '' && props.onChange({ ...day, date: event.currentTarget.value })
          }
        />
      </div>
      <div className="mt-4">
        {isPending ? (
          <ListSkeleton rows={4} />
        ) : isError ? (
          <FailureState text={problemText(error)} onRetry={() => void refetch()} />
        ) : data.length === 0 ? (
          <EmptyState icon="check" title={t('nothing')} text={t('nothingText')}>
            <SickLeaveAlone {...props} />
          </EmptyState>
        ) : (
          <Decisions {...props} proposals={data} />
        )}
      </div>
    </>
  );
}

/** Nothing to move: the leave can be entered at once. */
function SickLeaveAlone({ desk, rights, day, today, onClose }: SickDayProps & { day: AbsentDay }) {
  const t = useTranslations('calendar.dayPlan');
  const enter = useSickLeave({ desk, day, today });
  return (
    <>
      {rights.editHours && (
        <Button loading={enter.isPending} onClick={() => enter.mutate(undefined, { onSuccess: onClose })}>
          {t('enterLeave')}
        </Button>
      )}
      <Button variant="default" onClick={onClose}>
        {t('close')}
      </Button>
    </>
  );
}

function Decisions(props: SickDayProps & { day: AbsentDay; proposals: readonly DayProposal[] }) {
  const t = useTranslations('calendar.dayPlan');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const refusalText = useRefusalText();
  const { desk, day, proposals, rights, onClose } = props;
  const home = desk.specialists.find(({ id }) => id === day.specialistId);
  const zone = desk.locations.find(({ id }) => id === home?.locationId)?.timeZone ?? 'UTC';
  const [choices, setChoices] = useState<Choices>(new Map());
  const [reason, setReason] = useState('');
  const [withLeave, setWithLeave] = useState(rights.editHours);
  const [callKey, setCallKey] = useState(newCallKey);
  const leave = useSickLeave({ desk, day, today: props.today });
  const nameOf = (id: string) => desk.specialists.find((each) => each.id === id)?.name ?? '';
  const steps = stepsOf(proposals, choices);
  const staying = proposals.length - steps.length;
  const apply = useMutation(
    trpc.booking.carryOutDay.mutationOptions({
      onError: () => {
        setCallKey(newCallKey());
        // What stood in the way may have changed what is free, and which versions these visits have.
        void queries.invalidateQueries({ queryKey: trpc.booking.proposeDay.pathKey() });
      },
    }),
  );
  const refusal = refusalOf(apply.error);
  const refused = refusal?.code === 'step_refused' ? refusal : null;
  async function carryOut() {
    const count = steps.length;
    const moved = await apply
      .mutateAsync({ ...day, moves: steps, reason: reason.trim(), idempotencyKey: callKey })
      .catch(() => null);
    if (moved === null) return;
    toast(t('done', { count }));
    // What the leave is refused for is told by itself; the visits are settled all the same.
    if (withLeave && staying === 0) await leave.mutateAsync().catch(() => null);
    onClose();
    void queries.invalidateQueries({ queryKey: trpc.booking.pathKey() });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    void carryOut();
  }
  const all = handAllOver(proposals);
  const free = [...all.values()].filter(({ kind }) => kind === 'hand_over').length;
  return (
    <form onSubmit={submit}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Button variant="default" disabled={free === 0} onClick={() => setChoices(all)}>
          {t('handAll', { count: free, total: proposals.length })}
        </Button>
        <span role="status" className="text-sm text-soft">
          {t('decided', { count: steps.length, total: proposals.length })}
        </span>
      </div>
      <ul className="divide-y divide-line rounded-md border border-line">
        {proposals.map((proposal) => {
          const { appointmentId } = proposal;
          return (
            <SickDayStep
              key={appointmentId}
              proposal={proposal}
              zone={zone}
              nameOf={nameOf}
              choice={choices.get(appointmentId) ?? { kind: 'keep' }}
              problem={refused?.appointmentId === appointmentId ? refusalText(refused.because) : null}
              onChoose={(choice) => {
                apply.reset();
                setChoices(new Map(choices).set(appointmentId, choice));
              }}
            />
          );
        })}
      </ul>
      <TextInput
        mt="md"
        label={t('reason')}
        description={t('reasonTold')}
        placeholder={t('reasonExample')}
        required
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {rights.editHours && (
        <Checkbox
          mt="md"
          label={t('leaveToo', {
            name: home?.name ?? '',
            day: format.day(new Date(startOfLocalDay(day.date, zone) + 12 * 3_600_000), zone),
          })}
          description={staying > 0 ? t('leaveLater') : undefined}
          checked={withLeave && staying === 0}
          disabled={staying > 0}
          onChange={(event) => setWithLeave(event.currentTarget.checked)}
        />
      )}
      {apply.isError && (
        <p role="alert" className="mt-3 rounded-md bg-attention-soft p-3 text-attention">
          {problemText(apply.error)} {t('nothingDone')}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('close')}
        </Button>
        <Button
          type="submit"
          loading={apply.isPending || leave.isPending}
          disabled={steps.length === 0 || reason.trim().length < 3}
        >
          {t('apply', { count: steps.length })}
        </Button>
      </div>
    </form>
  );
}
