/** What a client is told of: the catalogue, which is public, and visits of their own. */
import { Prisma, type Db } from '../db.ts';
import { straight } from '../sql.ts';
import type { LiveEvent } from './hub.ts';

const publicTopics: ReadonlySet<string> = new Set(['catalogue', 'hours']);

/** Promises only events that are public or about the client's own visits: not even that something happened elsewhere. */
export async function ownEvents(
  db: Db,
  clientId: string | null,
  events: readonly LiveEvent[],
): Promise<LiveEvent[]> {
  const visits = clientId
    ? events.flatMap(({ topic, entityId }) => (topic === 'calendar' && entityId ? [entityId] : []))
    : [];
  const own = new Set<string>();
  if (visits.length > 0) {
    const rows = await straight(db).rows<{ id: string }>(
      Prisma.sql`SELECT id FROM appointment WHERE id = ANY (${visits}::uuid[]) AND client_id = ${clientId}::uuid`,
    );
    for (const { id } of rows) own.add(id);
  }
  return events.filter(
    ({ topic, entityId }) => publicTopics.has(topic) || (entityId !== null && own.has(entityId)),
  );
}
