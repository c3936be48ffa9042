/** A scheme's shared document as it is kept: one folded state, and the updates since. */
import * as Y from 'yjs';
import { recordFrom, recordsKey } from '../../domain/scheme/layout.ts';
import { type Db, isClient, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql, straight } from '../sql.ts';

/** The document of one beginning: thrown back, a scheme goes on under another generation. */
export interface DocumentAt {
  schemeId: string;
  generation: number;
}

export interface KeptDocument {
  doc: Y.Doc;
  /** The updates beyond the state, which are in the document. */
  ids: bigint[];
  /** When the state was folded; null where nothing was yet. */
  foldedAt: Date | null;
  bytes: number;
}

interface Part {
  id: string | null;
  bytes: Buffer;
  folded_at: Date | null;
}

/** Reads state and updates in one statement: folding moves rows from one into the other, and two would see neither or both. */
export async function readDocument(db: Db | Tx | Sql, at: DocumentAt): Promise<KeptDocument> {
  const sql = 'rows' in db ? db : isClient(db) ? straight(db) : asSql(db);
  const parts = await sql.rows<Part>(Prisma.sql`
    SELECT NULL AS id, bytes, folded_at FROM scheme_state
    WHERE scheme_id = ${at.schemeId}::uuid AND generation = ${at.generation}
    UNION ALL
    (SELECT id::text, bytes, NULL FROM scheme_update
    WHERE scheme_id = ${at.schemeId}::uuid AND generation = ${at.generation} ORDER BY id)`);
  const unreadable = new Set<string>();
  for (;;) {
    const read = applied(parts, unreadable);
    if ('kept' in read) return read.kept;
    unreadable.add(read.failedId);
  }
}

/**
 * All parts but those named. What was taken in was checked, so an update that can't be read is a bug of ours: it is left where it lies,
 * for whoever looks into it, and everything else of the drawing is there.
 */
function applied(
  parts: readonly Part[],
  unreadable: ReadonlySet<string>,
): { kept: KeptDocument } | { failedId: string } {
  const doc = emptyDocument();
  const kept: KeptDocument = { doc, ids: [], foldedAt: null, bytes: 0 };
  let current: string | null = null;
  try {
    doc.transact(() => {
      for (const { id, bytes, folded_at } of parts) {
        current = id;
        if (id === null) {
          kept.bytes += bytes.length;
          kept.foldedAt = folded_at;
          if (bytes.length > 0) Y.applyUpdateV2(doc, bytes);
        } else if (!unreadable.has(id)) {
          kept.bytes += bytes.length;
          kept.ids.push(BigInt(id));
          Y.applyUpdate(doc, bytes);
        }
      }
    });
    return { kept };
  } catch (error) {
    doc.destroy();
    if (current === null) throw error;
    return { failedId: current };
  }
}

export function emptyDocument(): Y.Doc {
  const doc = new Y.Doc({ gc: true });
  doc.getMap(recordsKey);
  return doc;
}

export const loadDocument = async (db: Db | Tx, at: DocumentAt): Promise<Y.Doc> =>
  (await readDocument(db, at)).doc;

/** The records as they lie there, unchecked, by id. What isn't a record at all has no fields but its id. */
export function recordsOfDocument(doc: Y.Doc): Map<string, Record<string, unknown>> {
  const records = new Map<string, Record<string, unknown>>();
  for (const [id, entries] of doc.getMap(recordsKey))
    records.set(id, recordFrom(id, entries instanceof Y.Map ? entries.entries() : []));
  return records;
}

/** V2, as it is kept. */
export const stateOf = (doc: Y.Doc): Uint8Array<ArrayBuffer> => new Uint8Array(Y.encodeStateAsUpdateV2(doc));

/** Begins a generation: with nothing, or with the state it was thrown back to. */
export async function startDocument(
  tx: Tx,
  at: DocumentAt,
  stateV2: Uint8Array | null,
  now = new Date(),
): Promise<void> {
  await tx.schemeState.create({
    data: { ...at, bytes: new Uint8Array(stateV2 ?? []), foldedAt: now },
  });
}
