/** Takes an import back, last things first: what still looks as it was left goes, what others touched or need stays and is named. */
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { addCounts, type Batch, writeStretch } from './batch.ts';
import { type EntityType, fingerprints } from './effects.ts';
import { restoreVisit } from './undo-visit.ts';

const effectsAtOnce = 200;

export interface EffectRow {
  id: bigint;
  rowNumber: number | null;
  entityType: string;
  entityId: string;
  action: string;
  before: unknown;
  fingerprint: string | null;
}
export type KeptBecause = 'changed' | 'in_use' | 'time_taken';

/** Ids of these that others hold on to, by what refers to each kind of record. */
const usedSql: Partial<Record<EntityType, string>> = {
  location: `SELECT id FROM location l WHERE id = ANY($1::uuid[]) AND (EXISTS (SELECT FROM resource WHERE location_id = l.id)
    OR EXISTS (SELECT FROM appointment WHERE location_id = l.id) OR EXISTS (SELECT FROM schedule WHERE location_id = l.id)
    OR EXISTS (SELECT FROM closure WHERE location_id = l.id))`,
  category: `SELECT id FROM service_category c WHERE id = ANY($1::uuid[]) AND EXISTS (SELECT FROM service WHERE category_id = c.id)`,
  service: `SELECT id FROM service s WHERE id = ANY($1::uuid[]) AND (EXISTS (SELECT FROM appointment_item WHERE service_id = s.id)
    OR EXISTS (SELECT FROM history_entry WHERE service_id = s.id) OR EXISTS (SELECT FROM technique WHERE service_id = s.id)
    OR EXISTS (SELECT FROM specialist_service WHERE service_id = s.id)
    OR EXISTS (SELECT FROM service_prerequisite WHERE s.id IN (service_id, required_service_id)))`,
  specialist: `SELECT id FROM resource r WHERE id = ANY($1::uuid[]) AND (EXISTS (SELECT FROM appointment_item WHERE specialist_id = r.id)
    OR EXISTS (SELECT FROM history_entry WHERE specialist_id = r.id) OR EXISTS (SELECT FROM claim WHERE resource_id = r.id)
    OR EXISTS (SELECT FROM visit WHERE specialist_id = r.id) OR EXISTS (SELECT FROM schedule WHERE resource_id = r.id)
    OR EXISTS (SELECT FROM leave WHERE resource_id = r.id) OR EXISTS (SELECT FROM schedule_exception WHERE resource_id = r.id))`,
  client: `SELECT id FROM client c WHERE id = ANY($1::uuid[]) AND (EXISTS (SELECT FROM appointment WHERE client_id = c.id)
    OR EXISTS (SELECT FROM history_entry WHERE client_id = c.id) OR EXISTS (SELECT FROM visit WHERE client_id = c.id)
    OR EXISTS (SELECT FROM client_tag WHERE client_id = c.id) OR EXISTS (SELECT FROM message WHERE client_id = c.id)
    OR EXISTS (SELECT FROM client WHERE merged_into_id = c.id))`,
  appointment: `SELECT id FROM appointment a WHERE id = ANY($1::uuid[]) AND (EXISTS (SELECT FROM visit WHERE appointment_id = a.id)
    OR EXISTS (SELECT FROM message WHERE appointment_id = a.id))`,
  history: `SELECT id FROM history_entry h WHERE id = ANY($1::uuid[])
    AND EXISTS (SELECT FROM appointment a WHERE a.id = h.appointment_id AND a.status IN ('cancelled', 'no_show'))`,
};

const removeSql: Record<EntityType, readonly string[]> = {
  location: ['DELETE FROM location WHERE id = ANY($1::uuid[])'],
  category: ['DELETE FROM service_category WHERE id = ANY($1::uuid[])'],
  service: [
    'DELETE FROM imported_code WHERE entity_id = ANY($1::uuid[])',
    'DELETE FROM service WHERE id = ANY($1::uuid[])',
  ],
  product: [
    'DELETE FROM imported_code WHERE entity_id = ANY($1::uuid[])',
    'DELETE FROM product WHERE id = ANY($1::uuid[])',
  ],
  specialist: [
    'DELETE FROM imported_code WHERE entity_id = ANY($1::uuid[])',
    'DELETE FROM resource WHERE id = ANY($1::uuid[])',
  ],
  client: [
    'DELETE FROM imported_code WHERE entity_id = ANY($1::uuid[])',
    'DELETE FROM client WHERE id = ANY($1::uuid[])',
  ],
  appointment: [
    'UPDATE history_entry SET appointment_id = NULL WHERE appointment_id = ANY($1::uuid[])',
    'DELETE FROM appointment WHERE id = ANY($1::uuid[])',
  ],
  history: ['DELETE FROM history_entry WHERE id = ANY($1::uuid[])'],
  offer: [],
  schedule: ['DELETE FROM schedule WHERE id = ANY($1::uuid[])'],
};
const isEntityType = (text: string): text is EntityType => Object.hasOwn(removeSql, text);

