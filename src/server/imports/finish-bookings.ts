/** After the last booking: hours as the visits suggest, clients' standing, and events that found no visit of their own. */
import { hoursAround } from '../../domain/import-durations.ts';
import { minuteOfDay, weekdayOf } from '../../domain/schedule.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { type Batch, zoneOf } from './batch.ts';
import { type Effect, noteEffects } from './effects.ts';

const activeDays = 180;

interface Span {
  specialistId: string;
  locationId: string;
  date: string;
  from: Date;
  to: Date;
}

/** First start and last end of each day each person worked in this batch; people who have hours are left alone. */
const workedDays = (tx: Tx, batchId: string): Promise<Span[]> => tx.$queryRaw<Span[]>`
  SELECT i.specialist_id AS "specialistId", a.location_id AS "locationId", a.service_date::text AS date,
    min(a.starts_at) AS "from", max(a.ends_at) AS "to"
  FROM import_effect e JOIN appointment a ON a.id = e.entity_id JOIN appointment_item i ON i.appointment_id = a.id
  WHERE e.batch_id = ${batchId}::uuid AND e.entity_type = 'appointment' AND e.action = 'created' AND a.status <> 'cancelled'
    AND NOT EXISTS (SELECT FROM schedule s WHERE s.resource_id = i.specialist_id AND s.location_id = a.location_id)
  GROUP BY 1, 2, 3`;

async function suggestHours(tx: Tx, deps: Deps, batch: Batch): Promise<Effect[]> {
  const zone = await zoneOf(tx, batch.mapping);
  const effects: Effect[] = [];
  for (const [, days] of Map.groupBy(
    await workedDays(tx, batch.id),
    ({ specialistId, locationId }) => `${specialistId} ${locationId}`,
  )) {
    const [first] = days;
    if (!first) continue;
    const dates = days.map(({ date }) => date).toSorted();
    const scheduleId = deps.newId();
    const [validFrom, validUntil] = [dates[0] ?? first.date, dates.at(-1) ?? first.date].map(
      (date) => new Date(`${date}T00:00:00Z`),
    );
    await tx.schedule.create({
      data: {
        id: scheduleId,
        resourceId: first.specialistId,
        locationId: first.locationId,
        validFrom,
        validUntil,
      },
    });
    const intervals = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
      const visits = days
        .filter(({ date }) => weekdayOf(date) === weekday)
        .map(({ from, to }) => {
          const startMinute = minuteOfDay(from.getTime(), zone);
          return {
            startMinute,
            endMinute: Math.min(1440, startMinute + (to.getTime() - from.getTime()) / 60_000),
          };
        });
      const hours = hoursAround(visits);
      return hours ? [{ id: deps.newId(), scheduleId, weekday, ...hours }] : [];
    });
    await tx.weeklyInterval.createMany({ data: intervals });
    effects.push({ entityType: 'schedule', entityId: scheduleId, rowNumber: null });
  }
  if (effects.length > 0) await noteChange(tx, { topic: 'hours' });
  return effects;
}

/** Where cards this system's imports made stand, by their visits; never typed in, so never noted as a change. */
const settleClients = (tx: Tx, deps: Deps, batch: Batch) => tx.$executeRaw`
  UPDATE client c SET status = CASE
      WHEN v.next > ${deps.now()} THEN 'booked'
      WHEN v.last > ${new Date(deps.now().getTime() - activeDays * 86_400_000)} THEN 'active'
      WHEN v.last IS NOT NULL THEN 'asleep'
      ELSE c.status END
  FROM (
    SELECT a.client_id, max(a.starts_at) FILTER (WHERE a.status = 'fulfilled') AS last,
      max(a.starts_at) FILTER (WHERE a.status IN ('pending', 'booked', 'confirmed')) AS next
    FROM import_effect e JOIN appointment touched ON touched.id = e.entity_id
    JOIN appointment a ON a.client_id = touched.client_id
    WHERE e.batch_id = ${batch.id}::uuid AND e.entity_type = 'appointment'
    GROUP BY a.client_id
  ) v
  WHERE c.id = v.client_id AND c.status <> 'blocked'
    AND EXISTS (SELECT FROM imported_code k WHERE k.noun = 'client' AND k.entity_id = c.id)`;

/** A visit cancelled twice in the old system is one visit: the second event points to it, too. */
const linkLeftovers = (tx: Tx, batch: Batch) => tx.$executeRaw`
  UPDATE history_entry h SET appointment_id = a.id
  FROM import_effect e JOIN appointment a ON a.id = e.entity_id JOIN appointment_item i ON i.appointment_id = a.id
  WHERE e.batch_id = ${batch.id}::uuid AND e.entity_type = 'appointment' AND a.status IN ('cancelled', 'no_show')
    AND h.kind = CASE a.status WHEN 'cancelled' THEN 'cancellation' ELSE 'no_show' END AND h.appointment_id IS NULL
    AND h.service_date = a.service_date AND h.client_id = a.client_id AND h.service_id = i.service_id
    AND h.specialist_id = i.specialist_id`;

export async function finishBookings(tx: Tx, deps: Deps, batch: Batch): Promise<void> {
  await linkLeftovers(tx, batch);
  await settleClients(tx, deps, batch);
  await noteEffects(tx, batch.id, await suggestHours(tx, deps, batch));
}
