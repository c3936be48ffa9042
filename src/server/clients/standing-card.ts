import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';

/**
 * The card that stands for this id now, locked against merging until the transaction ends: what is written for it
 * cannot land on a card that is being merged away at the same moment. Null where there is none.
 */
export async function standingCard(tx: Tx | Sql, clientId: string): Promise<string | null> {
  const [card] = await asSql(tx).rows<{ id: string; merged_into_id: string | null }>(
    Prisma.sql`SELECT id, merged_into_id FROM client WHERE id = ${clientId}::uuid FOR SHARE`,
  );
  if (!card) return null;
  return card.merged_into_id === null ? card.id : standingCard(tx, card.merged_into_id);
}
