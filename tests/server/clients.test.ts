import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import { clientScope, clientSight } from '../../src/domain/access/client.ts';
import {
  clientListInput,
  clientSearchInput,
  createClientInput,
  editClientInput,
} from '../../src/domain/client.ts';
import {
  addNewTag,
  addTag,
  createClient,
  editClient,
  linkAccount,
  removeTag,
} from '../../src/server/clients/commands.ts';
import { standingCard } from '../../src/server/clients/standing-card.ts';
import { readClient, readHistory, readLinkCandidates, readVisits } from '../../src/server/clients/queries.ts';
import { withClient } from '../../scripts/migrate.ts';
import { messageSight } from '../../src/domain/access/message.ts';
import { readDetail } from '../../src/server/booking/detail.ts';
import { messagesOfClient } from '../../src/server/notifications/queries.ts';
import { listClients, searchClients } from '../../src/server/clients/search.ts';
import { actingAs, transact } from '../../src/server/db.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import {
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  nobody,
  openBench,
  staff,
} from '../support/people.ts';
import { by } from '../support/by.ts';

const database = fileDatabase();
let bench: Bench;
const desk = staff('receptionist');
const anna = staff('specialist', house.anna);
const boris = staff('specialist', house.boris);
const all = clientSight(desk);

/** Cards by how they stand to Anna: shares her access tag, visited her, is Boris's, has an ordinary tag in common, is nobody's. */
const cards = { tagged: '', visited: '', foreign: '', ordinary: '', lapsed: '' };
let accessTag = '';

beforeAll(async () => {
  bench = await openBench(database());
  const { db } = bench;
  await makeHouse(db, { hours: false });
  await makeRoles(db);
  accessTag = randomUUID();
  const ordinaryTag = randomUUID();
  await db.tag.createMany({
    data: [
      { id: accessTag, name: 'Laser course', isAccess: true },
      { id: ordinaryTag, name: 'VIP' },
    ],
  });
  await db.specialistTag.createMany({
    data: [accessTag, ordinaryTag].map((tagId) => ({ tagId, specialistId: house.anna })),
  });
  cards.tagged = await makeCard(db, {
    firstName: 'Tilda',
    lastName: 'Tagged',
    phone: '+493012345678',
    email: 'tilda@example.com',
  });
  cards.visited = await makeCard(db, { firstName: 'Vera', lastName: 'Visited' });
  cards.foreign = await makeCard(db, { firstName: 'Fatima', lastName: 'Foreign' });
  cards.ordinary = await makeCard(db, { firstName: 'Olga', lastName: 'Ordinary' });
  cards.lapsed = await makeCard(db, { firstName: 'Марина', lastName: 'Орлова' });
  await db.clientTag.createMany({
    data: [
      { clientId: cards.tagged, tagId: accessTag },
      { clientId: cards.ordinary, tagId: ordinaryTag },
    ],
  });
  await makeAppointment(db, { clientId: cards.visited });
  await makeAppointment(db, { clientId: cards.foreign, specialistId: house.boris });
  await makeAppointment(db, { clientId: cards.lapsed, status: 'declined' });
});
afterAll(() => bench.stop());

const list = async (actor: Actor, input: Record<string, unknown> = {}) => {
  const sight = {
    scope: clientScope(actor),
    contact: actor.kind === 'staff' && actor.rights.has('clients.contact'),
  };
  return listClients(actingAs(bench.db, actor), sight, clientListInput.parse(input), bench.clock.now());
};
const namesOf = async (actor: Actor, input?: Record<string, unknown>) =>
  (await list(actor, input)).clients.map(({ lastName }) => lastName);
const search = async (actor: Actor, text: string) => {
  const sight = {
    scope: clientScope(actor),
    contact: actor.kind === 'staff' && actor.rights.has('clients.contact'),
  };
  return searchClients(
    actingAs(bench.db, actor),
    sight,
    clientSearchInput.parse({ search: text }),
    bench.clock.now(),
  );
};

