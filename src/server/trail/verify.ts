/** Looking whether the trail is what it was: every tampering by its place, and how much of it no seal covers yet. */
import { type Db, Prisma, type Tx } from '../db.ts';
import { type KeptHead, readHead, writeHead } from './head-file.ts';
import { headOf, isSame, macOf, noHead, readMarks } from './marks.ts';
import { readTexts, type SealRow, sealOf } from './seal.ts';

export type Finding =
  /** An entry differs from what was sealed. */
  | { kind: 'edited'; entryId: bigint }
  | { kind: 'deleted'; entryId: bigint }
  /** An entry that was neither sealed nor waits for it: written past the queue. */
  | { kind: 'slipped_in'; entryId: bigint }
  | { kind: 'seal_missing'; sealId: bigint }
  /** A seal that wasn't made with the installation's key, or follows another than the one before it. */
  | { kind: 'seal_forged'; sealId: bigint }
  /** Fewer seals than were once made: the end is gone from here on. */
  | { kind: 'cut_off'; sealId: bigint }
  /** Seals stand, and the latest head isn't kept (any more): whether the end is gone can't be told. */
  | { kind: 'head_missing' };

export interface Verdict {
  findings: Finding[];
  sealCount: number;
  sealedCount: number;
  /** Entries that no seal covers yet, and since when the oldest waits. */
  unsealed: { count: number; oldestAt: Date | null };
}

const sealsAtOnce = 20;

/** Reads the whole trail once. Promises a finding for every entry or seal that was changed, removed or added behind the seal. */
export async function verifyTrail(db: Db | Tx, key: Buffer, dataDir: string): Promise<Verdict> {
  const kept = await readHead(dataDir, key);
  const findings: Finding[] = [];
  let expected = 1n;
  let previousHead: Uint8Array = noHead;
  let sealedCount = 0;
  let lastSeal: SealRow | undefined;
  for (;;) {
    const seals = await db.$queryRaw<SealRow[]>(Prisma.sql`
      SELECT id, at, marks, previous_head, head FROM audit_seal WHERE id >= ${expected} ORDER BY id LIMIT ${sealsAtOnce}`);
    if (seals.length === 0) break;
    for (const row of seals) {
      for (; expected < row.id; expected++) findings.push({ kind: 'seal_missing', sealId: expected });
      const follows =
        isSame(row.previous_head, previousHead) || findings.some(({ kind }) => kind === 'seal_missing');
      if (!follows || !isSame(row.head, headOf(key, sealOf(row))))
        findings.push({ kind: 'seal_forged', sealId: row.id });
      findings.push(...(await verifyEntries(db, key, row)));
      sealedCount += readMarks(row.marks).length;
      previousHead = row.head;
      expected = row.id + 1n;
      lastSeal = row;
    }
  }
  findings.push(...endOf(kept, lastSeal), ...(await slippedIn(db)), ...(await goneUnsealed(db)));
  const [tail] = await db.$queryRaw<{ count: number; oldest: Date | null }[]>`
    SELECT count(*)::int AS count, min(e.at) AS oldest FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id`;
  return {
    findings,
    sealCount: Number(lastSeal?.id ?? 0n),
    sealedCount,
    unsealed: { count: tail?.count ?? 0, oldestAt: tail?.oldest ?? null },
  };
}

async function verifyEntries(db: Db | Tx, key: Buffer, seal: SealRow): Promise<Finding[]> {
  const marks = readMarks(seal.marks);
  const texts = await readTexts(
    db,
    marks.map(({ entryId }) => entryId),
  );
  const found = new Map(texts.map((text) => [BigInt(text[0]), text]));
  return marks.flatMap(({ entryId, mac }): Finding[] => {
    const text = found.get(entryId);
    if (!text) return [{ kind: 'deleted', entryId }];
    return isSame(mac, macOf(key, text)) ? [] : [{ kind: 'edited', entryId }];
  });
}

function endOf(kept: KeptHead | null, last: SealRow | undefined): Finding[] {
  if (!kept) return last ? [{ kind: 'head_missing' }] : [];
  const lastId = last?.id ?? 0n;
  if (lastId < kept.sealId) return [{ kind: 'cut_off', sealId: lastId + 1n }];
  const isKept = lastId > kept.sealId || Buffer.from(last?.head ?? noHead).toString('hex') === kept.head;
  return isKept ? [] : [{ kind: 'seal_forged', sealId: lastId }];
}

/** Entries that wait for their seal and aren't there. */
async function goneUnsealed(db: Db | Tx): Promise<Finding[]> {
  const rows = await db.$queryRaw<{ entry_id: bigint }[]>`
    SELECT u.entry_id FROM audit_unsealed u WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.id = u.entry_id)
    ORDER BY u.entry_id LIMIT 1000`;
  return rows.map(({ entry_id: entryId }) => ({ kind: 'deleted', entryId }));
}

/** Entries beyond every seal's reach: each sealed id is in the marks, each waiting one in the queue. */
async function slippedIn(db: Db | Tx): Promise<Finding[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT e.id FROM audit_entry e
    WHERE NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.entry_id = e.id)
      AND NOT EXISTS (SELECT FROM sealed_entry s WHERE s.entry_id = e.id)
    ORDER BY e.id LIMIT 1000`;
  return rows.map(({ id }) => ({ kind: 'slipped_in', entryId: id }));
}

/**
 * Keeps the head of the last seal that stands, for a trail whose head was lost (a moved installation): from here on an end that is cut
 * off is seen again. What was cut off before isn't. False where there is nothing to keep.
 */
export async function keepStandingHead(db: Db | Tx, key: Buffer, dataDir: string): Promise<boolean> {
  const [last] = await db.$queryRaw<SealRow[]>`
    SELECT id, at, marks, previous_head, head FROM audit_seal ORDER BY id DESC LIMIT 1`;
  if (!last || !isSame(last.head, headOf(key, sealOf(last)))) return false;
  await writeHead(dataDir, key, { sealId: last.id, head: Buffer.from(last.head).toString('hex') });
  return true;
}
