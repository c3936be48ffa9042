/** Names of clients beside visits: only of those within the reader's scope. */
import type { ClientScope } from '../../domain/access/client.ts';
import type { Db, Tx } from '../db.ts';
import { withinScope } from './scope.ts';

/** Names by id; a client outside of the scope has none here. */
export async function clientNames(
  db: Db | Tx,
  scope: ClientScope,
  clientIds: readonly (string | null)[],
): Promise<Map<string, string>> {
  const ids = [...new Set(clientIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT c.id, trim(c.first_name || ' ' || c.last_name) AS name FROM client c
    WHERE c.id = ANY (${ids}::uuid[]) AND ${withinScope(scope)}`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
