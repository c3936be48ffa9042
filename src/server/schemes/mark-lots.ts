/** What is known of a mark beside the document: its lot, and a note for the staff. Joined clients never receive it. */
import type { Actor } from '../../domain/access/actor.ts';
import { type Result, done, refuse } from '../../domain/refusal.ts';
import { type FoundFault, readRecords } from '../../domain/scheme/check.ts';
import type { SetMarkInput } from '../../domain/scheme/input.ts';
import { isMark, maxRecords } from '../../domain/scheme/marks.ts';
import { givenBy } from '../../domain/scheme/totals.ts';
import { constraintOf, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { loadDocument, recordsOfDocument } from './document.ts';
import { lockDraft } from './read.ts';

/**
 * Sets lot or note of some marks. Refuses with `not_found` (scheme or lot), `forbidden`, `scheme_closed`, and `scheme_refused` where a
 * mark was given another product than the lot's, or nothing. A mark that isn't committed yet is believed, and asked about on finishing.
 */
export async function setMark(deps: Deps, actor: Actor, input: SetMarkInput): Promise<Result<null>> {
  const work = transact<Result<null>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id: schemeId, clientId, generation } = locked.value;
    const { lotId, note } = input;
    const markIds = [...new Set(input.markIds)];
    if (lotId !== undefined && lotId !== null) {
      const lot = await tx.lot.findUnique({
        where: { id: lotId },
        select: { productId: true, isActive: true },
      });
      if (!lot?.isActive) return refuse('not_found', { noun: 'lot' });
      const faults = await misfits(tx, { schemeId, generation }, markIds, lot.productId);
      if (faults.length > 0) return refuse('scheme_refused', { faults });
    }
    const others = await tx.schemeMark.count({ where: { schemeId, markId: { notIn: markIds } } });
    if (others + markIds.length > maxRecords)
      return refuse('scheme_refused', { faults: [{ markId: '', reason: 'too_many' }] });
    const set = { ...(lotId === undefined ? {} : { lotId }), ...(note === undefined ? {} : { note }) };
    for (const markId of markIds)
      await tx.schemeMark.upsert({
        where: { schemeId_markId: { schemeId, markId } },
        create: { schemeId, markId, ...set },
        update: set,
      });
    await tx.schemeMark.deleteMany({ where: { schemeId, markId: { in: markIds }, lotId: null, note: '' } });
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done(null);
  });
  const result = await work.catch((error: unknown) => {
    // Removed since it was looked at.
    if (constraintOf(error) === 'scheme_mark_lot_id_fkey') return refuse('not_found', { noun: 'lot' });
    throw error;
  });
  deps.announcer.announce();
  return result;
}

async function misfits(
  tx: Tx,
  at: { schemeId: string; generation: number },
  markIds: readonly string[],
  productId: string,
): Promise<FoundFault[]> {
  const candidates = recordsOfDocument(await loadDocument(tx, at));
  const asked = new Map(markIds.flatMap((id) => (candidates.has(id) ? [[id, candidates.get(id)]] : [])));
  return readRecords(asked).records.flatMap((record): FoundFault[] => {
    const given = isMark(record) ? givenBy(record) : null;
    return given?.productId === productId ? [] : [{ markId: record.id, reason: 'lot_unknown' }];
  });
}