describe('ACC-4: who sees which card', () => {
  it('shows the desk all cards, a specialist those who share an access tag or visited, nobody none', async () => {
    expect(await namesOf(desk)).toEqual(
      expect.arrayContaining(['Tagged', 'Visited', 'Foreign', 'Ordinary', 'Орлова']),
    );
    expect((await namesOf(anna)).sort()).toEqual(['Tagged', 'Visited']);
    expect(await namesOf(boris)).toEqual(['Foreign']);
    expect(await namesOf(nobody)).toEqual([]);
    expect(await namesOf(staff('specialist'))).toEqual([]);
  });

  it('holds for every door: the card, its visits, its history, the search', async () => {
    for (const [name, clientId] of Object.entries(cards)) {
      const mayAnna = name === 'tagged' || name === 'visited';
      const scope = clientSight(anna);
      expect((await readClient(bench.db, scope, clientId)) !== null, name).toBe(mayAnna);
      expect((await readVisits(bench.db, scope, clientId, bench.clock.now())) !== null, name).toBe(mayAnna);
      expect((await readHistory(bench.db, scope, clientId)) !== null, name).toBe(mayAnna);
    }
    expect(await search(anna, 'foreign')).toEqual([]);
    expect(await search(boris, 'foreign')).toHaveLength(1);
  });

  it('shows a client their own card and no other', async () => {
    const accountId = await makeAccount(bench.db, { email: 'own@example.com', role: 'client' });
    const own = await makeCard(bench.db, { accountId });
    const scope = clientSight({ kind: 'client', accountId, clientId: own, holderKey: null });
    expect(await readClient(bench.db, scope, own)).toMatchObject({ clientId: own });
    expect(await readClient(bench.db, scope, cards.tagged)).toBeNull();
  });

  it('keeps contacts from those without the right, in the search too', async () => {
    expect(await readClient(bench.db, clientSight(anna), cards.tagged)).toMatchObject({
      contact: null,
    });
    expect((await list(anna)).clients.map(({ phone, email }) => [phone, email])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await search(anna, '12345678')).toEqual([]);
    expect(await search(anna, 'tilda@')).toEqual([]);
    expect(await search(desk, '12345678')).toHaveLength(1);
  });
});

describe('finding a card as one types', () => {
  it.each([
    ['til tag', 'Tagged'],
    ['TAGGED tilda', 'Tagged'],
    ['030 123 456', 'Tagged'],
    ['+49 (30) 1234', 'Tagged'],
    ['0049 30 12345678', 'Tagged'],
    ['tilda@example', 'Tagged'],
    ['мар', 'Орлова'],
    ['ОРЛ', 'Орлова'],
  ])('%s finds %s', async (text, lastName) => {
    expect((await search(desk, text)).map((client) => client.lastName)).toEqual([lastName]);
  });

  it('finds a card by the number on it', async () => {
    const card = await readClient(bench.db, all, cards.visited);
    expect((await search(desk, `#${card?.cardNumber}`)).map(({ clientId }) => clientId)).toContain(
      cards.visited,
    );
  });

  it.each(['%', '_', "' OR 1=1 --", '\\', '🙂', '(((', '#99999999'])(
    '%s is text, not a pattern',
    async (text) => {
      expect(await search(desk, text)).toEqual([]);
    },
  );
});

it('goes through the list page by page, each row once, whatever is added meanwhile', async () => {
  for (let n = 0; n < 7; n++) await makeCard(bench.db, { firstName: 'Same', lastName: 'Name' });
  for (const sort of ['name', 'newest']) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(desk, { limit: 3, cursor, sort });
      seen.push(...page.clients.map(({ clientId }) => clientId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await bench.db.client.count({ where: { mergedIntoId: null } }));
  }
  expect((await list(desk, { cursor: 'nonsense' })).clients.length).toBeGreaterThan(0);
});

