/** P11: whoever owns the database and takes the triggers away is still seen, each time and by the right name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { createDb, Rollback, transact, type Tx } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { keyFor } from '../../src/server/keys.ts';
import { sealBatch } from '../../src/server/trail/seal.ts';
import { type Finding, verifyTrail } from '../../src/server/trail/verify.ts';
import type { Figure } from '../bench/reporter.ts';
import { makeCard } from '../support/people.ts';

const tamperings = 100;
const cards = 120;
const perSeal = 15;

interface Tampering {
  statement: string;
  expected: Finding;
}

const pick = <T>(from: readonly T[], random: () => number): T => {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

/** Numbers that look random and come again with the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const edits = [
  `at = at + interval '7 minutes'`,
  `actor_id = gen_random_uuid()`,
  `actor_kind = 'client'`,
  `action = 'client.read'`,
  `subject_id = gen_random_uuid()`,
  `client_id = gen_random_uuid()`,
  `reason = 'always so'`,
  `detail = detail || '{"status": ["lead", "active"]}'`,
  `detail = NULL`,
  `personal_sealed = personal_sealed || '\\x00'`,
];

function tampering(entryIds: readonly bigint[], sealIds: readonly bigint[], random: () => number): Tampering {
  const entryId = pick(entryIds, random);
  const sealId = pick(sealIds, random);
  const last = sealIds.at(-1) ?? 0n;
  const ways: (() => Tampering)[] = [
    () => ({
      statement: `UPDATE audit_entry SET ${pick(edits, random)} WHERE id = ${entryId}`,
      expected: { kind: 'edited', entryId },
    }),
    () => ({
      statement: `UPDATE audit_entry SET ${pick(edits, random)} WHERE id = ${entryId}`,
      expected: { kind: 'edited', entryId },
    }),
    () => ({
      statement: `DELETE FROM audit_entry WHERE id = ${entryId}`,
      expected: { kind: 'deleted', entryId },
    }),
    () => ({
      statement: `INSERT INTO audit_entry (id, actor_kind, action, subject_type) VALUES (${900_000n + entryId}, 'staff', 'client.read', 'client')`,
      expected: { kind: 'slipped_in', entryId: 900_000n + entryId },
    }),
    () => ({
      statement: `UPDATE audit_seal SET marks = set_byte(marks, 9, (get_byte(marks, 9) + 1) % 256) WHERE id = ${sealId}`,
      expected: { kind: 'seal_forged', sealId },
    }),
    () => ({
      statement: `UPDATE audit_seal SET at = at - interval '1 day' WHERE id = ${sealId}`,
      expected: { kind: 'seal_forged', sealId },
    }),
    () =>
      sealId === last
        ? { statement: `DELETE FROM audit_seal WHERE id = ${sealId}`, expected: { kind: 'cut_off', sealId } }
        : {
            statement: `DELETE FROM audit_seal WHERE id = ${sealId}`,
            expected: { kind: 'seal_missing', sealId },
          },
    () => ({
      statement: `DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM sealed_entry WHERE seal_id >= ${sealId}); DELETE FROM audit_seal WHERE id >= ${sealId}`,
      expected: { kind: 'cut_off', sealId },
    }),
  ];
  return pick(ways, random)();
}

const isSameFinding = (a: Finding, b: Finding): boolean =>
  JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = (finding: Finding) =>
  Object.fromEntries(Object.entries(finding).map(([name, value]) => [name, String(value)]));

const tamperEvident: Figure = {
  name: 'P11.tamperings',
  unit: 'of 100',
  reach: '100 of 100 tamperings by the database’s superuser named',
  async run({ log, progress }) {
    const database = await openScratchDatabase();
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-trail-'));
    const key = keyFor('only for this figure, thrown away after it', 'trail');
    const owner = createDb(database.url, 2);
    try {
      const db = systemDb(owner, 'figures');
      for (let made = 1; made <= cards; made++) {
        await makeCard(db);
        if (made % perSeal === 0) await sealBatch({ db, key, dataDir, now: () => new Date() });
      }
      const whole = await verifyTrail(owner, key, dataDir);
      const entryIds = (await owner.auditEntry.findMany({ select: { id: true } })).map(({ id }) => id);
      const sealIds = (await owner.auditSeal.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(
        ({ id }) => id,
      );
      const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 100_000);
      const random = randomFrom(seed);
      let named = 0;
      for (let index = 0; index < tamperings; index++) {
        const { statement, expected } = tampering(entryIds, sealIds, random);
        const findings = await transact<Finding[]>(owner, async (tx: Tx) => {
          await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
          for (const part of statement.split('; ')) await tx.$executeRawUnsafe(part);
          throw new Rollback((await verifyTrail(tx, key, dataDir)).findings);
        });
        if (findings.some((finding) => isSameFinding(finding, expected))) named++;
        else log(`${statement}: ${JSON.stringify(findings.map(plain))}`);
        progress(index + 1, tamperings);
      }
      return {
        value: named,
        ok: named === tamperings && whole.findings.length === 0 && whole.sealedCount === entryIds.length,
        detail: `seed ${seed}; ${whole.sealedCount} entries under ${whole.sealCount} seals, whole before and after each`,
      };
    } finally {
      await owner.$disconnect();
      rmSync(dataDir, { recursive: true, force: true });
      await database.close();
    }
  },
};

export const figures: Figure[] = [tamperEvident];
