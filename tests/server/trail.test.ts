/** The trail: one entry for each change, by whom and why; nothing of it can be changed unnoticed. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { type Actor, rights } from '../../src/domain/access/actor.ts';
import { clientSight } from '../../src/domain/access/client.ts';
import { editClientInput } from '../../src/domain/client.ts';
import { editClient } from '../../src/server/clients/commands.ts';
import { readClient } from '../../src/server/clients/queries.ts';
import { actingAs, Prisma, transact } from '../../src/server/db.ts';
import { keyFor } from '../../src/server/keys.ts';
import { straight } from '../../src/server/sql.ts';
import { forReason } from '../../src/server/trail/note.ts';
import { sealBatch } from '../../src/server/trail/seal.ts';
import { keepStandingHead, verifyTrail } from '../../src/server/trail/verify.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { type Bench, makeAppointment, makeCard, makeRoles, openBench } from '../support/people.ts';

const database = fileDatabase();
const key = keyFor('a secret of this test, thrown away after', 'trail');
let bench: Bench;
let dataDir: string;
const desk: Extract<Actor, { kind: 'staff' }> = {
  kind: 'staff',
  accountId: randomUUID(),
  name: 'Desk',
  roleKeys: ['administrator'],
  rights: new Set(rights),
  specialistId: null,
};

const asOwner = (statement: string) => withClient(database().ownerUrl, (owner) => owner.query(statement));
const entries = (clientId: string) =>
  bench.db.auditEntry.findMany({ where: { clientId }, orderBy: { id: 'asc' } });
const seal = () => sealBatch({ db: bench.db, key, dataDir, now: bench.clock.now });
const verify = () => verifyTrail(bench.db, key, dataDir);
/** The owner, with the trigger taken away: whoever gets so far is still seen. */
const tamper = (statement: string) =>
  asOwner(`SET session_replication_role = replica; ${statement}; RESET session_replication_role`);

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db);
  await makeRoles(bench.db);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-trail-'));
  await asOwner('TRUNCATE audit_entry, audit_unsealed, audit_seal');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('P11 entries', () => {
  it('each change leaves one, with who did it; what is personal is not in clear', async () => {
    const id = await makeCard(bench.db, { firstName: 'Solveig', phone: '+4930222333' });
    const card = await bench.db.client.findUniqueOrThrow({ where: { id } });
    const input = editClientInput.parse({
      clientId: id,
      firstName: 'Solveig',
      lastName: 'Reis',
      email: 'solveig@example.com',
      phone: '+4930222333',
      birthDate: null,
      note: 'afraid of needles',
      sourceId: null,
      isInvited: true,
      updatedAt: card.updatedAt,
    });
    const edited = await by(editClient, bench.deps, desk, input);
    expect(edited.ok).toBe(true);
    const [made, changed, ...others] = await entries(id);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ action: 'client.insert', actorKind: 'system', subjectId: id });
    expect(changed).toMatchObject({
      action: 'client.update',
      actorKind: 'staff',
      actorId: desk.accountId,
      detail: {
        is_invited: [false, true],
        personal: expect.arrayContaining(['email', 'note']),
      },
    });
    const whole = JSON.stringify(await entries(id), (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const personal of ['Solveig', 'solveig@', '4930222333', 'needles'])
      expect(whole).not.toContain(personal);
  });

  it('opens what is personal by the client’s key alone, and never again once that is gone', async () => {
    const id = await makeCard(bench.db, { firstName: 'Solveig' });
    const [entry] = await entries(id);
    const open = (actor: Actor) =>
      straight(actingAs(bench.db, actor)).rows<{ personal: Record<string, unknown> }>(
        Prisma.sql`SELECT personal FROM personal_of_entries(${[String(entry?.id)]}::bigint[])`,
      );
    expect(await open(desk)).toMatchObject([{ personal: { first_name: [null, 'Solveig'] } }]);
    expect(await open({ kind: 'nobody', holderKey: null })).toEqual([]);
    const reception: Actor = { ...desk, rights: new Set(['clients.view_all', 'clients.contact']) };
    expect(await open(reception)).toEqual([]);
    await asOwner(`DELETE FROM client_key WHERE client_id = '${id}'`);
    expect(await open(desk)).toEqual([]);
  });

  it('a read of a card is noted, once', async () => {
    const id = await makeCard(bench.db);
    expect(await readClient(actingAs(bench.db, desk), clientSight(desk), id)).not.toBeNull();
    expect((await entries(id)).filter(({ action }) => action === 'client.read')).toMatchObject([
      { actorKind: 'staff', subjectId: id },
    ]);
  });

  it('keeps the reason of what was done for one', async () => {
    const id = await makeCard(bench.db);
    await transact(actingAs(bench.db, desk), async (tx) => {
      await forReason(tx, 'asked on the phone');
      await tx.client.update({ where: { id }, data: { isInvited: true } });
    });
    expect((await entries(id)).at(-1)).toMatchObject({
      action: 'client.update',
      reason: 'asked on the phone',
    });
  });

  it('believes no statement about who it was', async () => {
    const id = await makeCard(bench.db);
    await actingAs(bench.db, desk).auditEntry.create({
      data: {
        actorId: randomUUID(),
        actorKind: 'client',
        action: 'x',
        subjectType: 'client',
        subjectId: id,
        clientId: id,
      },
    });
    expect((await entries(id)).at(-1)).toMatchObject({
      actorKind: 'staff',
      actorId: desk.accountId,
    });
  });

  it('never holds a secret, only that it changed', async () => {
    const role = await bench.db.role.findFirstOrThrow({ where: { key: 'client' } });
    const account = await bench.db.account.create({
      data: {
        id: randomUUID(),
        email: 'secret@example.com',
        name: 'Secret',
        createdAt: new Date(),
        credential: { create: { passwordHash: '$argon2id$first' } },
        roles: { create: { roleId: role.id } },
      },
    });
    await bench.db.credential.update({
      where: { accountId: account.id },
      data: { passwordHash: '$argon2id$second' },
    });
    const found = await bench.db.auditEntry.findMany({ where: { subjectId: account.id } });
    expect(found.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'account.insert',
        'credential.insert',
        'credential.update',
        'account_role.insert',
      ]),
    );
    expect(JSON.stringify(found.map(({ detail }) => detail))).not.toMatch(/argon2id|secret@example|"Secret"/);
    expect(found.find(({ action }) => action === 'credential.update')?.detail).toEqual({
      password_hash: 'changed',
    });
  });

  it('what changes nothing leaves nothing, and a hold is nobody’s record yet', async () => {
    const id = await makeCard(bench.db);
    const before = await bench.db.auditEntry.count();
    await bench.db.client.update({ where: { id }, data: { firstName: 'Ana' } });
    expect(await bench.db.auditEntry.count()).toBe(before);
    await makeAppointment(bench.db, { clientId: id });
    expect(await bench.db.auditEntry.count()).toBe(before + 1);
  });
});

