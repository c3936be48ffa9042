/** Row security itself: what the query layer forgets, the database still refuses. Asked with bare statements, as a bug would. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { type Actor, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import { actingAs, createDb, type Db, poolOf, Prisma, transact } from '../../src/server/db.ts';
import { exemptTables } from '../../src/server/exempt-tables.ts';
import { straight, transactSql } from '../../src/server/sql.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { makeAccount, makeAppointment, makeCard, makeRoles } from '../support/people.ts';

const database = fileDatabase();
const cards = { tagged: '', visited: '', foreign: '', own: '' };
let accessTag: string;
let ownAccount: string;

const nobody: Actor = { kind: 'nobody', holderKey: 'somebrowser' };
const anna: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  name: 'Anna',
  roleKeys: ['specialist'],
  rights: new Set(shippedRoles.specialist),
  specialistId: house.anna,
};
const administrator: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  name: 'Admin',
  roleKeys: ['administrator'],
  rights: new Set(rights),
  specialistId: null,
};
const client = (): Actor => ({
  kind: 'client',
  accountId: ownAccount,
  clientId: cards.own,
  holderKey: null,
});

const as = (actor: Actor): Db => actingAs(database().db, actor);
const cardsOf = async (actor: Actor): Promise<string[]> =>
  (await as(actor).client.findMany({ select: { id: true } })).map(({ id }) => id).sort();

beforeAll(async () => {
  const { db } = database();
  await makeHouse(db);
  await makeRoles(db);
  ownAccount = await makeAccount(db, { email: 'own@example.com', role: 'client' });
  cards.tagged = await makeCard(db);
  cards.visited = await makeCard(db);
  cards.foreign = await makeCard(db, { phone: '+4930111111' });
  cards.own = await makeCard(db, { accountId: ownAccount });
  const tag = await db.tag.create({ data: { id: randomUUID(), name: 'VIP', isAccess: true } });
  accessTag = tag.id;
  await db.specialistTag.create({ data: { specialistId: house.anna, tagId: accessTag } });
  await db.clientTag.create({ data: { clientId: cards.tagged, tagId: accessTag } });
  await makeAppointment(db, { clientId: cards.visited });
  await makeAppointment(db, { clientId: cards.own, specialistId: house.boris });
});

describe('P1 row security', () => {
  it('stands on every table but the exempt ones, with policies, for a role that bypasses nothing', async () => {
    await withClient(database().ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ name: string; secured: boolean; policies: number }>(`
        SELECT c.relname AS name, c.relrowsecurity AS secured, (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
        FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`);
      expect(rows.filter(({ secured }) => !secured).map(({ name }) => name)).toEqual(exemptTables);
      // The keys of the trail have no policy: row security without one gives nothing to anybody.
      expect(
        rows.filter(({ secured, policies }) => secured && policies === 0).map(({ name }) => name),
      ).toEqual(['client_key']);
    });
  });

  it('views of the owner tell each only of their own; the others obey who asks', async () => {
    await withClient(database().ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ name: string; invoker: boolean }>(`
        SELECT relname AS name, coalesce(reloptions::text LIKE '%security_invoker=true%', false) AS invoker
        FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY 1`);
      expect(rows.filter(({ invoker }) => !invoker).map(({ name }) => name)).toEqual([
        'own_clientele',
        'own_performance',
      ]);
    });
    const clientele = Prisma.sql`SELECT DISTINCT client_id FROM own_clientele ORDER BY 1`;
    const performance = Prisma.sql`SELECT appointment_id FROM own_performance`;
    for (const actor of [nobody, client(), administrator]) {
      expect(await straight(as(actor)).rows(clientele)).toEqual([]);
      expect(await straight(as(actor)).rows(performance)).toEqual([]);
    }
    expect(await straight(as(anna)).rows(clientele)).toEqual(
      [cards.tagged, cards.visited].sort().map((client_id) => ({ client_id })),
    );
  });

  it('shows each exactly their cards', async () => {
    expect(await cardsOf(nobody)).toEqual([]);
    expect(await cardsOf(client())).toEqual([cards.own]);
    expect(await cardsOf(anna)).toEqual([cards.tagged, cards.visited].sort());
    expect(await cardsOf(administrator)).toEqual(Object.values(cards).sort());
  });

  it('gives nothing personal to a line that nobody stands for', async () => {
    const bare = createDb(database().runtimeUrl, 1);
    try {
      for (const table of [
        'client',
        'appointment',
        'account',
        'session',
        'message',
        'audit_entry',
        'credential',
      ])
        expect(await bare.$queryRawUnsafe(`SELECT 1 FROM ${table} LIMIT 1`), table).toEqual([]);
    } finally {
      await bare.$disconnect();
    }
  });

  it('follows a tag and the clinic’s rule about visits on the next request', async () => {
    const { db } = database();
    await db.clientTag.create({ data: { clientId: cards.foreign, tagId: accessTag } });
    expect(await cardsOf(anna)).toContain(cards.foreign);
    await db.clientTag.deleteMany({ where: { clientId: cards.foreign } });
    expect(await cardsOf(anna)).not.toContain(cards.foreign);
    await db.clinic.updateMany({ data: { visitsGrantAccess: false } });
    expect(await cardsOf(anna)).toEqual([cards.tagged]);
    await db.clinic.updateMany({ data: { visitsGrantAccess: true } });
    expect(await cardsOf(anna)).toEqual([cards.tagged, cards.visited].sort());
  });

  it('an ordinary tag opens nothing', async () => {
    const { db } = database();
    const tag = await db.tag.create({ data: { id: randomUUID(), name: 'Regular' } });
    await db.specialistTag.create({ data: { specialistId: house.anna, tagId: tag.id } });
    await db.clientTag.create({ data: { clientId: cards.foreign, tagId: tag.id } });
    expect(await cardsOf(anna)).not.toContain(cards.foreign);
  });

  it('a read that forgot its scope finds no visit, history, message or step of others', async () => {
    const foreign = await makeAppointment(database().db, {
      clientId: cards.foreign,
      specialistId: house.boris,
    });
    for (const actor of [nobody, client(), anna]) {
      const db = as(actor);
      expect(await db.appointment.count({ where: { id: foreign } })).toBe(0);
      expect(await db.appointmentItem.count({ where: { appointmentId: foreign } })).toBe(0);
      expect(await db.visit.count({ where: { clientId: cards.foreign } })).toBe(0);
      expect(await db.historyEntry.count({ where: { clientId: cards.foreign } })).toBe(0);
      expect(await db.message.count()).toBe(0);
      expect(await db.credential.count()).toBe(0);
    }
    expect(await as(administrator).appointment.count({ where: { id: foreign } })).toBe(1);
    // Not even who may everything in the app reads what opens doors.
    expect(await as(administrator).credential.count()).toBe(0);
  });

  it('a write that forgot its policy changes nothing of others', async () => {
    const foreign = await makeAppointment(database().db, {
      clientId: cards.foreign,
      specialistId: house.boris,
    });
    for (const actor of [nobody, client(), anna]) {
      const db = as(actor);
      expect(
        (await db.appointment.updateMany({ where: { id: foreign }, data: { note: 'mine' } })).count,
      ).toBe(0);
      expect(
        (await db.client.updateMany({ where: { id: cards.foreign }, data: { note: 'mine' } })).count,
      ).toBe(0);
      await expect(
        db.clientTag.create({ data: { clientId: cards.foreign, tagId: accessTag } }),
      ).rejects.toThrow(/row-level security/);
    }
  });

  it('the exact arms of a policy: a client cannot move a visit to another card', async () => {
    const own = await makeAppointment(database().db, { clientId: cards.own, specialistId: house.boris });
    await expect(
      as(client()).appointment.updateMany({ where: { id: own }, data: { clientId: cards.foreign } }),
    ).rejects.toThrow(/row-level security/);
  });
});

describe('whose transaction it is', () => {
  it('is forgotten with it: the next borrower of the line inherits nothing', async () => {
    const db = createDb(database().runtimeUrl, 1);
    try {
      const count = (of: Db) => of.client.count();
      expect(await count(actingAs(db, administrator))).toBe(4);
      expect(await count(db)).toBe(0);
      expect(await count(actingAs(db, nobody))).toBe(0);
      await transact(actingAs(db, administrator), (tx) => tx.client.count());
      const { rows } = await poolOf(db).query('SELECT count(*)::int AS count FROM client');
      expect(rows).toEqual([{ count: 0 }]);
      // A transaction that fails half-way leaves nothing behind either.
      await expect(
        transact(actingAs(db, administrator), (tx) => tx.$queryRaw`SELECT 1 / 0`),
      ).rejects.toThrow();
      expect(await count(db)).toBe(0);
    } finally {
      await db.$disconnect();
    }
  });

  it('never gets mixed up where many people wait for few lines', async () => {
    const db = createDb(database().runtimeUrl, 2);
    try {
      const expected = new Map<Actor, number>([
        [nobody, 0],
        [client(), 1],
        [anna, 2],
        [administrator, 4],
      ]);
      const countCards = Prisma.sql`SELECT count(*)::int AS n FROM client`;
      const ways: ((acting: Db) => Promise<number | undefined>)[] = [
        (acting) => acting.client.count(),
        (acting) => transact(acting, (tx) => tx.client.count()),
        async (acting) => (await straight(acting).rows<{ n: number }>(countCards))[0]?.n,
        (acting) => transactSql(acting, async (tx) => (await tx.rows<{ n: number }>(countCards))[0]?.n),
      ];
      const asked = Array.from({ length: 12 }, () =>
        [...expected].flatMap(([actor, count]) =>
          ways.map(async (way) => [await way(actingAs(db, actor)), count] as const),
        ),
      ).flat();
      for (const [found, count] of await Promise.all(asked)) expect(found).toBe(count);
    } finally {
      await db.$disconnect();
    }
  });

  it('two people’s look-ups of one moment are not joined into one', async () => {
    const found = await Promise.all(
      [anna, administrator, client(), nobody].map((actor) =>
        as(actor).client.findUnique({ where: { id: cards.foreign }, select: { id: true } }),
      ),
    );
    expect(found.map((row) => row !== null)).toEqual([false, true, false, false]);
  });

  it('is never text: a value that is no id, right or key is refused', () => {
    expect(() => as({ ...anna, accountId: "x', true); DROP TABLE client; --" })).toThrow(/no value/);
    expect(() => as({ kind: 'nobody', holderKey: "a','b" })).toThrow(/no value/);
  });
});

describe('what the role may not', () => {
  it('change or remove entries of the trail, read keys, or switch row security off', async () => {
    await withClient(database().runtimeUrl, async (line) => {
      for (const statement of [
        'UPDATE audit_entry SET action = action',
        'DELETE FROM audit_entry',
        'TRUNCATE audit_entry',
        'UPDATE audit_seal SET at = at',
        'DELETE FROM audit_seal',
        'SELECT * FROM client_key',
        'INSERT INTO audit_unsealed VALUES (1)',
        'ALTER TABLE client DISABLE ROW LEVEL SECURITY',
        'CREATE POLICY mine ON client USING (true)',
        'ALTER ROLE dermis_app BYPASSRLS',
        'SET ROLE postgres',
        'SET session_replication_role = replica',
      ])
        await expect(line.query(statement), statement).rejects.toMatchObject({
          code: expect.stringMatching(/^(42501|0LP01|22023|42704)$/),
        });
      // Switching it off for a session only makes statements fail that it would have bounded.
      await line.query('SET row_security = off');
      await expect(line.query('SELECT * FROM client')).rejects.toMatchObject({ code: '42501' });
    });
  });
});
