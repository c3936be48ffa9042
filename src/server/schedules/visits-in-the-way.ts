import type { ClientScope } from '../../domain/access/client.ts';
import type { InstantSpan } from '../../domain/hours.ts';
import type { VisitInTheWay } from '../../domain/refusal.ts';
import { withinScope } from '../clients/scope.ts';
import { type Db, Prisma, type Tx } from '../db.ts';

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

/** Names stand in it as far as the scope reaches; that the time is taken, whoever asks is told. */
const named = (found: Prisma.Sql, scope: ClientScope) => Prisma.sql`
  SELECT v.appointment_id, v.starts_at, trim(coalesce(c.first_name || ' ' || c.last_name, '')) AS client_name,
    count(*) OVER () AS total
  FROM ${found} v LEFT JOIN appointment a ON a.id = v.appointment_id
    LEFT JOIN client c ON c.id = a.client_id AND ${withinScope(scope)}
  ORDER BY v.starts_at, v.appointment_id LIMIT ${shown}`;

/** Visits (and holds, whose client has no name yet) that occupy any of the resources in the span, buffers included: the first 20 and how many. */
export async function visitsOf(
  client: Db | Tx,
  scope: ClientScope,
  resourceIds: readonly string[],
  span: InstantSpan,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  const [from, to] = [new Date(span.startMs), new Date(span.endMs)];
  const found = Prisma.sql`visits_holding(${[...resourceIds]}::uuid[], ${from}, ${to})`;
  return listed(await client.$queryRaw<Row[]>(named(found, scope)));
}

/** Visits at a whole location in the span, whoever performs them; holds are left to the claims. */
export async function visitsAt(
  client: Db | Tx,
  scope: ClientScope,
  locationId: string,
  span: InstantSpan,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  const [from, to] = [new Date(span.startMs), new Date(span.endMs)];
  const found = Prisma.sql`(SELECT * FROM visits_placed(${locationId}::uuid, ${from}, ${to}) WHERE status <> 'held')`;
  return listed(await client.$queryRaw<Row[]>(named(found, scope)));
}

/** How many visits still to come occupy the resource: what keeps it from being switched off. */
export async function upcomingVisits(
  client: Db | Tx,
  scope: ClientScope,
  resourceId: string,
  now: Date,
): Promise<{ visits: VisitInTheWay[]; total: number }> {
  const ahead = { startMs: now.getTime(), endMs: now.getTime() + 3650 * 86_400_000 };
  return visitsOf(client, scope, [resourceId], ahead);
}
