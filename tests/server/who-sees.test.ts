/** "Who can see this client": told by one query, true by what each of them really sees, through the query layer and through row security. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type Right, rights } from '../../src/domain/access/actor.ts';
import { clientScope } from '../../src/domain/access/client.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { findCard } from '../../src/server/clients/scope.ts';
import { type WhoSees, whoSees } from '../../src/server/clients/who-sees.ts';
import { saveAccessRule } from '../../src/server/clinic/commands.ts';
import { actingAs } from '../../src/server/db.ts';
import { seeded } from '../security/hostile.ts';
import { by } from '../support/by.ts';
import { staffWith } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import {
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  openBench,
  origin,
} from '../support/people.ts';

const database = fileDatabase();
let bench: Bench;

const administrator = staffWith(rights);

beforeAll(async () => {
  bench = await openBench(database());
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
});

async function told(clientId: string, actor: Actor = administrator): Promise<WhoSees[]> {
  const result = await by(whoSees, bench.deps, actor, clientId);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.people;
}

/** The actor as a request of this account would bring it; null where no session would open. */
async function actorOf(accountId: string): Promise<Actor | null> {
  const now = bench.clock.now();
  const token = await bench.db.$transaction((tx) =>
    openSession(tx, { id: randomUUID(), accountId, now, origin }),
  );
  return (await readSession(bench.db, token, now))?.actor ?? null;
}

async function addSpecialist(name: string, accountId: string | null): Promise<string> {
  const id = randomUUID();
  await bench.db.resource.create({
    data: { id, locationId: house.berlin, kind: 'specialist', type: 'specialist', name },
  });
  await bench.db.specialist.create({ data: { id, accountId } });
  return id;
}

/** A clinic thrown together: accounts of every kind, tags that open and tags that don't, visits in every state. */
async function throwTogether(seed: number): Promise<{ accounts: string[]; clients: string[] }> {
  const { db } = bench;
  const random = seeded(seed);
  await db.clinic.updateMany({ data: { visitsGrantAccess: random.whole(3) > 0 } });
  const composed = await Promise.all(
    [['clients.view_all'], ['clients.edit', 'audit.view'], []].map((held, index) =>
      db.role.create({
        data: { id: randomUUID(), key: randomUUID(), name: `Composed ${index}`, rights: held },
      }),
    ),
  );
  const tags = await Promise.all(
    [true, true, false].map((isAccess, index) =>
      db.tag.create({ data: { id: randomUUID(), name: `Tag ${index}`, isAccess } }),
    ),
  );
  const accounts: string[] = [];
  const specialists: string[] = [house.anna];
  for (let index = 0; index < 9; index++) {
    const role = random.pick([
      'specialist',
      'specialist',
      'receptionist',
      'administrator',
      'client',
    ] as const);
    const accountId = await makeAccount(db, { email: `s${index}@example.com`, role, name: `S ${index}` });
    accounts.push(accountId);
    if (random.whole(3) === 0) await db.secondFactor.deleteMany({ where: { accountId } });
    if (random.whole(3) === 0)
      await db.accountRole.create({ data: { accountId, roleId: random.pick(composed).id } });
    if (random.whole(6) === 0)
      await db.account.update({ where: { id: accountId }, data: { blockedAt: bench.clock.now() } });
    if (random.whole(4) > 0)
      specialists.push(await addSpecialist(`P ${index}`, random.whole(8) === 0 ? null : accountId));
  }
  for (const specialistId of specialists)
    for (const tag of tags)
      if (random.whole(3) === 0) await db.specialistTag.create({ data: { specialistId, tagId: tag.id } });
  const statuses = ['booked', 'expired', 'declined', 'cancelled', 'no_show', 'fulfilled', 'pending'];
  const clients: string[] = [];
  for (let index = 0; index < 8; index++) {
    const clientId = await makeCard(db, { firstName: `C${index}` });
    clients.push(clientId);
    for (const tag of tags)
      if (random.whole(4) === 0) await db.clientTag.create({ data: { clientId, tagId: tag.id } });
    for (let visits = random.whole(4); visits > 0; visits--) {
      const specialistId = random.pick(specialists);
      const startsAt = new Date(Date.UTC(2026, random.whole(6), 1 + random.whole(28), 10)).toISOString();
      const status = random.pick(statuses);
      const appointmentId = await makeAppointment(db, { clientId, specialistId, status, startsAt });
      // A visit begun by somebody else than who was booked, or without a booking (from an old system).
      if (random.whole(3) === 0)
        await db.visit.create({
          data: {
            id: randomUUID(),
            appointmentId: random.whole(2) === 0 ? appointmentId : null,
            clientId,
            specialistId: random.pick(specialists),
            serviceDate: new Date(startsAt.slice(0, 10)),
            createdAt: bench.clock.now(),
          },
        });
    }
  }
  return { accounts, clients };
}

