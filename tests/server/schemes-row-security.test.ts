/** What stands around drawings, asked with bare statements, as a bug would: row security alone has its say. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import { actingAs, Prisma } from '../../src/server/db.ts';
import { straight } from '../../src/server/sql.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { makeAccount, makeCard, makePhotograph, makeRoles } from '../support/people.ts';
import { plantScheme } from '../support/planted-scheme.ts';
import { injection } from '../support/scheme-stage.ts';

const database = fileDatabase();
const around = [
  'scheme_update',
  'scheme_state',
  'scheme_writer',
  'scheme_step',
  'scheme_mark',
  'scheme_beside',
  'scheme_dose',
  'drawing_ticket',
  'drawing_invite',
  'drawing_guest',
];
const everything = ['scheme', 'scheme_revision', ...around];
let own: Actor;
let stranger: Actor;
let pictureId = '';

const staff = (roleKey: 'specialist' | 'receptionist', specialistId: string | null): Actor => ({
  kind: 'staff',
  accountId: randomUUID(),
  name: 'Somebody',
  roleKeys: [roleKey],
  rights: new Set(shippedRoles[roleKey]),
  specialistId,
});

async function seenBy(actor: Actor): Promise<Record<string, number>> {
  const sql = straight(actingAs(database().db, actor));
  const seen: Record<string, number> = {};
  for (const table of [...everything, 'picture']) {
    const [row] = await sql.rows<{ count: number }>(
      Prisma.sql`SELECT count(*)::int AS count FROM ${Prisma.raw(table)}`,
    );
    if (row && row.count > 0) seen[table] = row.count;
  }
  return seen;
}

beforeAll(async () => {
  const { db } = database();
  await makeHouse(db);
  await makeRoles(db);
  const account = async (email: string): Promise<Actor> => {
    const accountId = await makeAccount(db, { email, role: 'client' });
    const clientId = await makeCard(db, { accountId });
    return { kind: 'client', accountId, clientId, holderKey: null };
  };
  own = await account('own@example.com');
  stranger = await account('stranger@example.com');
  const clientId = own.kind === 'client' ? (own.clientId ?? '') : '';
  const product = await db.product.create({
    data: { id: randomUUID(), code: 'b', name: 'Botox', priceMinor: 1, costMinor: 1, doseUnit: 'U' },
  });
  const given = { productId: product.id, productName: 'Botox', dose: 4, unit: 'U' as const };
  const openedBy = randomUUID();
  const plant = (name: string, rest: { isFinished?: boolean; isShared?: boolean }) =>
    plantScheme(db, {
      clientId,
      openedBy,
      now: new Date(),
      records: [injection(name, given)],
      note: 'A note',
      reason: 'A reason',
      ...rest,
    });
  const draft = await plant('draft', {});
  const at = { schemeId: draft.schemeId, generation: 1 };
  await db.schemeUpdate.create({ data: { ...at, bytes: new Uint8Array(2), writtenAt: new Date() } });
  await db.schemeWriter.upsert({
    where: { schemeId_generation_yjsClient: { ...at, yjsClient: 1 } },
    create: { ...at, yjsClient: 1, accountId: openedBy, name: 'Somebody', firstAt: new Date() },
    update: {},
  });
  await db.drawingTicket.create({
    data: {
      tokenHash: new Uint8Array(32),
      schemeId: draft.schemeId,
      guestId: randomUUID(),
      expiresAt: new Date(),
    },
  });
  await plant('kept', { isFinished: true });
  await plant('shared', { isFinished: true, isShared: true });
  pictureId = await makePhotograph(db, clientId);
});

it('there is something of everything to be seen', async () => {
  await withClient(database().ownerUrl, async (owner) => {
    for (const table of everything) {
      const { rows } = await owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      expect([table, (rows[0]?.count ?? 0) > 0]).toEqual([table, true]);
    }
  });
});

it('a client sees what was shared, finished, and nothing around it; others, the desk and strangers nothing at all', async () => {
  expect(await seenBy(own)).toEqual({ scheme: 1, scheme_revision: 1 });
  const nothing: Actor[] = [
    stranger,
    { kind: 'nobody', holderKey: 'somebrowser' },
    staff('receptionist', null),
    staff('specialist', house.boris),
  ];
  for (const actor of nothing) expect(await seenBy(actor)).toEqual({});
});

it('a photograph is a client’s to see by a shared drawing on it alone, and by none that isn’t', async () => {
  const { db } = database();
  const on = (isShared: boolean) =>
    db.scheme.updateMany({ where: { isShared }, data: { pictureId, templateKey: null } });
  await on(false);
  expect((await seenBy(own))['picture']).toBeUndefined();
  await on(true);
  expect((await seenBy(own))['picture']).toBe(1);
  expect((await seenBy(stranger))['picture']).toBeUndefined();
});

it('neither a client nor staff without rights writes anything of it', async () => {
  const { db } = database();
  const before = await db.scheme.findMany({ orderBy: { id: 'asc' } });
  for (const actor of [own, stranger, staff('receptionist', null), staff('specialist', house.boris)]) {
    const acting = actingAs(db, actor);
    const changed = await acting.scheme
      .updateMany({ data: { title: 'Mine', isShared: true } })
      .catch(() => ({ count: 0 }));
    expect(changed.count).toBe(0);
    const [scheme] = before;
    const schemeId = scheme?.id ?? '';
    await expect(acting.schemeMark.create({ data: { schemeId, markId: 'shape:x' } })).rejects.toThrow();
    await expect(
      acting.drawingGuest.create({
        data: {
          id: randomUUID(),
          schemeId,
          tokenHash: new Uint8Array(32),
          name: 'x',
          hue: 1,
          joinedAt: new Date(),
        },
      }),
    ).rejects.toThrow();
  }
  expect(await db.scheme.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
});
