/** Reading the trail: filters, pages, and taking out what is filtered. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { type Actor, rights } from '../../src/domain/access/actor.ts';
import { kindOf, kindPatterns, trailFilter, trailKinds, trailListInput } from '../../src/domain/trail.ts';
import { actingAs, transact } from '../../src/server/db.ts';
import { exportTrail } from '../../src/server/trail/export.ts';
import { forReason } from '../../src/server/trail/note.ts';
import { listTrail, type TrailPage } from '../../src/server/trail/queries.ts';
import { seeded } from '../security/hostile.ts';
import { by } from '../support/by.ts';
import { refusalOf, staffWith, staffWithout, valueOf } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, makeHouse } from '../support/house.ts';
import { type Bench, makeCard, makeRoles, openBench } from '../support/people.ts';

const database = fileDatabase();
let bench: Bench;

const administrator = staffWith(rights);

const asOwner = (statement: string) => withClient(database().ownerUrl, (owner) => owner.query(statement));
const list = async (part: object, actor: Actor = administrator): Promise<TrailPage> =>
  valueOf(await by(listTrail, bench.deps, actor, trailListInput.parse(part)));

/** Every page of a question, one after the other. */
async function whole(part: object, actor: Actor = administrator): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: TrailPage = await list({ ...part, cursor }, actor);
    ids.push(...page.entries.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

interface Written {
  id: string;
  at: Date;
  actorId: string | null;
  actorKind: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  clientId: string | null;
}

/** Entries as they came to be over a year, written by the owner: each with its own time, actor and subject. */
async function writeEntries(
  rows: readonly (Partial<Omit<Written, 'id' | 'at'>> & { at: string })[],
): Promise<void> {
  await withClient(database().ownerUrl, async (owner) => {
    await owner.query('SET session_replication_role = replica');
    for (const row of rows)
      await owner.query(
        // As replication writes: past the stamp that names nobody, and no other time, where nobody speaks.
        `INSERT INTO audit_entry (at, actor_id, actor_kind, action, subject_type, subject_id, client_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          row.at,
          row.actorId ?? null,
          row.actorKind ?? 'staff',
          row.action ?? 'client.update',
          row.subjectType ?? 'client',
          row.subjectId ?? null,
          row.clientId ?? null,
        ],
      );
  });
}

const everything = (): Promise<Written[]> =>
  bench.db.auditEntry
    .findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }] })
    .then((rows) => rows.map((row) => ({ ...row, id: String(row.id) })));

beforeAll(async () => {
  bench = await openBench(database());
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  await asOwner('TRUNCATE audit_entry, audit_unsealed, audit_seal');
});

describe('the list', () => {
  it('is for whoever reads the trail', async () => {
    for (const actor of [
      staffWithout('audit.view'),
      staffWith([]),
      { kind: 'nobody', holderKey: null } as Actor,
    ])
      expect(refusalOf(await by(listTrail, bench.deps, actor, trailListInput.parse({})))).toEqual({
        code: 'forbidden',
      });
  });

  it('comes newest first, page by page, nothing twice and nothing left out, also within one moment', async () => {
    const moments = ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', '2026-02-01T10:00:00Z'];
    await writeEntries(Array.from({ length: 47 }, (_, index) => ({ at: moments[index % 3] ?? '' })));
    const expected = (await everything()).map(({ id }) => id);
    for (const limit of [1, 7, 46, 47, 50]) expect(await whole({ limit })).toEqual(expected);
  });

  it('lets through what is asked for, each filter alone and all together', async () => {
    const random = seeded(7);
    const actors = [randomUUID(), randomUUID(), null];
    const subjects = ['client', 'appointment', 'service'];
    const records = [randomUUID(), randomUUID()];
    const clients = [randomUUID(), null];
    const actions = [
      'client.read',
      'client.update',
      'account.sign_in_refused',
      'trail.export',
      'session.end',
    ];
    await writeEntries(
      Array.from({ length: 150 }, () => ({
        at: new Date(Date.UTC(2026, 2, 1 + random.whole(9), random.whole(24))).toISOString(),
        actorId: random.pick(actors),
        actorKind: random.pick(['staff', 'client', 'system']),
        action: random.pick(actions),
        subjectType: random.pick(subjects),
        subjectId: random.pick(records),
        clientId: random.pick(clients),
      })),
    );
    const rows = await everything();
    const fits = (row: Written, asked: ReturnType<typeof trailFilter.parse>): boolean =>
      (asked.fromDate === null || row.at >= new Date(`${asked.fromDate}T00:00:00+01:00`)) &&
      (asked.toDate === null ||
        row.at.getTime() < new Date(`${asked.toDate}T00:00:00+01:00`).getTime() + 86_400_000) &&
      (asked.actorId === null || row.actorId === asked.actorId) &&
      (asked.actorKind === null || row.actorKind === asked.actorKind) &&
      (asked.kind === null || kindOf(row.action) === asked.kind) &&
      (asked.subjectType === null || row.subjectType === asked.subjectType) &&
      (asked.recordId === null || row.subjectId === asked.recordId) &&
      (asked.clientId === null || row.clientId === asked.clientId);
    let found = 0;
    for (let round = 0; round < 60; round++) {
      const some = <T>(value: T | null): T | null => (random.whole(3) === 0 ? value : null);
      const asked = trailFilter.parse({
        fromDate: some('2026-03-03'),
        toDate: some('2026-03-06'),
        actorId: some(random.pick(actors)),
        actorKind: some(random.pick(['staff', 'client', 'nobody'])),
        kind: some(random.pick(trailKinds)),
        subjectType: some(random.pick(subjects)),
        recordId: some(random.pick(records)),
        clientId: some(random.pick(clients)),
      });
      const expected = rows.filter((row) => fits(row, asked)).map(({ id }) => id);
      found += expected.length;
      const got = await whole({ ...asked, limit: 40 });
      // Of one record or client in the order of writing, else in that of time: the same entries.
      expect([...got].sort()).toEqual([...expected].sort());
      expect(new Set(got).size).toBe(got.length);
    }
    expect(found).toBeGreaterThan(300);
  });

  it('a day is the clinic’s own: from midnight to midnight in Berlin, also when the clocks change', async () => {
    const at = [
      '2026-03-28T22:59:59Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T21:59:59Z',
      '2026-03-29T22:00:00Z',
    ];
    await writeEntries(at.map((each) => ({ at: each })));
    const { entries } = await list({ fromDate: '2026-03-29', toDate: '2026-03-29' });
    expect(entries.map((entry) => entry.at.toISOString())).toEqual([
      '2026-03-29T21:59:59.000Z',
      '2026-03-28T23:00:00.000Z',
    ]);
  });

  it('each kind is the same in the database as here', async () => {
    const actions = [
      ...kindPatterns.flatMap(([, likes]) =>
        likes.flatMap((like) => [
          like.replaceAll('%', 'x').replaceAll('_', 'y'),
          like.replaceAll('%', ''),
          `a${like.replaceAll('%', '.b')}`,
        ]),
      ),
      'client.insert',
      'client.read',
      'account.sign_in',
      'account.sign_in_refused',
      'account.pin_refused',
      'account.prove_failed',
      'client.merge_by_proof',
      'session.end',
      'block.release',
      'trail.export',
      'trail.reveal',
      'account.update',
      'somethingread',
      'clientxread',
    ];
    await writeEntries(actions.map((action) => ({ at: '2026-03-01T10:00:00Z', action })));
    for (const kind of trailKinds) {
      const { entries } = await list({ kind, limit: 200 });
      expect(entries.map(({ action }) => action).sort(), kind).toEqual(
        actions.filter((action) => kindOf(action) === kind).sort(),
      );
    }
    expect(kindOf('account.sign_in')).toBe('access');
    expect(kindOf('account.pin_refused')).toBe('refusal');
    expect(kindOf('client.merge_by_proof')).toBe('change');
  });

  it('looks at so much at once and no more: says how far back that was, and goes on from there', async () => {
    const rare = randomUUID();
    await writeEntries([{ at: '2026-01-01T00:00:00Z', actorId: rare }]);
    await asOwner(`SET session_replication_role = replica;
      INSERT INTO audit_entry (at, actor_kind, action, subject_type)
      SELECT timestamptz '2026-02-01' + n * interval '1 second', 'staff', 'client.update', 'client' FROM generate_series(1, 100100) n`);
    const first = await list({ actorId: rare });
    expect(first.entries).toEqual([]);
    expect(first.searchedBackTo).toEqual(new Date(Date.UTC(2026, 1, 1) + 101_000));
    const second = await list({ actorId: rare, cursor: first.nextCursor });
    expect(second.entries.map(({ actorId }) => actorId)).toEqual([rare]);
    expect([second.nextCursor, second.searchedBackTo]).toEqual([null, null]);
  });
});

describe('taking it out', () => {
  it('gives what is filtered, in the order of the list, without personal values, and is noted', async () => {
    const clientId = await makeCard(bench.db, { firstName: '=cmd|calc', lastName: '' });
    await transact(actingAs(bench.db, administrator), async (tx) => {
      await forReason(tx, '@SUM(A1)');
      await tx.client.update({ where: { id: clientId }, data: { isInvited: true, phone: '+4930222333' } });
    });
    await writeEntries(
      Array.from({ length: 1_100 }, (_, index) => ({
        at: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
        clientId,
        action: 'client.read',
      })),
    );
    const { fileName, text } = valueOf(
      await by(exportTrail, bench.deps, administrator, trailFilter.parse({ clientId })),
    );
    let file = '';
    for await (const part of text) file += part;
    expect(fileName).toMatch(/^trail-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.startsWith('\ufeffentry,at,actor_kind')).toBe(true);
    const lines = file.trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',')[0])).toEqual(await whole({ clientId, limit: 200 }));
    expect(lines).toHaveLength(1_102);
    expect(file).toContain(`'=cmd|calc`);
    expect(file).toContain(`'@SUM(A1)`);
    expect(file).not.toMatch(/,=|,@|\+4930222333/);
    const [noted] = (await list({ kind: 'export' })).entries;
    expect(noted).toMatchObject({ action: 'trail.export', actorId: administrator.accountId });
    expect(noted?.detail.facts).toEqual([{ field: 'filter', value: JSON.stringify({ clientId }) }]);
  });

  it('is for whoever reads the trail', async () => {
    const refused = await by(exportTrail, bench.deps, staffWithout('audit.view'), trailFilter.parse({}));
    expect(refusalOf(refused)).toEqual({ code: 'forbidden' });
    expect(await bench.db.auditEntry.count({ where: { action: 'trail.export' } })).toBe(0);
  });
});
