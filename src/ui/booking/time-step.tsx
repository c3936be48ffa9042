'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Button } from '../kit/button.tsx';
import { TimeText } from '../kit/time-text.tsx';
import type { Offer } from './days.ts';
import { HoldProblem } from './hold-problem.tsx';
import { LostTime } from './lost-time.tsx';
import { TimePicker } from './time-picker.tsx';
import type { Hold } from './use-hold.ts';
import type { VisitWish } from './use-starts.ts';

/** Day and time. Choosing holds; a hold that already stands is shown with the way on. */
export default function TimeStep(props: {
  wish: VisitWish;
  zone: string;
  phone: string | null;
  day: string | null;
  hold: Hold;
  live: { startsAt: number } | null;
  onDay: (day: string) => void;
  onChoose: (start: Offer) => void;
  onKeep: () => void;
}) {
  const t = useTranslations('booking');
  const { hold, live, zone } = props;
  return (
    <>
      {live !== null && hold.lost === null && (
        <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-accent-soft p-4">
          <p className="min-w-0 flex-1">
            {t('heldForYou')}{' '}
            <strong className="block font-semibold">
              <TimeText at={new Date(live.startsAt)} zone={zone} viewer />
            </strong>
          </p>
          <Button icon="forward" onClick={props.onKeep}>
            {t('continue')}
          </Button>
        </div>
      )}
      {hold.lost !== null && <LostTime hold={hold} zone={zone} onChoose={props.onChoose} />}
      <HoldProblem hold={hold} />
      <TimePicker
        wish={props.wish}
        zone={zone}
        phone={props.phone}
        day={props.day}
        pending={hold.pending}
        onDay={props.onDay}
        onChoose={props.onChoose}
      />
    </>
  );
}
