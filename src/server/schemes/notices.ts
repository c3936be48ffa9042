/** What collab-servers tell each other through the database. Ids only: a notice may be heard by nobody, and rows stay. */
import { type Db, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql, straight } from '../sql.ts';

/** Updates were kept: JSON of `DrawnNotice`. */
export const drawnChannel = 'dermis_drawn';
/** Who may stay in a scheme's room is to be asked again: the scheme's id. */
export const schemeChannel = 'dermis_scheme';

/** Who is in a room, from one collab-server to the others; JSON. Never stored. */
export const presentChannel = 'dermis_present';

/** Below what a notice may hold (8,000 bytes), with room for the rest. */
export const idsPerNotice = 200;

/** Outside of any transaction: for what nobody needs to hear. */
export async function tellOthers(db: Db, channel: string, payload: string): Promise<void> {
  await straight(db).rows(Prisma.sql`SELECT pg_notify(${channel}, ${payload})::text`);
}

/** Told with the transaction that changes who may look or draw, or whether anybody may. */
export async function noteDrawing(tx: Tx | Db | Sql, schemeId: string): Promise<void> {
  await asSql(tx).rows(Prisma.sql`SELECT pg_notify(${schemeChannel}, ${schemeId})::text`);
}
