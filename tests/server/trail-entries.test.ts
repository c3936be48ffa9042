/** What the trail tells and to whom: names, values, personal ones on demand, the history of a card, the seal. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { type Actor, rights } from '../../src/domain/access/actor.ts';
import { cardTrailInput, readDetail, trailListInput } from '../../src/domain/trail.ts';
import { actingAs, transact } from '../../src/server/db.ts';
import { keyFor } from '../../src/server/keys.ts';
import { forReason, noteEntry } from '../../src/server/trail/note.ts';
import { cardTrail, listTrail, type TrailPage, trailPeople } from '../../src/server/trail/queries.ts';
import { sealBatch } from '../../src/server/trail/seal.ts';
import { readSealState, revealPersonal } from '../../src/server/trail/state.ts';
import { by } from '../support/by.ts';
import { refusalOf, staffWith, staffWithout, valueOf } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import {
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  openBench,
} from '../support/people.ts';

const database = fileDatabase();
let bench: Bench;

const administrator = staffWith(rights);

const asOwner = (statement: string) => withClient(database().ownerUrl, (owner) => owner.query(statement));
const list = async (part: object, actor: Actor = administrator): Promise<TrailPage> =>
  valueOf(await by(listTrail, bench.deps, actor, trailListInput.parse(part)));
const card = (clientId: string, actor: Actor, part: object = {}) =>
  by(cardTrail, bench.deps, actor, cardTrailInput.parse({ clientId, ...part }));

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

describe('what an entry tells', () => {
  it('names of people and records, values before and after, and never a secret', async () => {
    const accountId = await makeAccount(bench.db, {
      email: 'ada@example.com',
      role: 'administrator',
      name: 'Ada',
    });
    const actor = staffWith(rights, { accountId });
    await transact(actingAs(bench.db, actor), async (tx) => {
      await forReason(tx, 'new list');
      await tx.service.update({ where: { id: house.facial }, data: { priceMinor: 9900, isActive: false } });
    });
    const [entry] = (await list({ recordId: house.facial })).entries;
    expect(entry).toMatchObject({
      actorKind: 'staff',
      actorName: 'Ada',
      action: 'service.update',
      kind: 'change',
      subjectType: 'service',
      subjectName: 'Facial',
      reason: 'new list',
      hasPersonal: false,
    });
    expect(entry?.detail.changes).toEqual(
      expect.arrayContaining([
        { field: 'is_active', before: true, after: false },
        { field: 'price_minor', before: 9000, after: 9900 },
      ]),
    );
    const { entries } = await list({ subjectType: 'account' });
    expect(entries.map(({ subjectName }) => subjectName)).toEqual(['Ada']);
  });

  it('a record’s history has its parts: techniques and needs of a service, hours of a person', async () => {
    const scheduleId = randomUUID();
    await bench.db.technique.update({
      where: { id: house.technique.massage },
      data: { name: 'Slow massage' },
    });
    await bench.db.schedule.create({
      data: { id: scheduleId, resourceId: house.anna, locationId: house.berlin },
    });
    await bench.db.weeklyInterval.create({
      data: { id: randomUUID(), scheduleId, weekday: 1, startMinute: 540, endMinute: 600 },
    });
    const ofService = await list({ recordId: house.facial });
    expect(ofService.entries.map(({ action, subjectName }) => [action, subjectName])).toEqual([
      ['technique.update', 'Slow massage'],
    ]);
    const ofAnna = await list({ recordId: house.anna });
    expect(ofAnna.entries.map(({ action, subjectName }) => [action, subjectName])).toEqual([
      ['weekly_interval.insert', 'Anna Weiss'],
      ['schedule.insert', 'Anna Weiss'],
    ]);
    expect((await list({ recordId: house.boris })).entries).toEqual([]);
  });

  it('prices of visits only with the right to money, clients’ names only within sight', async () => {
    const clientId = await makeCard(bench.db, { firstName: 'Solveig', lastName: '' });
    await makeAppointment(bench.db, { clientId });
    const fieldsFor = async (actor: Actor) => {
      const [entry] = (await list({ subjectType: 'appointment' }, actor)).entries;
      return { entry, fields: entry?.detail.changes.map(({ field }) => field) ?? [] };
    };
    const seen = await fieldsFor(administrator);
    expect(seen.fields).toContain('price_minor');
    expect(seen.entry).toMatchObject({ clientId, clientName: 'Solveig' });
    expect((await fieldsFor(staffWithout('money.view'))).fields).not.toContain('price_minor');
    expect((await fieldsFor(staffWithout('clients.view_all'))).entry).toMatchObject({ clientName: null });
  });

  it('whom the trail can be filtered by', async () => {
    await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator', name: 'Ada' });
    await makeAccount(bench.db, { email: 'ana@example.com', role: 'client', name: 'Ana' });
    const found = valueOf(await by(trailPeople, bench.deps, staffWith(['audit.view'])));
    expect(found.map(({ name }) => name)).toEqual(['Ada']);
    expect(refusalOf(await by(trailPeople, bench.deps, staffWithout('audit.view')))).toEqual({
      code: 'forbidden',
    });
  });

  it('reads what stands in an entry, whoever wrote it', () => {
    expect(
      readDetail({
        name: ['a', 'b'],
        rights: [['x'], ['x', 'y']],
        note: [null, 'n'],
        breaks: [[], [{ startMinute: 1, endMinute: 2 }]],
        password_hash: 'changed',
        personal: ['email', 'phone'],
        fields: ['a', 'b'],
        roleIds: ['r', 's'],
        count: 3,
      }),
    ).toEqual({
      changes: [
        { field: 'name', before: 'a', after: 'b' },
        { field: 'rights', before: ['x'], after: ['x', 'y'] },
        { field: 'note', before: null, after: 'n' },
        { field: 'breaks', before: [], after: '[{"startMinute":1,"endMinute":2}]' },
      ],
      facts: [
        { field: 'fields', value: ['a', 'b'] },
        { field: 'roleIds', value: ['r', 's'] },
        { field: 'count', value: 3 },
      ],
      secrets: ['password_hash'],
      personal: ['email', 'phone'],
    });
    for (const odd of [null, undefined, 'text', 5, []])
      expect(readDetail(odd)).toEqual({ changes: [], facts: [], secrets: [], personal: [] });
  });
});

describe('personal values', () => {
  const made = async () => {
    const clientId = await makeCard(bench.db, { firstName: 'Solveig', phone: '+4930222333' });
    await bench.db.client.update({ where: { id: clientId }, data: { note: 'afraid of needles' } });
    const { entries } = await list({ clientId });
    return { clientId, entries };
  };
  const reveal = (entryId: string, actor: Actor = administrator) =>
    by(revealPersonal, bench.deps, actor, { entryId: Number(entryId) });

  it('are opened on demand, one entry at a time, and that is noted', async () => {
    const { clientId, entries } = await made();
    const [noted, inserted] = entries;
    expect(JSON.stringify(entries)).not.toMatch(/Solveig"|222333|needles/);
    expect(inserted).toMatchObject({ hasPersonal: true });
    expect(inserted?.detail.personal).toEqual(expect.arrayContaining(['first_name', 'phone']));
    const opened = valueOf(await reveal(inserted?.id ?? ''));
    expect(opened).toMatchObject({ erased: false, withheld: [] });
    expect(opened.changes).toContainEqual({ field: 'phone', before: null, after: '+4930222333' });
    const [looked] = (await list({ kind: 'read' })).entries;
    expect(looked).toMatchObject({ action: 'trail.reveal', clientId, actorId: administrator.accountId });
    expect(looked?.detail.facts).toEqual([{ field: 'entryId', value: Number(inserted?.id) }]);
    expect(valueOf(await reveal(noted?.id ?? '')).changes).toEqual([
      { field: 'note', before: null, after: 'afraid of needles' },
    ]);
    expect(valueOf(await reveal(noted?.id ?? '', staffWithout('notes.view_all')))).toEqual({
      erased: false,
      changes: [],
      withheld: ['note'],
    });
  });

  it('only to whoever may read them on every card', async () => {
    const { entries } = await made();
    const before = await bench.db.auditEntry.count();
    for (const missing of ['audit.view', 'clients.view_all', 'clients.contact'] as const)
      expect(refusalOf(await reveal(entries[1]?.id ?? '', staffWithout(missing)))).toEqual({
        code: 'forbidden',
      });
    expect(await bench.db.auditEntry.count()).toBe(before);
    expect(refusalOf(await reveal('999999999'))).toEqual({ code: 'not_found', noun: 'entry' });
  });

  it('that were erased are said to be', async () => {
    const { clientId, entries } = await made();
    await asOwner(`DELETE FROM client_key WHERE client_id = '${clientId}'`);
    expect(valueOf(await reveal(entries[1]?.id ?? ''))).toEqual({ erased: true, changes: [], withheld: [] });
  });
});

describe('the history of a card', () => {
  it('is seen by whoever sees the card: its changes, not who read it nor how its client signs in', async () => {
    const anna = staffWith([], { specialistId: house.anna });
    const accountId = await makeAccount(bench.db, { email: 'ana@example.com', role: 'client' });
    const clientId = await makeCard(bench.db, { accountId });
    await makeAppointment(bench.db, { clientId });
    const colleague = staffWith(rights);
    await transact(actingAs(bench.db, colleague), async (tx) => {
      await noteEntry(tx, { action: 'client.read', subjectType: 'client', subjectId: clientId, clientId });
      await noteEntry(tx, {
        action: 'account.sign_in',
        subjectType: 'account',
        subjectId: accountId,
        clientId,
      });
      await forReason(tx, 'said on the phone that she moved');
      await tx.client.update({ where: { id: clientId }, data: { isInvited: true } });
    });
    await transact(actingAs(bench.db, anna), async (tx) => {
      await forReason(tx, 'my own words');
      await tx.appointment.updateMany({ where: { clientId }, data: { status: 'confirmed' } });
    });
    const { entries } = valueOf(await card(clientId, anna));
    expect(entries.map(({ action, reason }) => [action, reason])).toEqual([
      ['appointment.update', 'my own words'],
      ['client.update', null],
      ['appointment.insert', null],
      ['client.insert', null],
    ]);
    expect(JSON.stringify(entries)).not.toContain('price_minor');
    const whole = valueOf(await card(clientId, administrator)).entries;
    expect(whole.map(({ action }) => action)).toEqual([
      'appointment.update',
      'client.update',
      'account.sign_in',
      'client.read',
      'appointment.insert',
      'client.insert',
    ]);
    expect(whole[1]?.reason).toBe('said on the phone that she moved');
  });

  it('comes page by page, and of foreign cards not at all', async () => {
    const clientId = await makeCard(bench.db);
    await makeAppointment(bench.db, { clientId });
    await makeAppointment(bench.db, { clientId, startsAt: '2026-06-05T12:30:00Z' });
    const anna = staffWith([], { specialistId: house.anna });
    const boris = staffWith([], { specialistId: house.boris });
    const first = valueOf(await card(clientId, anna, { limit: 2 }));
    const second = valueOf(await card(clientId, anna, { limit: 2, cursor: first.nextCursor }));
    expect([...first.entries, ...second.entries].map(({ action }) => action)).toEqual([
      'appointment.insert',
      'appointment.insert',
      'client.insert',
    ]);
    expect(second.nextCursor).toBeNull();
    expect(refusalOf(await card(clientId, boris))).toEqual({ code: 'not_found', noun: 'client' });
    // Behind the query layer's back as well: not a single entry of it.
    expect(await actingAs(bench.db, boris).auditEntry.count({ where: { clientId } })).toBe(0);
  });
});

describe('the seal', () => {
  it('is told with how long what isn’t sealed has been waiting', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-trail-'));
    try {
      const state = async (actor: Actor = administrator) =>
        valueOf(await by(readSealState, bench.deps, actor));
      expect(await state()).toEqual({
        lastSealAt: null,
        sealCount: 0,
        unsealed: 0,
        oldestUnsealedAt: null,
      });
      await makeCard(bench.db);
      const { unsealed, oldestUnsealedAt } = await state();
      expect(unsealed).toBe(1);
      expect(oldestUnsealedAt).toEqual((await bench.db.auditEntry.findFirst())?.at);
      const key = keyFor('a secret of this test, thrown away after', 'trail');
      await sealBatch({ db: bench.db, key, dataDir, now: bench.clock.now });
      expect(await state()).toEqual({
        lastSealAt: bench.clock.now(),
        sealCount: 1,
        unsealed: 0,
        oldestUnsealedAt: null,
      });
      expect(refusalOf(await by(readSealState, bench.deps, staffWithout('audit.view')))).toEqual({
        code: 'forbidden',
      });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