it('filters by tag, by coming visits and by account', async () => {
  expect(await namesOf(desk, { tagIds: [accessTag] })).toEqual(['Tagged']);
  expect((await namesOf(desk, { upcoming: 'yes' })).sort()).toEqual(['Foreign', 'Visited']);
  expect(await namesOf(desk, { upcoming: 'no' })).not.toContain('Visited');
  expect((await list(desk, { account: 'linked' })).clients.every(({ hasAccount }) => hasAccount)).toBe(true);
});

const newCard = (fields: Record<string, unknown> = {}) =>
  createClientInput.parse({ firstName: 'Nora', lastName: 'Neu', idempotencyKey: randomUUID(), ...fields });

describe('changing cards', () => {
  it('makes one card of a form sent twice at once', async () => {
    const input = newCard({ phone: '030 555 123', email: ' Nora@Example.com ' });
    const answers = await Promise.all([
      by(createClient, bench.deps, desk, input),
      by(createClient, bench.deps, desk, input),
    ]);
    const again = await by(createClient, bench.deps, desk, input);
    expect(answers[0]).toEqual(again);
    expect(answers[1]).toEqual(again);
    expect(await bench.db.client.findMany({ where: { email: 'nora@example.com' } })).toMatchObject([
      { phone: '030 555 123' },
    ]);
  });

  it('refuses those who may not, and choices that are gone', async () => {
    expect(await by(createClient, bench.deps, anna, newCard())).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await by(createClient, bench.deps, nobody, newCard())).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await by(createClient, bench.deps, desk, newCard({ tagIds: [randomUUID()] }))).toMatchObject({
      refusal: { code: 'invalid_input', issues: [{ path: 'tagIds' }] },
    });
  });

  it('lets one of two editors win and tells the other', async () => {
    const card = await readClient(bench.db, all, cards.foreign);
    const edit = (note: string) =>
      editClientInput.parse({
        clientId: cards.foreign,
        updatedAt: card?.updatedAt,
        firstName: 'Fatima',
        lastName: 'Foreign',
        note,
      });
    const answers = await Promise.all([
      by(editClient, bench.deps, desk, edit('one')),
      by(editClient, bench.deps, desk, edit('two')),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'stale' } });
    const read = await readClient(bench.db, all, cards.foreign);
    expect(
      await by(editClient, bench.deps, desk, { ...edit('three'), updatedAt: read?.updatedAt ?? new Date(0) }),
    ).toMatchObject({ ok: true });
  });

  it('never loses a contact that the editor could not see', async () => {
    const blind: Actor = {
      ...staff('receptionist'),
      rights: new Set(shippedRoles.receptionist.filter((right) => right !== 'clients.contact')),
    };
    const card = await readClient(bench.db, all, cards.tagged);
    const input = editClientInput.parse({
      clientId: cards.tagged,
      updatedAt: card?.updatedAt,
      firstName: 'Tilda',
      lastName: 'Tagged',
    });
    expect(await by(editClient, bench.deps, blind, input)).toMatchObject({ ok: true });
    expect(await readClient(bench.db, all, cards.tagged)).toMatchObject({ contact: card?.contact });
  });

  it('puts marks on and takes them off, each once', async () => {
    const clientId = await makeCard(bench.db);
    await Promise.all([1, 2].map(() => by(addTag, bench.deps, desk, { clientId, tagId: accessTag })));
    const made = await Promise.all(
      [1, 2].map(() => by(addNewTag, bench.deps, desk, { clientId, name: 'Freckles' })),
    );
    expect(made[0]).toEqual(made[1]);
    expect(
      (await readClient(bench.db, all, clientId))?.tags.map(({ name, isAccess }) => [name, isAccess]),
    ).toEqual([
      ['Freckles', false],
      ['Laser course', true],
    ]);
    await by(removeTag, bench.deps, desk, { clientId, tagId: accessTag });
    expect(await readClient(bench.db, clientSight(anna), clientId)).toBeNull();
    expect(await by(addTag, bench.deps, anna, { clientId: cards.tagged, tagId: accessTag })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
  });
});

