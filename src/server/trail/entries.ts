/** Entries of the trail as people read them: who, what, of which record by its name, and what changed into what. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { isId } from '../../domain/ids.ts';
import { kindOf, readDetail, type TrailDetail, type TrailKind, withoutMoney } from '../../domain/trail.ts';
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';

export interface EntryRow {
  id: string;
  at: Date;
  actor_id: string | null;
  actor_kind: string;
  action: string;
  subject_type: string;
  subject_id: string | null;
  client_id: string | null;
  reason: string | null;
  detail: unknown;
  has_personal: boolean;
}

/** What of a row is read; never the sealed values themselves. */
export const entryColumns =
  Prisma.raw(`e.id::text AS id, e.at, e.actor_id, e.actor_kind, e.action, e.subject_type, e.subject_id,
  e.client_id, e.reason, e.detail, e.personal_sealed IS NOT NULL AS has_personal`);

export interface TrailEntry {
  id: string;
  at: Date;
  /** nobody | client | staff | system */
  actorKind: string;
  actorId: string | null;
  /** Null where there is nobody to name, or nobody this reader may know. */
  actorName: string | null;
  action: string;
  kind: TrailKind;
  subjectType: string;
  subjectId: string | null;
  /** Null where the record is gone, nameless, or beyond this reader's sight. */
  subjectName: string | null;
  clientId: string | null;
  clientName: string | null;
  reason: string | null;
  detail: TrailDetail;
  /** Personal values changed and are kept, encrypted. */
  hasPersonal: boolean;
}

export interface TrailPart {
  entries: TrailEntry[];
  /** Names of the records that values refer to, by their ids. */
  names: Record<string, string>;
}

/** The entries under this reader's eyes: names of records as far as they may see those, no prices without the right to money. */
export async function asEntries(db: Db, actor: Actor, rows: readonly EntryRow[]): Promise<TrailPart> {
  const money = holds(actor, 'money.view');
  const read = rows.map((row) => {
    const detail = readDetail(row.detail);
    return { row, detail: money ? detail : withoutMoney(row.subject_type, detail) };
  });
  const names = await namesOf(db, read.flatMap(idsIn));
  return {
    names,
    entries: read.map(({ row, detail }) => ({
      id: row.id,
      at: row.at,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      actorName: names[row.actor_id ?? ''] ?? null,
      action: row.action,
      kind: kindOf(row.action),
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      subjectName: names[row.subject_id ?? ''] ?? nameWithin(detail),
      clientId: row.client_id,
      clientName: names[row.client_id ?? ''] ?? null,
      reason: row.reason,
      detail,
      hasPersonal: row.has_personal,
    })),
  };
}

/** What a record was called when it was made, changed or removed. */
function nameWithin({ changes }: TrailDetail): string | null {
  const change = changes.find(({ field }) => field === 'name');
  const name = change?.after ?? change?.before;
  return typeof name === 'string' ? name : null;
}

function idsIn({ row, detail }: { row: EntryRow; detail: TrailDetail }): string[] {
  const values = [
    ...detail.changes.flatMap(({ before, after }) => [before, after]),
    ...detail.facts.map(({ value }) => value),
  ].flat();
  return [row.actor_id, row.subject_id, row.client_id, ...values].filter(
    (value): value is string => typeof value === 'string' && isId(value),
  );
}

/** Records by id, whatever they are, each under its table's row security: what this reader may not see has no name here. */
async function namesOf(db: Db, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const wanted = Prisma.sql`ANY (${[...new Set(ids)]}::uuid[])`;
  const rows = await straight(db).rows<{ id: string; name: string }>(Prisma.sql`
    SELECT id, name FROM location WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM resource WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM service WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM technique WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM service_category WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM tag WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM source WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM role WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM closure WHERE id = ${wanted}
    UNION ALL SELECT id, name FROM product WHERE id = ${wanted}
    UNION ALL SELECT id, file_name FROM import_batch WHERE id = ${wanted}
    UNION ALL SELECT s.id, r.name FROM schedule s JOIN resource r ON r.id = s.resource_id WHERE s.id = ${wanted}
    UNION ALL SELECT id, trim(first_name || ' ' || last_name) FROM client WHERE id = ${wanted}
    UNION ALL SELECT account_id, trim(first_name || ' ' || last_name) FROM client WHERE account_id = ${wanted}
    UNION ALL SELECT account_id, name FROM staff_names(${[...new Set(ids)]}::uuid[])`);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
