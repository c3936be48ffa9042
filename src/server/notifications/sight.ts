/** The one place where a sight of the outbox becomes SQL: whose messages its owner may read. */
import type { MessageSight } from '../../domain/access/message.ts';
import { withinScope } from '../clients/scope.ts';
import { Prisma } from '../db.ts';

/**
 * A condition on the message row `m`. A message belongs to the client it was written to, or to the account whose entering it is about;
 * a code for a stranger, who is nobody's client yet, to whoever minds the outbox.
 */
export function withinSight(sight: MessageSight): Prisma.Sql {
  const toClient =
    sight.clients.kind === 'all'
      ? Prisma.sql`TRUE`
      : Prisma.sql`EXISTS (SELECT FROM client c WHERE c.id = m.client_id AND ${withinScope(sight.clients)})`;
  return Prisma.sql`CASE WHEN m.client_id IS NOT NULL THEN ${toClient}
    WHEN m.kind = 'proof_code' THEN TRUE ELSE ${sight.accounts} END`;
}