describe('linking by hand', () => {
  it('merges the account’s card into the one with the history, with the reason in the trail', async () => {
    const accountId = await makeAccount(bench.db, { email: 'lena@example.com', role: 'client' });
    const accountCardId = await makeCard(bench.db, {
      accountId,
      email: 'lena@example.com',
      phone: '+4930777',
    });
    const booked = await makeAppointment(bench.db, { clientId: accountCardId });
    const clientId = await makeCard(bench.db, { email: 'lena@example.com', firstName: 'Lena' });
    await bench.db.clientTag.create({ data: { clientId: accountCardId, tagId: accessTag } });
    expect(await readLinkCandidates(bench.db, all, clientId)).toMatchObject([
      { clientId: accountCardId, same: ['email'] },
    ]);
    // Whoever doesn't see contacts learns nothing about them here.
    expect(await readLinkCandidates(bench.db, { ...all, contact: false }, clientId)).toEqual([]);
    const input = { clientId, accountCardId, reason: 'Stood at the desk with her passport' };
    expect(await by(linkAccount, bench.deps, anna, input)).toMatchObject({ refusal: { code: 'forbidden' } });
    const answers = await Promise.all([
      by(linkAccount, bench.deps, desk, input),
      by(linkAccount, bench.deps, desk, input),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const card = await readClient(bench.db, all, accountCardId);
    expect(card).toMatchObject({
      clientId,
      account: { emailVerified: true },
      contact: { phone: '+4930777' },
      tags: [],
    });
    expect(await bench.db.appointment.findUnique({ where: { id: booked } })).toMatchObject({ clientId });
    const joined = { where: { subjectId: clientId, action: 'client.link_account' } };
    expect(await bench.db.auditEntry.findMany(joined)).toMatchObject([
      { action: 'client.link_account', actorKind: 'staff', reason: input.reason },
    ]);
    expect(await transact(bench.db, (tx) => standingCard(tx, accountCardId))).toBe(clientId);
  });

  it('refuses a card that has an account already, and cards outside the scope', async () => {
    const card = async (email: string) =>
      makeCard(bench.db, { accountId: await makeAccount(bench.db, { email, role: 'client' }) });
    const input = {
      clientId: await card('a@example.com'),
      accountCardId: await card('b@example.com'),
      reason: 'same person',
    };
    expect(await by(linkAccount, bench.deps, desk, input)).toMatchObject({
      refusal: { code: 'already_linked' },
    });
    const narrow: Actor = { ...anna, rights: new Set(['clients.link_account']) };
    expect(await by(linkAccount, bench.deps, narrow, { ...input, clientId: cards.foreign })).toMatchObject({
      refusal: { code: 'not_found' },
    });
  });
});

describe('reading a card', () => {
  const readings = (clientId: string) =>
    bench.db.auditEntry.count({ where: { clientId, action: 'client.read', actorId: boris.accountId } });

  it('by whichever part leaves one entry an errand', async () => {
    const db = actingAs(bench.db, boris);
    const sight = clientSight(boris);
    const visit = await bench.db.appointment.findFirstOrThrow({ where: { clientId: cards.foreign } });
    const parts = [
      () => readVisits(db, sight, cards.foreign, bench.clock.now()),
      () => readHistory(db, sight, cards.foreign),
      () => by(readDetail, bench.deps, boris, visit.id),
      () => messagesOfClient(db, messageSight(boris), cards.foreign),
    ];
    for (const part of parts) {
      await withClient(database().ownerUrl, (owner) =>
        owner.query('TRUNCATE audit_entry, audit_unsealed, audit_seal'),
      );
      await part();
      expect(await readings(cards.foreign)).toBe(1);
      await part();
      expect(await readings(cards.foreign)).toBe(1);
    }
    await withClient(database().ownerUrl, (owner) =>
      owner.query('TRUNCATE audit_entry, audit_unsealed, audit_seal'),
    );
    await readVisits(db, sight, cards.tagged, bench.clock.now());
    expect(await readings(cards.tagged)).toBe(0);
  });
});
