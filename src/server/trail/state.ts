/** What else is told of the trail: how far it is sealed, and personal values, opened one by one. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { readDetail, type TrailChange, unsealedAtMost } from '../../domain/trail.ts';
import { Prisma, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { asSql } from '../sql.ts';
import { noteEntry } from './note.ts';

export interface SealState {
  lastSealAt: Date | null;
  sealCount: number;
  /** Entries no seal covers yet, counted up to `unsealedAtMost`. */
  unsealed: number;
  oldestUnsealedAt: Date | null;
}

/** How far the trail is sealed. Refuses `forbidden`. */
export async function readSealState(deps: Deps, actor: Actor): Promise<Result<SealState>> {
  if (!can(actor, 'audit.view')) return refuse('forbidden');
  // The queue of what waits for its seal is the sealer's own.
  const { db } = asSystem(deps, 'state of the seal', actor);
  const last = await db.auditSeal.findFirst({ orderBy: { id: 'desc' }, select: { id: true, at: true } });
  const [tail] = await db.$queryRaw<{ count: number; oldest: Date | null }[]>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM (SELECT FROM audit_unsealed LIMIT ${unsealedAtMost}) AS counted) AS count,
      (SELECT at FROM audit_entry WHERE id = (SELECT min(entry_id) FROM audit_unsealed)) AS oldest`);
  return done({
    lastSealAt: last?.at ?? null,
    sealCount: Number(last?.id ?? 0n),
    unsealed: tail?.count ?? 0,
    oldestUnsealedAt: tail?.oldest ?? null,
  });
}

/** The values, or `erased` where the client's key is gone and they with it. */
export interface Revealed {
  erased: boolean;
  changes: TrailChange[];
  /** Columns this actor may not read anywhere else either. */
  withheld: string[];
}

const othersWords = new Set(['note', 'cancel_reason']);

/**
 * Opens the personal values of one entry; that they were opened is an entry of its own. Refuses `forbidden`, and `not_found` for an entry
 * that isn't there or has none.
 */
export async function revealPersonal(
  deps: Deps,
  actor: Actor,
  { entryId }: { entryId: number },
): Promise<Result<Revealed>> {
  if (!can(actor, 'audit.reveal')) return refuse('forbidden');
  const notes = holds(actor, 'notes.view_all');
  return transact(deps.db, async (tx): Promise<Result<Revealed>> => {
    const sql = asSql(tx);
    const [entry] = await sql.rows<{ client_id: string | null; personal: unknown }>(Prisma.sql`
      SELECT e.client_id, (SELECT p.personal FROM personal_of_entries(ARRAY[e.id]) AS p) AS personal
      FROM audit_entry e WHERE e.id = ${entryId}::bigint AND e.personal_sealed IS NOT NULL`);
    if (!entry) return refuse('not_found', { noun: 'entry' });
    await noteEntry(tx, {
      action: 'trail.reveal',
      subjectType: 'audit_entry',
      subjectId: null,
      clientId: entry.client_id,
      detail: { entryId },
    });
    const { changes } = readDetail(entry.personal);
    const shown = changes.filter(({ field }) => notes || !othersWords.has(field));
    return done({
      erased: entry.personal === null,
      changes: shown,
      withheld: changes.filter((change) => !shown.includes(change)).map(({ field }) => field),
    });
  });
}
