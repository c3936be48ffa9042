/** The one place where a scope becomes SQL: which cards its owner may read. */
import type { ClientScope } from '../../domain/access/client.ts';
import { type Db, Prisma, type Tx } from '../db.ts';

/** A condition on the client row under this alias. An appointment counts from booking on; a hold or a refused request does not. */
export function withinScope(scope: ClientScope, alias = 'c'): Prisma.Sql {
  const id = Prisma.raw(`"${alias}".id`);
  switch (scope.kind) {
    case 'all':
      return Prisma.sql`TRUE`;
    case 'own':
      return Prisma.sql`${id} = ${scope.clientId}::uuid`;
    case 'none':
      return Prisma.sql`FALSE`;
    case 'shared':
      // One question the database answers from a kept plan: asked in full, it would be planned with every policy within it.
      return Prisma.sql`specialist_treats(${scope.specialistId}::uuid, ${id})`;
  }
}

/** The card behind an id, as far as the scope reaches: merged ones lead to the card that stays. Null says no more than that. */
export async function findCard(db: Db | Tx, scope: ClientScope, clientId: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE standing AS (
      SELECT id, merged_into_id FROM client WHERE id = ${clientId}::uuid
      UNION SELECT c.id, c.merged_into_id FROM client c JOIN standing s ON c.id = s.merged_into_id)
    SELECT c.id FROM standing c WHERE c.merged_into_id IS NULL AND ${withinScope(scope)}`;
  return row?.id ?? null;
}
