'use client';

import { Button, NumberInput, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { soleSpecialist } from './pending.ts';
import { StartField } from './start-field.tsx';
import type { AppointmentDetail, Desk } from './types.ts';
import type { Move } from './use-moves.ts';
import { localDateOf } from './wall.ts';

const minuteMs = 60_000;

/** Another time, length or specialist without a mouse: everything dragging can do. */
export function MoveForm(props: {
  desk: Desk;
  visit: AppointmentDetail;
  onMove: (move: Move) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useTranslations('calendar.form');
  const format = useFormat();
  const { desk, visit } = props;
  const zone = desk.locations.find(({ id }) => id === visit.locationId)?.timeZone ?? 'UTC';
  const sole = soleSpecialist(visit.items);
  const minutesNow = Math.round((visit.endsAt - visit.startsAt) / minuteMs);
  const [date, setDate] = useState(() => localDateOf(visit.startsAt, zone));
  const [startsAt, setStartsAt] = useState<number | null>(visit.startsAt);
  const [specialistId, setSpecialistId] = useState(sole);
  const [minutes, setMinutes] = useState(minutesNow);
  const [pending, setPending] = useState(false);
  const able = desk.specialists.filter(({ id }) =>
    visit.items.every(
      ({ serviceId }) =>
        desk.services.find((service) => service.id === serviceId)?.specialistIds.includes(id) === true,
    ),
  );
  const team = able.some(({ id }) => id === sole)
    ? able
    : desk.specialists.filter(({ id }) => id === sole || able.some((each) => each.id === id));
  const changed = startsAt !== visit.startsAt || specialistId !== sole || minutes !== minutesNow;
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (startsAt === null) return;
    setPending(true);
    await props.onMove({
      visit: { ...visit, clientName: visit.client?.name ?? null },
      zone,
      startsAt,
      specialistId: specialistId === sole ? null : specialistId,
      durationMinutes: minutes === minutesNow ? null : minutes,
      overrideReason: null,
    });
    setPending(false);
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <p>
        <span className="font-semibold">{visit.client?.name}</span>
        <span className="block text-sm text-soft">
          {visit.items.map(({ serviceName }) => serviceName).join(' + ')} ·{' '}
          {t('now', { at: format.dayTime(new Date(visit.startsAt), zone) })}
        </span>
      </p>
      {sole !== null && (
        <Select
          label={t('specialist')}
          data={team.map(({ id, name }) => ({ value: id, label: name }))}
          value={specialistId}
          onChange={(value) => value !== null && setSpecialistId(value)}
          allowDeselect={false}
        />
      )}
      <StartField
        locationId={visit.locationId}
        zone={zone}
        movingAppointmentId={visit.appointmentId}
        items={visit.items.map((item) => ({
          serviceId: item.serviceId,
          techniqueIds: item.techniques.map(({ id }) => id),
          specialistId: specialistId ?? item.specialistId,
        }))}
        date={date}
        startsAt={startsAt}
        onDate={setDate}
        onStart={setStartsAt}
      />
      {visit.items.length === 1 && (
        <NumberInput
          label={t('length')}
          suffix={` ${t('minutesUnit')}`}
          min={5}
          max={1440}
          step={5}
          value={minutes}
          onChange={(value) => setMinutes(Math.max(5, Math.round(Number(value) / 5) * 5))}
        />
      )}
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={props.onCancel}>
          {t('back')}
        </Button>
        <Button type="submit" loading={pending} disabled={!changed || startsAt === null}>
          {t('move')}
        </Button>
      </div>
    </form>
  );
}
