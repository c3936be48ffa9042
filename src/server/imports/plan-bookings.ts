/** Foresees bookings: a staff member's day laid out by the duration rule, against what the guard holds already. */
import { layOutDay, minutesByRule } from '../../domain/import-durations.ts';
import { type HistoryReason, type Intent, intentSchemas } from '../../domain/import-rows.ts';
import { wallToInstantStrict } from '../../domain/schedule.ts';
import { z } from 'zod';
import type { Tx } from '../db.ts';
import { zoneOf } from './batch.ts';
import { idsByCode, servicesByCode } from './codes.ts';
import { type EventKey, keyText } from './plan-events.ts';
import type { Forecast, Planner } from './plan-step.ts';

/** A booking as the run will write it. */
export const bookingPlan = intentSchemas.bookings.extend({
  /** Epoch milliseconds. */
  startsAt: z.number(),
  minutes: z.number().int(),
  /** What the files say became of it: its event is linked when the visit is written. */
  fate: z.enum(['cancellation', 'no_show']).nullable(),
});
export type BookingPlan = z.infer<typeof bookingPlan>;

/** Events that wait for their visit, by kind and key. */
async function waitingEvents(tx: Tx, keys: readonly EventKey[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const found = await tx.$queryRaw<(EventKey & { kind: string; count: number })[]>`
    SELECT h.kind, k."clientId", k."serviceId", k."specialistId", k.date, count(*)::int AS count
    FROM (SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
      AS k("clientId" text, "serviceId" text, "specialistId" text, date text)) k
    JOIN history_entry h ON h.kind IN ('cancellation', 'no_show') AND h.appointment_id IS NULL
      AND h.service_date = k.date::date AND h.client_id = k."clientId"::uuid
      AND h.service_id = k."serviceId"::uuid AND h.specialist_id = k."specialistId"::uuid
    GROUP BY 1, 2, 3, 4, 5`;
  return new Map(found.map((row) => [`${row.kind}|${keyText(row)}`, row.count]));
}

interface Stretch {
  row: number;
  resource: string;
  from: string;
  to: string;
}

/** Which of these stretches something in the calendar stands in, lapsed holds aside. */
async function takenRows(tx: Tx, stretches: readonly Stretch[], now: Date): Promise<Set<number>> {
  if (stretches.length === 0) return new Set();
  const found = await tx.$queryRaw<{ row: number }[]>`
    SELECT s."row" FROM jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb)
      AS s("row" integer, resource uuid, "from" timestamptz, "to" timestamptz)
    WHERE EXISTS (SELECT FROM claim c WHERE c.resource_id = s.resource
      AND tstzrange(c.starts_at, c.ends_at) && tstzrange(s."from", s."to")
      AND (c.held_until IS NULL OR c.held_until > ${now}))`;
  return new Set(found.map(({ row }) => row));
}

interface Draft {
  row_number: number;
  group: string;
  intent: Intent<'bookings'>;
  reason: HistoryReason | null;
  startsAt: number;
  minutes: number;
  fate: BookingPlan['fate'];
}

export const planBookings: Planner = async (tx, deps, batch, rows) => {
  const { mapping, origin } = batch;
  const intents = rows.map(({ intent }) => intentSchemas.bookings.parse(intent));
  const clients = await idsByCode(
    tx,
    origin,
    'client',
    intents.map(({ clientCode }) => clientCode),
  );
  const staff = await idsByCode(
    tx,
    origin,
    'specialist',
    intents.map(({ staffCode }) => staffCode),
  );
  const services = await servicesByCode(
    tx,
    origin,
    intents.map(({ serviceCode }) => serviceCode),
  );
  const zone = await zoneOf(tx, mapping);
  const keyOf = ({ clientCode, staffCode, serviceCode, date }: Intent<'bookings'>): EventKey | null => {
    const clientId = clients.get(clientCode ?? '');
    const specialistId = staff.get(staffCode ?? '');
    const serviceId = services.get(serviceCode)?.id;
    return clientId && specialistId && serviceId ? { clientId, specialistId, serviceId, date } : null;
  };
  const waiting = await waitingEvents(
    tx,
    intents.flatMap((intent) => keyOf(intent) ?? []),
  );
  const takeEvent = (kind: 'cancellation' | 'no_show', key: EventKey | null): boolean => {
    const text = key ? `${kind}|${keyText(key)}` : '';
    const count = waiting.get(text) ?? 0;
    waiting.set(text, count - 1);
    return count > 0;
  };

  const drafts = rows.map((row, at): Draft => {
    const intent = intents[at] ?? intentSchemas.bookings.parse(row.intent);
    const service = services.get(intent.serviceCode);
    const wall = wallToInstantStrict(intent.date, intent.startMinute, zone);
    const known = service?.baseMinutes ?? null;
    const minutes =
      intent.givenMinutes ??
      minutesByRule(mapping.durations, intent.serviceCode, service?.category ?? '', known);
    const key = keyOf(intent);
    const reason: HistoryReason | null =
      intent.clientCode === null
        ? 'no_client'
        : intent.staffCode === null
          ? 'not_a_person'
          : !service
            ? 'unknown_service'
            : !mapping.createMissing && !clients.has(intent.clientCode)
              ? 'unknown_client'
              : !mapping.createMissing && !staff.has(intent.staffCode)
                ? 'unknown_staff'
                : wall.kind === 'gap'
                  ? 'clock_gap'
                  : null;
    const fate =
      reason !== null
        ? null
        : takeEvent('cancellation', key)
          ? 'cancellation'
          : takeEvent('no_show', key)
            ? 'no_show'
            : null;
    return {
      row_number: row.row_number,
      group: row.group_key,
      intent,
      reason,
      startsAt: wall.instantMs,
      minutes,
      fate,
    };
  });

  for (const [, day] of Map.groupBy(
    drafts.filter(({ reason, fate }) => reason === null && fate !== 'cancellation'),
    ({ group }) => group,
  )) {
    const order = day.toSorted((a, b) => a.startsAt - b.startsAt || a.row_number - b.row_number);
    const placed = layOutDay(
      order.map(({ startsAt, minutes, intent }) => ({
        start: startsAt / 60_000,
        minutes,
        isGiven: intent.givenMinutes !== null,
      })),
      mapping.durations.shrinkToMinutes,
    );
    for (const [at, draft] of order.entries()) {
      const place = placed[at];
      if (place) draft.minutes = place.minutes;
      else draft.reason = 'overlap';
    }
  }
  const stretches = drafts.flatMap(({ row_number, intent, reason, fate, startsAt, minutes }): Stretch[] => {
    const resource = staff.get(intent.staffCode ?? '');
    if (!resource || reason !== null || fate === 'cancellation') return [];
    return [
      {
        row: row_number,
        resource,
        from: new Date(startsAt).toISOString(),
        to: new Date(startsAt + minutes * 60_000).toISOString(),
      },
    ];
  });
  const taken = await takenRows(tx, stretches, deps.now());
  return drafts.map(({ row_number, intent, reason, startsAt, minutes, fate }): Forecast => {
    const why = reason ?? (taken.has(row_number) ? 'time_taken' : null);
    const plan: BookingPlan = { ...intent, startsAt, minutes, fate };
    return { row_number, outcome: why ? 'history' : 'created', reason: why, intent: plan };
  });
};
