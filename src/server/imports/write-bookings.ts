/** Writes bookings as visits through the guard. What it refuses is kept as history; nothing is dropped or forced. */
import type { AppointmentStatus } from '../../domain/appointment.ts';
import { cancellationDetail } from './write-events.ts';
import { type BookingPlan, bookingPlan } from './plan-bookings.ts';
import type { EventKey } from './plan-events.ts';
import { type KnownService, servicesByCode } from './codes.ts';
import { noteChange } from '../live/events.ts';
import type { Effect } from './effects.ts';
import { historyLine, insertHistory } from './history.ts';
import { clientOfCode, ensureClients, ensureStaff } from './write-people.ts';
import type { Writer, WriteRow, Writing, Written } from './write-step.ts';

interface Visit extends EventKey {
  id: string;
  row: WriteRow;
  plan: BookingPlan;
  service: KnownService;
  status: AppointmentStatus;
  eventId: string | null;
  detail: Awaited<ReturnType<typeof cancellationDetail>>;
}

/** The event that waited for this visit, locked so that no other visit takes it. */
async function waitingEvent({ tx }: Writing, kind: string, key: EventKey): Promise<string | null> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM history_entry WHERE kind = ${kind} AND appointment_id IS NULL AND service_date = ${key.date}::date
      AND client_id = ${key.clientId}::uuid AND service_id = ${key.serviceId}::uuid AND specialist_id = ${key.specialistId}::uuid
    ORDER BY raw #>> '{read,cancelledOn}' DESC NULLS LAST, source_key LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return found[0]?.id ?? null;
}

async function insertAppointments(
  { tx, deps, batch, locationId }: Writing,
  visits: readonly Visit[],
): Promise<void> {
  const now = deps.now();
  const iso = (ms: number) => new Date(ms).toISOString();
  const lines = visits.map(({ id, plan, clientId, date, status, service, detail }) => ({
    id,
    client_id: clientId,
    status,
    starts_at: iso(plan.startsAt),
    ends_at: iso(plan.startsAt + plan.minutes * 60_000),
    service_date: date,
    price_minor: service.priceMinor,
    cancelled_at: detail?.cancelledAt ?? null,
    cancelled_by: detail ? 'staff' : null,
    cancel_reason: detail?.reason ?? null,
    is_late_cancel: detail?.isLate ?? false,
  }));
  await tx.$executeRaw`
    INSERT INTO appointment (id, location_id, client_id, status, starts_at, ends_at, service_date, price_minor, currency, channel,
      cancelled_at, cancelled_by, cancel_reason, is_late_cancel, created_at, updated_at)
    SELECT id, ${locationId}::uuid, client_id, status, starts_at, ends_at, service_date, price_minor, ${batch.mapping.currency}, 'import',
      cancelled_at, cancelled_by, cancel_reason, is_late_cancel, ${now}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id uuid, client_id uuid, status text, starts_at timestamptz,
      ends_at timestamptz, service_date date, price_minor integer, cancelled_at timestamptz, cancelled_by text, cancel_reason text,
      is_late_cancel boolean)`;
}

/** Claims in one statement, sorted by resource, nothing on conflict. Answers the visits that got theirs. */
async function claimTime({ tx, deps }: Writing, visits: readonly Visit[]): Promise<Set<string>> {
  if (visits.length === 0) return new Set();
  const from = new Date(Math.min(...visits.map(({ plan }) => plan.startsAt)));
  const to = new Date(Math.max(...visits.map(({ plan }) => plan.startsAt + plan.minutes * 60_000)));
  const resources = [...new Set(visits.map(({ specialistId }) => specialistId))].toSorted();
  await tx.$executeRaw`SELECT release_lapsed_holds(${resources}::uuid[], ${from}, ${to}, ${deps.now()})`;
  const lines = visits.map(({ id, specialistId, plan }) => ({
    id: deps.newId(),
    resource_id: specialistId,
    appointment_id: id,
    starts_at: new Date(plan.startsAt).toISOString(),
    ends_at: new Date(plan.startsAt + plan.minutes * 60_000).toISOString(),
  }));
  const taken = await tx.$queryRaw<{ appointment_id: string }[]>`
    INSERT INTO claim (id, resource_id, starts_at, ends_at, kind, appointment_id)
    SELECT id, resource_id, starts_at, ends_at, 'appointment', appointment_id
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      AS l(id uuid, resource_id uuid, starts_at timestamptz, ends_at timestamptz, appointment_id uuid)
    ORDER BY resource_id, starts_at
    ON CONFLICT DO NOTHING RETURNING appointment_id`;
  return new Set(taken.map(({ appointment_id }) => appointment_id));
}

async function insertDetails({ tx, deps }: Writing, visits: readonly Visit[]): Promise<void> {
  const now = deps.now();
  await tx.appointmentItem.createMany({
    data: visits.map(({ id, plan, service, specialistId }) => ({
      id: deps.newId(),
      appointmentId: id,
      position: 0,
      serviceId: service.id,
      serviceName: service.name,
      specialistId,
      startsAt: new Date(plan.startsAt),
      endsAt: new Date(plan.startsAt + plan.minutes * 60_000),
      minutes: plan.minutes,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      priceMinor: service.priceMinor,
      techniques: [],
    })),
  });
  await tx.statusChange.createMany({
    data: visits.map(({ id, status }) => ({
      appointmentId: id,
      fromStatus: null,
      toStatus: status,
      actorKind: 'system',
      reason: 'import',
      at: now,
    })),
  });
  const links = visits.flatMap(({ id, eventId }) => (eventId ? [{ id: eventId, appointment_id: id }] : []));
  await tx.$executeRaw`
    UPDATE history_entry h SET appointment_id = l.appointment_id
    FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l(id uuid, appointment_id uuid) WHERE h.id = l.id`;
}

