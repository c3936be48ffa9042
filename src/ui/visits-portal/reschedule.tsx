'use client';
'use no memo';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Alternatives } from '../booking/alternatives.tsx';
import { PhoneLink } from '../booking/clinic-phone.tsx';
import type { Offer } from '../booking/days.ts';
import { TimePicker } from '../booking/time-picker.tsx';
import { lostBy, type LostStart, sendAgain } from '../booking/use-hold.ts';
import type { VisitWish } from '../booking/use-starts.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../kit/button.tsx';
import { useProblemText, useRefusalText } from '../kit/refusal-text.ts';
import { TimeText } from '../kit/time-text.tsx';
import { toast } from '../kit/toasts.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import type { OwnVisit } from './own-visit.ts';

const wishOf = ({ appointmentId, locationId, items }: OwnVisit): VisitWish => ({
  locationId,
  movingAppointmentId: appointmentId,
  items: items.map(({ serviceId, specialistId, techniqueIds }) => ({
    serviceId,
    specialistId,
    techniqueIds,
  })),
});

/** The same question as when booking. The old time is only given back once the new one is the client's. */
export function Reschedule({ visit, phone }: { visit: OwnVisit; phone: string | null }) {
  const t = useTranslations('visits');
  const api = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const format = useFormat();
  const problem = useProblemText();
  const words = useRefusalText();
  const [day, setDay] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Offer | null>(null);
  const [lost, setLost] = useState<LostStart | null>(null);
  const { appointmentId, version, timeZone: zone } = visit;
  const move = useMutation(
    api.booking.reschedule.mutationOptions({ networkMode: 'always', retry: sendAgain }),
  );
  function choose(start: Offer) {
    setLost(null);
    move.reset();
    setWanted(start);
  }
  function send({ startsAt }: Offer) {
    move.mutate(
      { appointmentId, version, startsAt, idempotencyKey: newCallKey() },
      {
        onSuccess() {
          toast(t('moved', { when: format.dayTime(new Date(startsAt), zone) }));
          router.push(`/visits/${appointmentId}`);
          router.refresh();
        },
        onError(error) {
          setLost(lostBy(error, startsAt));
          setWanted(null);
          void queries.invalidateQueries(api.booking.starts.pathFilter());
          const code = refusalOf(error)?.code;
          if (code === 'stale' || code === 'transition_refused') router.refresh();
        },
      },
    );
  }
  const pending = move.isPending || move.isSuccess ? (wanted?.startsAt ?? null) : null;
  return (
    <>
      {lost !== null && (
        <Alternatives
          key={lost.startsAt}
          title={words(lost.refusal)}
          alternatives={lost.alternatives}
          zone={zone}
          pending={pending}
          onChoose={choose}
        />
      )}
      {move.error !== null && lost === null && (
        <div role="alert" className="mb-5 rounded-md bg-danger-soft p-4">
          <p>{problem(move.error)}</p>
          {phone !== null && <PhoneLink phone={phone} />}
        </div>
      )}
      {wanted !== null && (
        <MoveQuestion
          key={wanted.startsAt}
          from={visit.startsAt}
          to={wanted.startsAt}
          zone={zone}
          pending={pending !== null}
          onMove={() => send(wanted)}
          onKeep={() => setWanted(null)}
        />
      )}
      <div hidden={wanted !== null}>
        <TimePicker
          wish={wishOf(visit)}
          zone={zone}
          phone={phone}
          day={day}
          pending={pending}
          onDay={setDay}
          onChoose={choose}
        />
      </div>
    </>
  );
}

function MoveQuestion(props: {
  from: number;
  to: number;
  zone: string;
  pending: boolean;
  onMove: () => void;
  onKeep: () => void;
}) {
  const t = useTranslations();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-labelledby="move-question"
      className="max-w-prose rounded-md border border-line bg-surface p-4"
    >
      <h2 id="move-question" ref={heading} tabIndex={-1} className="mb-3 text-lg font-semibold">
        {t('visits.moveTo')}
      </h2>
      <dl className="mb-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        <dt className="text-soft">{t('visits.moveFrom')}</dt>
        <dd className="text-soft">
          <TimeText at={new Date(props.from)} zone={props.zone} viewer />
        </dd>
        <dt className="text-soft">{t('visits.moveInto')}</dt>
        <dd className="font-semibold">
          <TimeText at={new Date(props.to)} zone={props.zone} viewer />
        </dd>
      </dl>
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button loading={props.pending} onClick={props.onMove}>
          {t('visits.moveNow')}
        </Button>
        <Button kind="secondary" disabled={props.pending} onClick={props.onKeep}>
          {t('booking.otherTime')}
        </Button>
      </div>
    </section>
  );
}
