/** What collab-servers tell each other through the database. Ids only: a notice may be heard by nobody, and rows stay. */
import { type Db, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';

/** Updates were kept: JSON of `DrawnNotice`. */
export const drawnChannel = 'dermis_drawn';
/** Who may stay in a scheme's room is to be asked again: the scheme's id. */
export const schemeChannel = 'dermis_scheme';

/** Below what a notice may hold (8,000 bytes), with room for the rest. */
export const idsPerNotice = 200;

/** Told with the transaction that changes who may look or draw, or whether anybody may. */
export async function noteDrawing(tx: Tx | Db | Sql, schemeId: string): Promise<void> {
  await asSql(tx).rows(Prisma.sql`SELECT pg_notify(${schemeChannel}, ${schemeId})::text`);
}
