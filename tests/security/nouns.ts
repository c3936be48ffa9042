/** Which table an input's id is of, by the id's name: `clientId` is a client's, whichever procedure asks for it. */
import type { Watch } from './watch.ts';

/** Ids whose names don't say it. */
const otherwise: Readonly<Record<string, string>> = {
  accountCardId: 'client',
  batchId: 'import_batch',
  entryId: 'audit_entry',
  parentId: 'technique',
  recordId: 'client',
  actorId: 'account',
  movingAppointmentId: 'appointment',
  requiredServiceId: 'service',
  categoryId: 'service_category',
  exceptionId: 'schedule_exception',
};

const plural = (noun: string): string[] => [noun, noun.replace(/ies$/, 'y'), noun.replace(/s$/, '')];
const snake = (camel: string): string => camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const isIdName = (name: string): boolean => name === 'id' || /Ids?$/.test(name);

/** Null where no table goes by that name. A bare `id` is of the router's noun: `services.move`'s is a service's. */
export function tableOfId(name: string, path: string, tables: ReadonlySet<string>): string | null {
  const single = name.replace(/Ids$/, 'Id');
  const known = otherwise[single];
  if (known) return known;
  const nouns =
    name === 'id' || name === 'ids' ? plural(path.split('.')[0] ?? '') : [snake(single.replace(/Id$/, ''))];
  for (const noun of nouns) {
    if (tables.has(noun)) return noun;
    const longer = [...tables].find((table) => table.endsWith(`_${noun}`) || noun.endsWith(`_${table}`));
    if (longer) return longer;
  }
  return null;
}

/** Tables with an id of their own, and the ids there are, as they were made. */
export async function readIds(watch: Watch): Promise<Map<string, string[]>> {
  const tables = await watch.rows<{ name: string }>(`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'id' AND data_type IN ('uuid', 'bigint')`);
  const ids = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await watch.rows<{ id: string }>(`SELECT id::text FROM "${name}" ORDER BY ctid LIMIT 50`);
    ids.set(
      name,
      rows.map(({ id }) => id),
    );
  }
  return ids;
}
