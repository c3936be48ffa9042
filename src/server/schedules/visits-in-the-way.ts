import type { InstantSpan } from '../../domain/hours.ts';
import type { VisitInTheWay } from '../../domain/refusal.ts';
import type { Db, Tx } from '../db.ts';

interface Row {
  appointment_id: string;
  starts_at: Date;
  client_name: string;
  total: bigint;
}
const shown = 20;

const listed = (rows: readonly Row[]): { visits: VisitInTheWay[]; total: number } => ({
  visits: rows.map((row) => ({
    appointmentId: row.appointment_id,
    startsAt: row.starts_at.getTime(),
    clientName: row.client_name,
  })),
  total: Number(rows[0]?.total ?? 0),
});

/** Visits (and holds, whose client has no name yet) that occupy any of the resources in the span, buffers included: the first 20 and how many. */
export async function visitsOf(
  client: Db | Tx,
  resourceIds: readonly string[],
  span: InstantSpan,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  const from = new Date(span.startMs);
  const to = new Date(span.endMs);
  const rows = await client.$queryRaw<Row[]>`
    SELECT a.id AS appointment_id, a.starts_at, trim(coalesce(p.first_name || ' ' || p.last_name, '')) AS client_name,
      count(*) OVER () AS total
    FROM appointment a LEFT JOIN client p ON p.id = a.client_id
    WHERE a.id IN (SELECT c.appointment_id FROM claim c WHERE c.resource_id = ANY (${resourceIds}::uuid[])
      AND c.kind IN ('hold', 'appointment') AND c.starts_at < ${to} AND c.ends_at > ${from}
      AND c.starts_at > ${from}::timestamptz - interval '2 days')
    ORDER BY a.starts_at, a.id LIMIT ${shown}`;
  return listed(rows);
}

/** Visits at a whole location in the span, whoever performs them; holds are left to the claims. */
export async function visitsAt(
  client: Db | Tx,
  locationId: string,
  span: InstantSpan,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  const from = new Date(span.startMs);
  const to = new Date(span.endMs);
  const rows = await client.$queryRaw<Row[]>`
    SELECT a.id AS appointment_id, a.starts_at, trim(coalesce(p.first_name || ' ' || p.last_name, '')) AS client_name,
      count(*) OVER () AS total
    FROM appointment a LEFT JOIN client p ON p.id = a.client_id
    WHERE a.location_id = ${locationId}::uuid AND a.starts_at < ${to} AND a.ends_at > ${from}
      AND a.status <> 'held' AND EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id)
    ORDER BY a.starts_at, a.id LIMIT ${shown}`;
  return listed(rows);
}

/** How many visits still to come occupy the resource: what keeps it from being switched off. */
export async function upcomingVisits(
  client: Db | Tx,
  resourceId: string,
  now: Date,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  return visitsOf(client, [resourceId], { startMs: now.getTime(), endMs: now.getTime() + 3650 * 86_400_000 });
}
