'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { MoneyText } from '../kit/money-text.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { SideDrawer } from '../kit/side-drawer.tsx';
import { FormSkeleton } from '../kit/skeletons.tsx';
import { FailureState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { newDrawingHref } from '../zones/card/address.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { HoldLeft } from './hold-left.tsx';
import { MoveForm } from './move-form.tsx';
import { statusMarks } from './status.ts';
import type { AppointmentDetail, Desk } from './types.ts';
import type { Move } from './use-moves.ts';
import { VisitActions } from './visit-actions.tsx';
import { VisitTrail } from './visit-trail.tsx';

interface VisitDrawerProps {
  desk: Desk;
  appointmentId: string | null;
  /** The form for another time instead of the visit. */
  moving: boolean;
  onMoving: (moving: boolean) => void;
  onMove: (move: Move) => Promise<boolean>;
  onClose: () => void;
}

/** One visit at the right of the calendar: who, what, when, and what may happen next. */
export function VisitDrawer(props: VisitDrawerProps) {
  const t = useTranslations('calendar.visit');
  const { appointmentId } = props;
  return (
    <SideDrawer
      opened={appointmentId !== null}
      onClose={props.onClose}
      title={props.moving ? t('moveTitle') : t('title')}
    >
      {appointmentId !== null && <VisitBody key={appointmentId} {...props} appointmentId={appointmentId} />}
    </SideDrawer>
  );
}

function VisitBody(props: VisitDrawerProps & { appointmentId: string }) {
  const t = useTranslations('calendar.visit');
  const trpc = useTRPC();
  const problemText = useProblemText();
  const { data, isPending, error, refetch } = useQuery(
    trpc.booking.detail.queryOptions({ appointmentId: props.appointmentId }),
  );
  useLive(['calendar', 'client'], (events) => {
    const mine = (id: string | null) => id === props.appointmentId || id === data?.client?.id;
    if (events === null || events.some(({ entityId }) => mine(entityId))) void refetch();
  });
  if (isPending) return <FormSkeleton fields={4} />;
  if (data === undefined)
    return refusalOf(error) === null ? (
      <FailureState text={problemText(error)} onRetry={() => void refetch()} />
    ) : (
      <FailureState title={t('gone')} text={problemText(error)} />
    );
  if (props.moving && data.mayMove)
    return (
      <MoveForm
        desk={props.desk}
        visit={data}
        onCancel={() => props.onMoving(false)}
        onMove={async (move) => {
          if (await props.onMove(move)) props.onMoving(false);
        }}
      />
    );
  return <VisitView desk={props.desk} visit={data} onMoving={props.onMoving} />;
}

const Row = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_1fr] gap-3 py-1.5">
    <dt className="text-sm text-soft">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);

function VisitView({
  desk,
  visit,
  onMoving,
}: {
  desk: Desk;
  visit: AppointmentDetail;
  onMoving: (moving: boolean) => void;
}) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const zone = desk.locations.find(({ id }) => id === visit.locationId)?.timeZone ?? 'UTC';
  const { tone, icon } = statusMarks[visit.status];
  const start = new Date(visit.startsAt);
  return (
    <article className="flex flex-col gap-4">
      <header className="flex items-start gap-3">
        {visit.client !== null && (
          <PersonMark name={visit.client.name} hue={hueOf(visit.client.id)} size={40} />
        )}
        <div className="min-w-0 flex-1">
          <p className="text-lg font-semibold">
            {visit.client === null ? (
              t(visit.status === 'held' ? 'held' : 'busy')
            ) : (
              <Link
                href={`/clients/${visit.client.id}`}
                className="text-ink underline-offset-2 hover:underline"
              >
                {visit.client.name}
              </Link>
            )}
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-2">
            <StatusMark tone={tone} icon={icon}>
              {t(`statuses.${visit.status}`)}
            </StatusMark>
            {visit.isLateCancel && visit.status === 'cancelled' && (
              <StatusMark tone="attention">{t('visit.lateCancel')}</StatusMark>
            )}
            {visit.status === 'held' && visit.heldUntil !== null && (
              <span data-tabular className="text-sm text-soft">
                <HoldLeft until={visit.heldUntil} />
              </span>
            )}
          </p>
        </div>
      </header>
      <VisitActions visit={visit} onMoving={onMoving} zone={zone} />
      <dl className="border-t border-line pt-2">
        <Row label={t('visit.when')}>
          <span className="block font-medium first-letter:uppercase" data-tabular>
            {format.longDay(start, zone)}
          </span>
          <span className="block text-soft" data-tabular>
            {format.time(start, zone)}–{format.time(new Date(visit.endsAt), zone)}
            {desk.locations.length > 1 &&
              ` · ${desk.locations.find(({ id }) => id === visit.locationId)?.name ?? ''}`}
          </span>
        </Row>
        {visit.items.map((item) => (
          <Row key={`${item.serviceId}-${item.startsAt}`} label={t('visit.what')}>
            <span className="font-medium">{item.serviceName}</span>
            {item.techniques.length > 0 && (
              <span className="block text-sm">{item.techniques.map(({ name }) => name).join(', ')}</span>
            )}
            <span className="block text-sm text-soft">
              {t('visit.withWhom', { name: item.specialistName, minutes: item.minutes })}
            </span>
          </Row>
        ))}
        {visit.rooms.length > 0 && <Row label={t('visit.where')}>{visit.rooms.join(', ')}</Row>}
        {visit.priceMinor !== null && (
          <Row label={t('visit.price')}>
            <MoneyText amountMinor={visit.priceMinor} currency={visit.currency} />
          </Row>
        )}
        {visit.client?.phone != null && (
          <Row label={t('visit.phone')}>
            <a href={`tel:${visit.client.phone}`}>{visit.client.phone}</a>
          </Row>
        )}
        {visit.client?.email != null && (
          <Row label={t('visit.email')}>
            <a href={`mailto:${visit.client.email}`} className="break-all">
              {visit.client.email}
            </a>
          </Row>
        )}
        {visit.note !== null && <Row label={t('visit.note')}>{visit.note}</Row>}
        {visit.cancelReason !== null && <Row label={t('visit.reason')}>{visit.cancelReason}</Row>}
      </dl>
      {visit.client !== null && visit.mayDraw && visit.visit?.status === 'in_progress' && (
        <Button component={Link} href={newDrawingHref(visit.client.id, visit.visit.id)} variant="light">
          {t('visit.draw')}
        </Button>
      )}
      {visit.client !== null && (
        <Button component={Link} href={`/clients/${visit.client.id}`} variant="default">
          {t('visit.openCard')}
        </Button>
      )}
      <VisitTrail
        trail={visit.trail}
        zone={zone}
        appointmentId={visit.appointmentId}
        name={format.dayTime(start, zone)}
      />
    </article>
  );
}