describe('P11 the seal', () => {
  const aFewEntries = async (): Promise<bigint[]> => {
    for (let n = 0; n < 3; n++) await makeCard(bench.db);
    expect(await seal()).toMatchObject({ sealed: 3 });
    for (let n = 0; n < 2; n++) await makeCard(bench.db);
    expect(await seal()).toMatchObject({ sealed: 2 });
    await makeCard(bench.db);
    expect(await seal()).toMatchObject({ sealed: 1 });
    return (await bench.db.auditEntry.findMany({ orderBy: { id: 'asc' }, select: { id: true } })).map(
      ({ id }) => id,
    );
  };

  it('covers everything, says what waits, and is whole', async () => {
    await aFewEntries();
    await makeCard(bench.db);
    expect(await verify()).toMatchObject({
      findings: [],
      sealCount: 3,
      sealedCount: 6,
      unsealed: { count: 1 },
    });
    expect(await seal()).toEqual({ sealed: 1 });
    expect(await seal()).toEqual({ sealed: 0 });
    expect((await verify()).unsealed).toEqual({ count: 0, oldestAt: null });
  });

  it('two sealers at once seal everything once', async () => {
    for (let n = 0; n < 20; n++) await makeCard(bench.db);
    const outcomes = await Promise.all(Array.from({ length: 6 }, seal));
    expect(outcomes.reduce((sum, outcome) => sum + ('sealed' in outcome ? outcome.sealed : 0), 0)).toBe(20);
    expect(await verify()).toMatchObject({ findings: [], sealedCount: 20 });
  });

  it('refuses even the owner, as long as the triggers stand', async () => {
    await aFewEntries();
    await expect(asOwner(`UPDATE audit_entry SET action = 'x'`)).rejects.toMatchObject({ code: '42501' });
    await expect(asOwner('DELETE FROM audit_entry')).rejects.toMatchObject({ code: '42501' });
    await expect(asOwner('DELETE FROM audit_seal')).rejects.toMatchObject({ code: '42501' });
  });

  const columns: [string, string][] = [
    ['at', `at + interval '1 second'`],
    ['actor_id', `'${randomUUID()}'`],
    ['actor_kind', `'client'`],
    ['action', `'client.read'`],
    ['subject_type', `'account'`],
    ['subject_id', `'${randomUUID()}'`],
    ['client_id', 'NULL'],
    ['reason', `'because'`],
    ['detail', `'{"status": ["lead", "lost"]}'`],
    ['personal_sealed', `'\\x00'`],
  ];
  it.each(columns)('names an entry whose %s was changed', async (column, value) => {
    const ids = await aFewEntries();
    await tamper(`UPDATE audit_entry SET ${column} = ${value} WHERE id = ${ids[3]}`);
    expect((await verify()).findings).toEqual([{ kind: 'edited', entryId: ids[3] }]);
  });

  it('names what was removed, slipped in, cut off or sealed by another', async () => {
    const ids = await aFewEntries();
    await tamper(`DELETE FROM audit_entry WHERE id = ${ids[1]}`);
    expect((await verify()).findings).toEqual([{ kind: 'deleted', entryId: ids[1] }]);
    await tamper(
      `INSERT INTO audit_entry (id, actor_kind, action, subject_type) VALUES (1000001, 'system', 'invented', 'client')`,
    );
    expect((await verify()).findings).toContainEqual({ kind: 'slipped_in', entryId: 1_000_001n });
    await tamper('DELETE FROM audit_seal WHERE id = 2');
    expect((await verify()).findings).toContainEqual({ kind: 'seal_missing', sealId: 2n });
    await tamper(`UPDATE audit_seal SET head = '\\x${'00'.repeat(32)}' WHERE id = 1`);
    expect((await verify()).findings).toContainEqual({ kind: 'seal_forged', sealId: 1n });
  });

  it('names the end that was cut off with its seals, and seals nothing over it', async () => {
    await aFewEntries();
    await tamper(
      'DELETE FROM audit_seal WHERE id = 3; DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)',
    );
    expect((await verify()).findings).toEqual([{ kind: 'cut_off', sealId: 3n }]);
    await makeCard(bench.db);
    expect(await seal()).toEqual({ refused: 'cut_off' });
  });

  it('a plain recomputing of the chain without the key is seen', async () => {
    await aFewEntries();
    const other = keyFor('somebody else’s secret of thirty-two', 'trail');
    expect((await verifyTrail(bench.db, other, dataDir)).findings.length).toBeGreaterThan(0);
  });

  it('a crash between the seal and its head’s file is no tampering', async () => {
    await aFewEntries();
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'dermis-trail-'));
    cpSync(dataDir, elsewhere, { recursive: true });
    await makeCard(bench.db);
    await sealBatch({ db: bench.db, key, dataDir: elsewhere, now: bench.clock.now });
    rmSync(elsewhere, { recursive: true });
    expect((await verify()).findings).toEqual([]);
    await makeCard(bench.db);
    expect(await seal()).toEqual({ sealed: 1 });
    expect((await verify()).findings).toEqual([]);
  });

  it('a head that is lost, or an older one in its place, is said; kept anew by hand alone', async () => {
    await aFewEntries();
    const headFile = path.join(dataDir, 'trail-head.json');
    const cutOff = async () => {
      const [last] = await bench.db.auditSeal.findMany({ orderBy: { id: 'desc' }, take: 1 });
      await tamper(
        `DELETE FROM audit_seal WHERE id = ${last?.id}; DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)`,
      );
    };
    await cutOff();
    rmSync(headFile);
    expect((await verify()).findings).toEqual([{ kind: 'head_missing' }]);
    const [standing] = await bench.db.auditSeal.findMany({ orderBy: { id: 'desc' }, take: 1 });
    const head = Buffer.from(standing?.head ?? []).toString('hex');
    const forged = { sealId: String(standing?.id), head, mac: 'ab'.repeat(32) };
    for (const written of [{ sealId: forged.sealId, head }, forged]) {
      writeFileSync(headFile, JSON.stringify(written));
      expect((await verify()).findings).toEqual([{ kind: 'head_missing' }]);
    }
    await makeCard(bench.db);
    expect(await seal()).toEqual({ refused: 'head_missing' });
    expect(await keepStandingHead(bench.db, key, dataDir)).toBe(true);
    expect(await seal()).toEqual({ sealed: 1 });
    expect((await verify()).findings).toEqual([]);
    await cutOff();
    expect((await verify()).findings).toMatchObject([{ kind: 'cut_off' }]);
  });

  it('an entry that is gone before its seal is named, before and after', async () => {
    await aFewEntries();
    await makeCard(bench.db);
    const [gone] = await bench.db.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    await tamper(`DELETE FROM audit_entry WHERE id = ${gone?.id}`);
    const named = [{ kind: 'deleted', entryId: gone?.id }];
    expect((await verify()).findings).toEqual(named);
    await makeCard(bench.db);
    await seal();
    expect((await verify()).findings).toEqual(named);
  });

  it('whoever writes by hand is nobody, and at no other time', async () => {
    await asOwner(
      `INSERT INTO audit_entry (at, actor_id, actor_kind, action, subject_type) VALUES ('2020-01-01', '${randomUUID()}', 'staff', 'client.read', 'client')`,
    );
    const [written] = await bench.db.auditEntry.findMany();
    expect(written).toMatchObject({ actorId: null, actorKind: 'system' });
    expect(Date.now() - (written?.at.getTime() ?? 0)).toBeLessThan(60_000);
  });
});
