'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Button } from '../kit/button.tsx';
import { Alternatives } from './alternatives.tsx';
import { addDays, nearest, type Offer, wallOf } from './days.ts';
import { useStarts, type VisitWish } from './use-starts.ts';

/** The hold is over: its time again if it is still free, else what is near. Nothing typed is lost. */
export function LapsedHold(props: {
  wish: VisitWish;
  zone: string;
  /** Null where the hold was another browser's, or is long gone. */
  startsAt: number | null;
  pending: number | null;
  onChoose: (start: Offer) => void;
  onOtherTime: () => void;
}) {
  const t = useTranslations('booking');
  const { startsAt, zone } = props;
  const day = wallOf(startsAt ?? 0, zone).day;
  const query = useStarts(props.wish, addDays(day, -1), 4, startsAt !== null);
  const starts = query.data?.starts ?? [];
  const same = starts.find((start) => start.startsAt === startsAt);
  const isTaken = query.data !== undefined && same === undefined;
  return (
    <Alternatives
      title={t('lapsedTitle')}
      text={t(startsAt === null ? 'lapsedUnknown' : isTaken ? 'lapsedTaken' : 'lapsedText')}
      alternatives={startsAt === null ? [] : nearest(starts, startsAt)}
      zone={zone}
      pending={props.pending}
      onChoose={props.onChoose}
    >
      {same !== undefined && (
        <Button loading={props.pending === same.startsAt} onClick={() => props.onChoose(same)}>
          {t('holdAgain')}
        </Button>
      )}
      <Button kind="secondary" onClick={props.onOtherTime}>
        {t('otherTime')}
      </Button>
    </Alternatives>
  );
}
