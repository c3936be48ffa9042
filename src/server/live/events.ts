/** Writing change events: in the transaction of the change, ids and days only. */
import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';

export type Topic =
  | 'calendar'
  | 'client'
  | 'catalogue'
  | 'hours'
  | 'message'
  | 'import'
  | 'people'
  | 'settings';

export interface Change {
  topic: Topic;
  locationId?: string;
  /** First and last local day touched, YYYY-MM-DD. */
  dateFrom?: string;
  dateTo?: string;
  entityId?: string;
}

/** Notes what changed; call `announcer.announce()` after the commit. */
export async function noteChange(tx: Tx | Sql, change: Change): Promise<void> {
  await asSql(tx).run(Prisma.sql`
    INSERT INTO change_event (topic, location_id, date_from, date_to, entity_id)
    VALUES (${change.topic}, ${change.locationId ?? null}::uuid, ${change.dateFrom ?? null}::date,
      ${change.dateTo ?? change.dateFrom ?? null}::date, ${change.entityId ?? null}::uuid)`);
}
