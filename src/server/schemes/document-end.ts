/**
 * A document lives while a scheme is drawn on. Finished, the revision holds its state, from which a correction goes on; kept beside it
 * once more it would only take the room twice.
 */
import type { Tx } from '../db.ts';
import { type DocumentAt, startDocument } from './document.ts';
import { unpackBytes } from './packing.ts';

/** Waits for whoever is folding it (`foldDocument`), who would otherwise write a state after the last one was dropped. */
export async function dropDocument(tx: Tx, { schemeId, generation }: DocumentAt): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`fold ${schemeId} ${generation}`}, 0))::text`;
  await tx.schemeUpdate.deleteMany({ where: { schemeId } });
  await tx.schemeState.deleteMany({ where: { schemeId } });
}

/** Begins the generation's document with what the revision holds. */
export async function resumeDocument(tx: Tx, at: DocumentAt, number: number, now: Date): Promise<void> {
  const { state } = await tx.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId: at.schemeId, number } },
    select: { state: true },
  });
  await dropDocument(tx, at);
  await startDocument(tx, at, unpackBytes(state), now);
}