/** Who did what is what they offer: pairs the bookings show. */
async function insertOffers({ tx }: Writing, visits: readonly Visit[]): Promise<Effect[]> {
  const pairs = [
    ...new Map(
      visits.map(({ specialistId, serviceId }) => [
        `${specialistId}|${serviceId}`,
        { specialist_id: specialistId, service_id: serviceId },
      ]),
    ).values(),
  ];
  const made = await tx.$queryRaw<{ specialist_id: string; service_id: string }[]>`
    INSERT INTO specialist_service (specialist_id, service_id)
    SELECT specialist_id, service_id FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS l(specialist_id uuid, service_id uuid)
    ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING specialist_id, service_id`;
  return made.map(({ specialist_id, service_id }) => ({
    entityType: 'offer',
    entityId: specialist_id,
    rowNumber: null,
    before: { serviceId: service_id },
  }));
}

export const writeBookings: Writer = async (writing, rows) => {
  const { tx, deps, batch, locationId } = writing;
  const plans = rows.map((row) => ({ row, plan: bookingPlan.parse(row.intent) }));
  const make = batch.mapping.createMissing;
  const clients = await ensureClients(
    tx,
    deps,
    batch,
    plans.flatMap(({ row, plan }) =>
      make && plan.clientCode ? [{ ...clientOfCode(plan.clientCode), rowNumber: row.row_number }] : [],
    ),
  );
  const staff = await ensureStaff(
    tx,
    deps,
    batch,
    locationId,
    plans.flatMap(({ row, plan }) =>
      make && plan.staffCode && row.outcome === 'created'
        ? [{ code: plan.staffCode, name: plan.staffName, title: null, rowNumber: row.row_number }]
        : [],
    ),
  );
  const services = await servicesByCode(
    tx,
    batch.origin,
    plans.map(({ plan }) => plan.serviceCode),
  );
  const visits: Visit[] = [];
  const unplaced = new Map<number, string>();
  for (const { row, plan } of plans) {
    const clientId = clients.ids.get(plan.clientCode ?? '');
    const specialistId = staff.ids.get(plan.staffCode ?? '');
    const service = services.get(plan.serviceCode);
    if (row.outcome !== 'created' || !clientId || !specialistId || !service) {
      unplaced.set(row.row_number, row.reason ?? 'unknown_service');
      continue;
    }
    const key = { clientId, specialistId, serviceId: service.id, date: plan.date };
    const eventId = plan.fate ? await waitingEvent(writing, plan.fate, key) : null;
    const kind = eventId ? plan.fate : null;
    const detail =
      kind === 'cancellation' && eventId
        ? await cancellationDetail(tx, eventId, plan.startsAt, writing.zone)
        : null;
    const cameDue: AppointmentStatus = plan.startsAt < deps.now().getTime() ? 'fulfilled' : 'booked';
    const status: AppointmentStatus =
      kind === 'cancellation' ? 'cancelled' : kind === 'no_show' ? 'no_show' : cameDue;
    visits.push({ ...key, id: deps.newId(), row, plan, service, status, eventId, detail });
  }
  await insertAppointments(writing, visits);
  const claiming = visits.filter(({ status }) => status !== 'cancelled');
  const claimed = await claimTime(writing, claiming);
  const lost = claiming.filter(({ id }) => !claimed.has(id));
  for (const { row } of lost) unplaced.set(row.row_number, 'time_taken');
  await tx.appointment.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } });
  const placed = visits.filter(({ row }) => !unplaced.has(row.row_number));
  await insertDetails(writing, placed);

  const history = await insertHistory(
    tx,
    batch.id,
    plans.flatMap(({ row, plan }) => {
      if (!unplaced.has(row.row_number)) return [];
      const service = services.get(plan.serviceCode);
      return [
        historyLine(deps, batch, row, 'unplaced_booking', {
          clientId: clients.ids.get(plan.clientCode ?? ''),
          specialistId: staff.ids.get(plan.staffCode ?? ''),
          serviceId: service?.id,
          date: plan.date,
          startsAt: plan.startsAt,
          description: service?.name ?? plan.serviceCode,
        }),
      ];
    }),
  );
  const dates = placed.map(({ date }) => date).toSorted();
  const [dateFrom, dateTo] = [dates[0], dates.at(-1)];
  if (locationId && dateFrom && dateTo)
    await noteChange(tx, { topic: 'calendar', locationId, dateFrom, dateTo });
  const written: Written[] = [
    ...placed.map(({ row, id }) => ({
      row_number: row.row_number,
      outcome: 'created' as const,
      reason: null,
      entityType: 'appointment',
      entityId: id,
    })),
    ...[...unplaced].map(([row_number, reason]) => ({
      row_number,
      outcome: 'history' as const,
      reason,
      entityType: 'history',
      entityId: history.ids.get(row_number),
    })),
  ];
  const effects: Effect[] = [
    ...clients.effects,
    ...staff.effects,
    ...(await insertOffers(writing, placed)),
    ...placed.map(
      ({ id, row }): Effect => ({ entityType: 'appointment', entityId: id, rowNumber: row.row_number }),
    ),
    ...history.effects,
  ];
  return { written, effects };
};