describe('who can see this client', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('names exactly those who do, in clinic %i', async (seed) => {
    const { accounts, clients } = await throwTogether(seed);
    const actors = await Promise.all(
      accounts.map(async (accountId) => ({ accountId, actor: await actorOf(accountId) })),
    );
    let named = 0;
    for (const clientId of clients) {
      const people = await told(clientId);
      named += people.length;
      const seeing: string[] = [];
      for (const { accountId, actor } of actors) {
        if (actor?.kind !== 'staff') continue;
        const db = actingAs(bench.db, actor);
        const inQueries = (await findCard(bench.db, clientScope(actor), clientId)) !== null;
        const inDatabase = (await db.client.count({ where: { id: clientId } })) > 0;
        expect(inDatabase, 'both layers say the same').toBe(inQueries);
        if (inDatabase) seeing.push(accountId);
      }
      const able = people.filter(({ waitsForFactor }) => !waitsForFactor);
      expect(able.map(({ accountId }) => accountId).sort()).toEqual(seeing.sort());
      for (const { roles, tags, visits } of people)
        expect(roles.length + tags.length + (visits?.count ?? 0)).toBeGreaterThan(0);
    }
    expect(named).toBeGreaterThan(0);
  });

  it('tells every reason: role, tags by name, visits with the last of them', async () => {
    const { db } = bench;
    const accountId = await makeAccount(db, { email: 'anna@example.com', role: 'specialist', name: 'Anna' });
    await db.specialist.update({ where: { id: house.anna }, data: { accountId } });
    const role = await db.role.create({
      data: { id: randomUUID(), key: 'all', name: 'Sees all', rights: ['clients.view_all'] },
    });
    await db.accountRole.create({ data: { accountId, roleId: role.id } });
    const clientId = await makeCard(db);
    const tag = await db.tag.create({ data: { id: randomUUID(), name: 'VIP', isAccess: true } });
    await db.clientTag.create({ data: { clientId, tagId: tag.id } });
    await db.specialistTag.create({ data: { specialistId: house.anna, tagId: tag.id } });
    await makeAppointment(db, { clientId, startsAt: '2026-05-04T10:00:00Z', status: 'fulfilled' });
    await makeAppointment(db, { clientId, startsAt: '2026-06-04T10:00:00Z' });
    await makeAppointment(db, { clientId, startsAt: '2026-07-04T10:00:00Z', status: 'declined' });
    expect(await told(clientId)).toEqual([
      {
        accountId,
        name: 'Anna',
        roles: [{ id: role.id, key: 'all', name: 'Sees all' }],
        tags: [{ id: tag.id, name: 'VIP' }],
        visits: { count: 2, lastAt: new Date('2026-06-04T10:00:00Z') },
        waitsForFactor: false,
      },
    ]);
  });

  it('follows the clinic’s rule about visits, which is kept with who decided and never overwritten', async () => {
    const { db } = bench;
    const accountId = await makeAccount(db, { email: 'anna@example.com', role: 'specialist', name: 'Anna' });
    await db.specialist.update({ where: { id: house.anna }, data: { accountId } });
    const clientId = await makeCard(db);
    await makeAppointment(db, { clientId });
    expect((await told(clientId)).map(({ name }) => name)).toEqual(['Anna']);
    const decide = (actor: Actor, version: number, visitsGrantAccess: boolean) =>
      by(saveAccessRule, bench.deps, actor, { version, rule: { visitsGrantAccess } });
    expect(await decide(staffWith(['people.edit']), 1, false)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await decide(administrator, 1, false)).toEqual({ ok: true, value: { version: 2 } });
    expect(await told(clientId)).toEqual([]);
    expect(await decide(administrator, 1, true)).toMatchObject({ refusal: { code: 'stale' } });
    expect(await told(clientId)).toEqual([]);
    const noted = await db.auditEntry.findMany({ where: { action: 'clinic.update', actorKind: 'staff' } });
    expect(noted.map(({ detail }) => detail)).toEqual([{ visits_grant_access: [true, false] }]);
    // Lists of clients that are open are told to look again.
    expect(await db.changeEvent.count({ where: { topic: 'client', entityId: null } })).toBe(1);
  });

  it('is for whoever reads the trail, and only about cards within their own sight', async () => {
    const clientId = await makeCard(bench.db);
    const ask = async (held: readonly Right[]) => {
      const result = await by(whoSees, bench.deps, staffWith(held), clientId);
      return result.ok ? 'told' : result.refusal.code;
    };
    expect(await ask(['clients.view_all'])).toBe('forbidden');
    expect(await ask(['audit.view'])).toBe('not_found');
    expect(await ask(['audit.view', 'clients.view_all'])).toBe('told');
  });
});
