/** Who may book what: online or not, existing or invited clients, the earlier service or patch test. */
import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { withinScope } from '../clients/scope.ts';
import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';
import type { Situation } from './situation.ts';

const HOUR_MS = 3_600_000;

/**
 * Checks what the services ask of a client. Staff answer for those they book, so only the earlier service is asked of them too.
 * Nobody books for a client whose card they may not see. While a guest holds without a card, what depends on the card waits until the booking.
 */
export async function checkBookable(
  db: Tx | Sql,
  actor: Actor,
  situation: Pick<Situation, 'services'>,
  visit: { startsAt: number; clientId: string | null; overrides?: boolean },
): Promise<Result<null>> {
  const online = !isStaff(actor) && actor.kind !== 'system';
  if (online && situation.services.some(({ isOnline }) => !isOnline)) return refuse('not_bookable_online');
  const clientId = visit.clientId ?? (actor.kind === 'client' ? actor.clientId : null);
  if (!clientId) return done(null);
  const [client] = await asSql(db).rows<{
    status: string;
    is_invited: boolean;
    merged_into_id: string | null;
  }>(Prisma.sql`SELECT c.status, c.is_invited, c.merged_into_id FROM client c
    WHERE c.id = ${clientId}::uuid AND ${withinScope(clientScope(actor))}`);
  if (!client || client.merged_into_id) return refuse('not_found', { noun: 'client' });
  if (online) {
    if (client.status === 'blocked') return refuse('not_allowed_to_book', { reason: 'blocked' });
    if (situation.services.some(({ bookableBy }) => bookableBy === 'invited') && !client.is_invited) {
      return refuse('not_allowed_to_book', { reason: 'invited_only' });
    }
    if (situation.services.some(({ bookableBy }) => bookableBy === 'existing')) {
      const visits = await countOf(
        db,
        Prisma.sql`SELECT count(*)::int AS count FROM appointment
        WHERE client_id = ${clientId}::uuid AND status = 'fulfilled'`,
      );
      if (visits === 0 && !client.is_invited)
        return refuse('not_allowed_to_book', { reason: 'existing_only' });
    }
  }
  if (visit.overrides) return done(null);
  for (const { prerequisites } of situation.services) {
    for (const needed of prerequisites) {
      const latest = new Date(visit.startsAt - needed.minHours * HOUR_MS);
      const earliest =
        needed.maxDays === null ? new Date(0) : new Date(visit.startsAt - needed.maxDays * 24 * HOUR_MS);
      const earlierVisits = await countOf(
        db,
        Prisma.sql`SELECT count(*)::int AS count
        FROM appointment_item i JOIN appointment a ON a.id = i.appointment_id
        WHERE a.client_id = ${clientId}::uuid AND a.status = 'fulfilled' AND i.service_id = ${needed.requiredServiceId}::uuid
          AND i.ends_at BETWEEN ${earliest} AND ${latest}`,
      );
      if (earlierVisits === 0) {
        return refuse('prerequisite_missing', {
          serviceName: needed.requiredServiceName,
          minHours: needed.minHours,
          maxDays: needed.maxDays,
        });
      }
    }
  }
  return done(null);
}

async function countOf(db: Tx | Sql, query: Prisma.Sql): Promise<number> {
  const [row] = await asSql(db).rows<{ count: number }>(query);
  return row?.count ?? 0;
}
