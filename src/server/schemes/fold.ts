/**
 * Folds a scheme's updates into its one state. Merging updates keeps what was erased; a document gives it up. Everything happens in one
 * transaction that deletes exactly the rows it merged: killed at any moment, either nothing happened or all of it.
 */
import { type Db, Prisma, Rollback } from '../db.ts';
import { transactSql } from '../sql.ts';
import { type DocumentAt, readDocument, stateOf } from './document.ts';

export interface Folded {
  ids: bigint[];
  foldedAt: Date;
  bytes: number;
}

/** Null where there was nothing to fold, or somebody else is at it. */
export function foldDocument(db: Db, at: DocumentAt, now: Date): Promise<Folded | null> {
  return transactSql<Folded | null>(db, async (sql) => {
    const [turn] = await sql.rows<{ mine: boolean }>(Prisma.sql`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${`fold ${at.schemeId} ${at.generation}`}, 0)) AS mine`);
    if (!turn?.mine) throw new Rollback(null);
    const { doc, ids, foldedAt: before } = await readDocument(sql, at);
    if (ids.length === 0) {
      doc.destroy();
      throw new Rollback(null);
    }
    const bytes = stateOf(doc);
    doc.destroy();
    // Others tell by it whether they know this state, so it never stands still.
    const foldedAt = new Date(Math.max(now.getTime(), (before?.getTime() ?? 0) + 1));
    await sql.run(Prisma.sql`
      INSERT INTO scheme_state (scheme_id, generation, bytes, folded_at)
      VALUES (${at.schemeId}::uuid, ${at.generation}, ${Buffer.from(bytes)}, ${foldedAt})
      ON CONFLICT (scheme_id, generation) DO UPDATE SET bytes = excluded.bytes, folded_at = excluded.folded_at`);
    await sql.run(Prisma.sql`DELETE FROM scheme_update WHERE id = ANY (${ids.map(String)}::bigint[])`);
    return { ids, foldedAt, bytes: bytes.length };
  });
}