/** A pair of specialist and service goes where neither own terms nor a visit holds on to it. */
const removeOffer = (tx: Tx, specialistId: string, before: unknown) => tx.$executeRaw`
  DELETE FROM specialist_service o WHERE o.specialist_id = ${specialistId}::uuid
    AND o.service_id = (${JSON.stringify(before)}::jsonb ->> 'serviceId')::uuid AND o.minutes IS NULL AND o.price_minor IS NULL
    AND NOT EXISTS (SELECT FROM appointment_item i WHERE i.specialist_id = o.specialist_id AND i.service_id = o.service_id)`;

/** Undoes effects of one kind that stand next to each other. Answers why those that stay do. */
async function undoAlike(
  tx: Tx,
  deps: Deps,
  type: EntityType,
  effects: readonly EffectRow[],
): Promise<Map<bigint, KeptBecause>> {
  const kept = new Map<bigint, KeptBecause>();
  const ids = effects.map(({ entityId }) => entityId);
  const looks = await fingerprints(tx, type, ids);
  const changed = (effect: EffectRow) =>
    effect.fingerprint !== null &&
    looks.has(effect.entityId) &&
    looks.get(effect.entityId) !== effect.fingerprint;
  if (effects[0]?.action === 'updated') {
    for (const effect of effects) {
      const why = changed(effect) ? 'changed' : await restoreVisit(tx, deps, effect);
      if (why) kept.set(effect.id, why);
    }
    return kept;
  }
  if (type === 'offer') {
    for (const { entityId, before } of effects) await removeOffer(tx, entityId, before);
    return kept;
  }
  const sql = usedSql[type];
  const used = new Set(sql ? (await tx.$queryRawUnsafe<{ id: string }[]>(sql, ids)).map(({ id }) => id) : []);
  for (const effect of effects) {
    if (changed(effect)) kept.set(effect.id, 'changed');
    else if (used.has(effect.entityId)) kept.set(effect.id, 'in_use');
  }
  const going = effects.filter(({ id }) => !kept.has(id)).map(({ entityId }) => entityId);
  for (const statement of removeSql[type]) await tx.$executeRawUnsafe(statement, going);
  return kept;
}

/** Runs of the same kind and action, in order. */
function* runsOf(effects: readonly EffectRow[]): Generator<EffectRow[]> {
  let run: EffectRow[] = [];
  for (const effect of effects) {
    const [first] = run;
    if (first && (first.entityType !== effect.entityType || first.action !== effect.action)) {
      yield run;
      run = [];
    }
    run.push(effect);
  }
  if (run.length > 0) yield run;
}

async function undoOnce(deps: Deps, current: Batch): Promise<Batch | null> {
  return writeStretch(deps, current, async (tx) => {
    const effects = await tx.$queryRaw<EffectRow[]>`
      SELECT id, row_number AS "rowNumber", entity_type AS "entityType", entity_id AS "entityId", action, before, fingerprint
      FROM import_effect WHERE batch_id = ${current.id}::uuid
        AND (${current.cursor.effect}::bigint IS NULL OR id < ${current.cursor.effect}::bigint)
      ORDER BY id DESC LIMIT ${effectsAtOnce}`;
    const last = effects.at(-1);
    if (!last) {
      await noteChange(tx, { topic: 'calendar' });
      // Rows that only found their record again hold no effect; their keys go with the import.
      await tx.$executeRaw`DELETE FROM import_key k WHERE k.batch_id = ${current.id}::uuid AND NOT EXISTS (
        SELECT FROM import_effect e WHERE e.batch_id = k.batch_id AND e.row_number = k.row_number AND e.kept_because IS NOT NULL)`;
      return { cursor: current.cursor, status: 'undone', doneCount: current.rowCount };
    }
    const kept = new Map<bigint, KeptBecause>();
    for (const run of runsOf(effects)) {
      const [first] = run;
      if (!first || !isEntityType(first.entityType)) continue;
      for (const [id, why] of await undoAlike(tx, deps, first.entityType, run)) kept.set(id, why);
    }
    const lines = [...kept].map(([id, why]) => ({ id: id.toString(), why }));
    await tx.$executeRaw`
      UPDATE import_effect e SET kept_because = l.why
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id bigint, why text) WHERE e.id = l.id`;
    return {
      cursor: { ...current.cursor, step: 'undo', effect: last.id.toString() },
      doneCount: Math.min(current.rowCount, current.doneCount + effects.length),
      counts: addCounts(current.counts, { removed: effects.length - kept.size, kept: kept.size }),
    };
  });
}

export async function undoRows(deps: Deps, start: Batch, mayGoOn: () => boolean): Promise<Batch | null> {
  let batch: Batch | null = start;
  do batch = await undoOnce(deps, batch);
  while (batch && batch.status === 'undoing' && mayGoOn());
  return batch;
}
