'use client';

import { Button, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type { Refusal } from '../../domain/refusal.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useRefusalText } from '../kit/refusal-text.ts';
import { Alternatives, alternativesIn, isOverridable, performerFor } from './alternatives.tsx';
import { soleSpecialist } from './pending.ts';
import type { Move } from './use-moves.ts';

interface RefusedMoveProps {
  refused: { move: Move; refusal: Refusal } | null;
  mayOverride: boolean;
  nameOf: (specialistId: string) => string;
  onTry: (move: Move) => void;
  onClose: () => void;
}

/** The visit is back where it was: why, what else there is, and with a reason what policy alone forbids. */
export function RefusedMove(props: RefusedMoveProps) {
  const t = useTranslations('calendar.moves');
  return (
    <Dialog opened={props.refused !== null} onClose={props.onClose} title={t('refusedTitle')}>
      {props.refused !== null && <RefusedBody {...props} refused={props.refused} />}
    </Dialog>
  );
}

function RefusedBody({
  refused: { move, refusal },
  ...props
}: Omit<RefusedMoveProps, 'refused'> & { refused: { move: Move; refusal: Refusal } }) {
  const t = useTranslations('calendar.moves');
  const format = useFormat();
  const text = useRefusalText();
  const [reason, setReason] = useState('');
  const overridable = props.mayOverride && isOverridable(refusal);
  const wanted = move.specialistId ?? soleSpecialist(move.visit.items);
  const why =
    refusal.code === 'plan_refused' && move.specialistId !== null
      ? t('cantPerform', { name: props.nameOf(move.specialistId) })
      : text(refusal);
  function submit(event: FormEvent) {
    event.preventDefault();
    props.onTry({ ...move, overrideReason: reason.trim() });
  }
  return (
    <form onSubmit={submit}>
      <p>{why}</p>
      <p className="mt-1 text-sm text-soft">
        {t('backAgain', {
          name: move.visit.clientName ?? t('visit'),
          at: format.dayTime(new Date(move.visit.startsAt), move.zone),
        })}
      </p>
      <Alternatives
        // Where it stands now fits it too, and is no way on.
        starts={alternativesIn(refusal).filter(({ startsAt }) => startsAt !== move.visit.startsAt)}
        zone={move.zone}
        nameOf={props.nameOf}
        wanted={wanted}
        onTake={(start) => {
          const who = performerFor(start, wanted);
          const current = soleSpecialist(move.visit.items);
          props.onTry({
            ...move,
            startsAt: start.startsAt,
            specialistId: who === null || who === current ? null : who,
            overrideReason: null,
          });
        }}
      />
      {overridable && (
        <TextInput
          mt="lg"
          label={t('moveAnyway')}
          description={t('reasonKept')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="default" onClick={props.onClose}>
          {t('leaveIt')}
        </Button>
        {overridable && (
          <Button type="submit" disabled={reason.trim().length < 3}>
            {t('withReason')}
          </Button>
        )}
      </div>
    </form>
  );
}
