/** Sealing the trail, batch by batch, behind the work: within the changing transactions it would cost most of their speed. */
import { type Db, Prisma, transact, type Tx } from '../db.ts';
import { headOf, isSame, macOf, noHead, type EntryText, type Mark, writeMarks } from './marks.ts';
import { type KeptHead, readHead, writeHead } from './head-file.ts';

const batchSize = 2_000;
/** Any number, the same everywhere: one sealer at a time. */
const sealerLock = 4_711_010;

export interface SealerSettings {
  db: Db;
  /** `keyFor(masterKey, 'trail')`. */
  key: Buffer;
  dataDir: string;
  now(): Date;
}

/** What was sealed, or why nothing may be: a trail that was tampered with isn't sealed over. */
export type SealOutcome = { sealed: number } | { refused: 'cut_off' | 'forged' | 'head_missing' };

/** Every column of these entries as text, in the order of ids: what their MACs are made from. */
export async function readTexts(tx: Tx | Db, ids: readonly bigint[]): Promise<EntryText[]> {
  const rows = await tx.$queryRaw<{ columns: EntryText }[]>(Prisma.sql`
    SELECT jsonb_build_array(id::text, (extract(epoch FROM at) * 1000)::bigint::text, actor_id::text, actor_kind, action, subject_type,
      subject_id::text, client_id::text, reason, detail::text, encode(personal_sealed, 'hex')) AS columns
    FROM audit_entry WHERE id = ANY (${ids.map(String)}::bigint[]) ORDER BY id`);
  return rows.map(({ columns }) => columns);
}

export interface SealRow {
  id: bigint;
  at: Date;
  marks: Uint8Array;
  previous_head: Uint8Array;
  head: Uint8Array;
}

/** Seals what waits, at most one batch. Safe to call from several workers at once; a second one finds nothing to do. */
export async function sealBatch({ db, key, dataDir, now }: SealerSettings): Promise<SealOutcome> {
  const made = await transact<{ outcome: SealOutcome; head: KeptHead | null }>(db, async (tx) => {
    const nothing = { outcome: { sealed: 0 }, head: null };
    const [lock] = await tx.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${sealerLock}) AS mine`;
    if (!lock?.mine) return nothing;
    const waiting = await tx.$queryRaw<{ entry_id: bigint }[]>`
      SELECT entry_id FROM audit_unsealed ORDER BY entry_id LIMIT ${batchSize}`;
    if (waiting.length === 0) return nothing;
    const [last] = await tx.$queryRaw<SealRow[]>`
      SELECT id, at, marks, previous_head, head FROM audit_seal ORDER BY id DESC LIMIT 1`;
    const kept = await readHead(dataDir, key);
    if (last && !kept) return { outcome: { refused: 'head_missing' }, head: null };
    // Before the first seal its beginning is kept: a crash in between leaves a head that the seal follows.
    if (!kept) await writeHead(dataDir, key, { sealId: 0n, head: '' });
    if ((last?.id ?? 0n) < (kept?.sealId ?? 0n)) return { outcome: { refused: 'cut_off' }, head: null };
    if (last && !isSame(last.head, headOf(key, sealOf(last))))
      return { outcome: { refused: 'forged' }, head: null };
    const ids = waiting.map(({ entry_id: id }) => id);
    const texts = await readTexts(tx, ids);
    const found = new Map(texts.map((text) => [BigInt(text[0]), text]));
    // One that is gone before its seal is sealed as gone: it is named for ever.
    const marks = writeMarks(
      ids.map(
        (entryId): Mark => ({ entryId, mac: macOf(key, found.get(entryId) ?? [`${entryId} is gone`]) }),
      ),
    );
    const seal = {
      id: (last?.id ?? 0n) + 1n,
      at: now().getTime(),
      marks,
      previousHead: Buffer.from(last?.head ?? noHead),
    };
    const head = headOf(key, seal);
    await tx.auditSeal.create({
      data: { ...seal, at: new Date(seal.at), entryCount: ids.length, head },
    });
    await tx.$executeRaw`DELETE FROM audit_unsealed WHERE entry_id = ANY (${ids.map(String)}::bigint[])`;
    return { outcome: { sealed: ids.length }, head: { sealId: seal.id, head: head.toString('hex') } };
  });
  if (made.head) await writeHead(dataDir, key, made.head);
  return made.outcome;
}

export const sealOf = (row: SealRow) => ({
  id: row.id,
  at: row.at.getTime(),
  marks: row.marks,
  previousHead: row.previous_head,
  head: row.head,
});

/** Seals what waits every so often until stopped. `log` hears when it may not: that is an alarm. */
export function startSealer(
  settings: SealerSettings,
  log: (event: { event: string; reason?: string; error?: string }) => void,
  everyMs = 5_000,
): { stop(): Promise<void> } {
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    for (;;) {
      const outcome = await sealBatch(settings);
      if ('refused' in outcome) return log({ event: 'the trail is not sealed', reason: outcome.refused });
      if (outcome.sealed < batchSize || isStopped) return;
    }
  };
  const timer = setInterval(() => {
    running = running
      .then(round)
      .catch((error: unknown) =>
        log({ event: 'sealing failed', error: error instanceof Error ? error.name : typeof error }),
      );
  }, everyMs);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
