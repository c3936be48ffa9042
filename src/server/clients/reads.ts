/** That a card was read: its every part leaves a trace, once an errand. */
import { type Db, isClient, Prisma, type Tx } from '../db.ts';
import { asSql, straight } from '../sql.ts';

/** Within so long, what the same person reads of one card is one reading. */
const oneReadingMinutes = 10;

/** Notes in the trail that this card was read, unless the same person's reading of it was noted a moment ago. */
export async function noteReading(db: Db | Tx, clientId: string): Promise<void> {
  const sql = isClient(db) ? straight(db) : asSql(db);
  await sql.run(Prisma.sql`
    INSERT INTO audit_entry (actor_kind, action, subject_type, subject_id, client_id)
    SELECT 'system', 'client.read', 'client', ${clientId}::uuid, ${clientId}::uuid
    WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.client_id = ${clientId}::uuid AND e.action = 'client.read'
      AND e.actor_id = acting_account() AND e.at > now() - make_interval(mins => ${oneReadingMinutes}))`);
}
