/** Foresees cancellations, no-shows and receipt lines: which find their visit, and which stay events on the card. */
import { type HistoryReason, type Intent, intentSchemas } from '../../domain/import-rows.ts';
import type { Tx } from '../db.ts';
import { idsByCode, servicesByCode } from './codes.ts';
import type { Forecast, Planner } from './plan-step.ts';

export type EventIntent = Intent<'cancellations'> | Intent<'no_shows'>;

/** Who, what, with whom and when: what an event and its visit have in common. */
export interface EventKey {
  clientId: string;
  serviceId: string;
  specialistId: string;
  date: string;
}
export const keyText = ({ clientId, serviceId, specialistId, date }: EventKey): string =>
  [clientId, serviceId, specialistId, date].join('|');

/** The keys of events whose codes are all known. */
export async function eventKeys(
  tx: Tx,
  origin: string,
  intents: readonly EventIntent[],
): Promise<(EventKey | null)[]> {
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
  return intents.map(({ clientCode, staffCode, serviceCode, date }) => {
    const clientId = clients.get(clientCode ?? '');
    const specialistId = staff.get(staffCode ?? '');
    const serviceId = services.get(serviceCode ?? '')?.id;
    return clientId && specialistId && serviceId ? { clientId, specialistId, serviceId, date } : null;
  });
}

/** How many imported visits of each key still stand, and so could turn out cancelled or missed. */
export async function standingVisits(tx: Tx, keys: readonly EventKey[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const found = await tx.$queryRaw<(EventKey & { count: number })[]>`
    SELECT k."clientId", k."serviceId", k."specialistId", k.date, count(DISTINCT a.id)::int AS count
    FROM (SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
      AS k("clientId" text, "serviceId" text, "specialistId" text, date text)) k
    JOIN appointment a ON a.client_id = k."clientId"::uuid AND a.service_date = k.date::date AND a.channel = 'import'
      AND a.status IN ('booked', 'confirmed', 'fulfilled')
    JOIN appointment_item i ON i.appointment_id = a.id AND i.service_id = k."serviceId"::uuid
      AND i.specialist_id = k."specialistId"::uuid
    GROUP BY 1, 2, 3, 4`;
  return new Map(found.map((row) => [keyText(row), row.count]));
}

export const planEvents: Planner = async (tx, _deps, batch, rows) => {
  const schema = batch.kind === 'cancellations' ? intentSchemas.cancellations : intentSchemas.no_shows;
  const intents = rows.map(({ intent }) => schema.parse(intent));
  const keys = await eventKeys(tx, batch.origin, intents);
  const left = await standingVisits(
    tx,
    keys.flatMap((key) => (key ? [key] : [])),
  );
  return rows.map((row, at): Forecast => {
    const key = keys[at];
    const standing = key ? (left.get(keyText(key)) ?? 0) : 0;
    if (key && standing > 0) {
      left.set(keyText(key), standing - 1);
      return { row_number: row.row_number, outcome: 'updated', reason: null };
    }
    const reason: HistoryReason = intents[at]?.clientCode === null ? 'no_client' : 'no_visit_found';
    return { row_number: row.row_number, outcome: 'history', reason };
  });
};

export const planReceipts: Planner = async (tx, _deps, batch, rows) => {
  const intents = rows.map(({ intent }) => intentSchemas.receipts.parse(intent));
  const clients = await idsByCode(
    tx,
    batch.origin,
    'client',
    intents.map(({ clientCode }) => clientCode),
  );
  return rows.map((row, at): Forecast => {
    const code = intents[at]?.clientCode ?? null;
    const unknown = code !== null && !clients.has(code) && !batch.mapping.createMissing;
    return {
      row_number: row.row_number,
      outcome: 'history',
      reason: code === null ? 'no_client' : unknown ? 'unknown_client' : null,
    };
  });
};
