/** What an import made, and how it left it: the undo takes back only what still looks so. */
import type { Tx } from '../db.ts';

export const entityTypes = [
  'location',
  'category',
  'service',
  'product',
  'specialist',
  'client',
  'appointment',
  'history',
  'offer',
  'schedule',
] as const;
export type EntityType = (typeof entityTypes)[number];

export interface Effect {
  entityType: EntityType;
  entityId: string;
  rowNumber: number | null;
  action?: 'created' | 'updated';
  before?: unknown;
}

/** What a person could have changed of each; derived values (a client's status) are not among it. */
const looks: Partial<Record<EntityType, string>> = {
  location: `SELECT id, md5(concat_ws('|', name, time_zone, address, phone)) AS digest FROM location WHERE id = ANY($1::uuid[])`,
  category: `SELECT id, md5(name) AS digest FROM service_category WHERE id = ANY($1::uuid[])`,
  service: `SELECT id, md5(concat_ws('|', version, name, code, base_minutes, price_minor, is_active, is_online)) AS digest
    FROM service WHERE id = ANY($1::uuid[])`,
  product: `SELECT id, md5(to_jsonb(p)::text) AS digest FROM product p WHERE id = ANY($1::uuid[])`,
  specialist: `SELECT s.id, md5(concat_ws('|', r.name, r.is_active, s.title, s.bio, s.hue, s.account_id, s.is_online, s.max_per_day)) AS digest
    FROM specialist s JOIN resource r ON r.id = s.id WHERE s.id = ANY($1::uuid[])`,
  client: `SELECT id, md5(concat_ws('|', first_name, last_name, email, phone, birth_date, note, account_id, merged_into_id,
    is_invited, source_id)) AS digest FROM client WHERE id = ANY($1::uuid[])`,
  appointment: `SELECT id, md5(concat_ws('|', version, status, starts_at, ends_at, client_id)) AS digest
    FROM appointment WHERE id = ANY($1::uuid[])`,
  schedule: `SELECT id, md5(concat_ws('|', version, valid_from, valid_until)) AS digest FROM schedule WHERE id = ANY($1::uuid[])`,
};

/** The present look of each of these records; those that are gone are missing. */
export async function fingerprints(
  tx: Tx,
  entityType: EntityType,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const sql = looks[entityType];
  if (!sql || ids.length === 0) return new Map();
  const found = await tx.$queryRawUnsafe<{ id: string; digest: string }[]>(sql, [...new Set(ids)]);
  return new Map(found.map(({ id, digest }) => [id, digest]));
}

/** Notes effects in the order given, each with the look of its record now; call it last in the stretch. */
export async function noteEffects(tx: Tx, batchId: string, effects: readonly Effect[]): Promise<void> {
  if (effects.length === 0) return;
  const digests = new Map<string, string>();
  for (const entityType of entityTypes) {
    const ids = effects.flatMap((effect) => (effect.entityType === entityType ? [effect.entityId] : []));
    for (const [id, digest] of await fingerprints(tx, entityType, ids))
      digests.set(`${entityType} ${id}`, digest);
  }
  const lines = effects.map(({ entityType, entityId, rowNumber, action, before }) => ({
    entity_type: entityType,
    entity_id: entityId,
    row_number: rowNumber,
    action: action ?? 'created',
    before: before ?? null,
    fingerprint: digests.get(`${entityType} ${entityId}`) ?? null,
  }));
  await tx.$executeRaw`
    INSERT INTO import_effect (batch_id, row_number, entity_type, entity_id, action, before, fingerprint)
    SELECT ${batchId}::uuid, row_number, entity_type, entity_id, action, before, fingerprint
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line(row_number integer, entity_type text, entity_id uuid,
      action text, before jsonb, fingerprint text)`;
}
