/** Who may come into a room, and who must leave it, by name. How soon is a figure (`npm run bench`). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollabServer } from '../../collab-server/server.ts';
import { fileDatabase } from '../support/database.ts';
import {
  addDrawingStage,
  addGuest,
  addPerson,
  addScheme,
  injection,
  openCollab,
  openPage,
  stroke,
  ticketFor,
  until,
} from '../support/drawing-stage.ts';
import { type BareSocket, openSocket } from '../support/bare-socket.ts';
import { makeAccount } from '../support/people.ts';
import { addClinic } from '../support/clinic.ts';
import { noteDrawing } from '../../src/server/schemes/notices.ts';
import { revokeSessionsOf } from '../../src/server/access/sessions.ts';

const database = fileDatabase();
let server: CollabServer;
beforeAll(async () => {
  server = await openCollab(database().runtimeUrl);
});
afterAll(() => server.stop());

const stageOf = async () => {
  const { db } = database();
  const stage = await addDrawingStage(db, 1);
  const [who] = stage.people;
  if (!who) throw new Error('nobody');
  return { db, who, ...stage };
};
const enter = (schemeId: string, ticket: string | null, origin?: string) =>
  openSocket(server.port, `/${schemeId}${ticket === null ? '' : `?ticket=${ticket}`}`, { origin });

describe('nobody comes in', () => {
  it('without a ticket, with one that is made up, used, too old, or for another scheme', async () => {
    const { db, who, schemeId, clientId } = await stageOf();
    expect(await enter(schemeId, null).closed).toBe('unauthenticated');
    expect(await enter(schemeId, `${'a'.repeat(43)}.1`).closed).toBe('unauthenticated');
    expect(await enter(schemeId, 'no ticket at all').closed).toBe('unauthenticated');

    const used = await ticketFor(db, who, schemeId);
    const first = enter(schemeId, used);
    await until(() => first.heard.length >= 2);
    expect(await enter(schemeId, used).closed).toBe('unauthenticated');
    first.socket.terminate();

    const old = await ticketFor(db, who, schemeId);
    await db.drawingTicket.updateMany({ where: { schemeId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await enter(schemeId, old).closed).toBe('unauthenticated');

    const other = await addScheme(db, clientId, who.accountId);
    const forOther = await ticketFor(db, who, other);
    expect(await enter(schemeId, forOther).closed).toBe('unauthenticated');
    // Tried at the wrong door, it is used all the same.
    expect(await enter(other, forOther).closed).toBe('unauthenticated');
    expect(await enter('no-scheme', await ticketFor(db, who, schemeId)).closed).toBe('notFound');
  });

  it('from a page of somebody else', async () => {
    const { db, who, schemeId } = await stageOf();
    for (const origin of ['https://evil.example', 'null', ''])
      expect(await enter(schemeId, await ticketFor(db, who, schemeId), origin).closed).toBe('forbidden');
  });

  it('who doesn’t see the card, or sees it and neither treats the client nor holds the right', async () => {
    const { db, schemeId } = await stageOf();
    const stranger = await addPerson(
      db,
      await makeAccount(db, { role: 'specialist', email: `${randomUUID()}@example.com` }),
    );
    const desk = await addPerson(
      db,
      await makeAccount(db, { role: 'receptionist', email: `${randomUUID()}@example.com` }),
    );
    const client = await addPerson(
      db,
      await makeAccount(db, { role: 'client', email: `${randomUUID()}@example.com` }),
    );
    for (const who of [stranger, desk, client])
      expect(await enter(schemeId, await ticketFor(db, who, schemeId)).closed).toBe('forbidden');
    expect(
      await enter(schemeId, await ticketFor(db, await addGuest(db, schemeId, 'waiting'), schemeId)).closed,
    ).toBe('forbidden');
  });

  it('once the scheme is finished, or was thrown back since the ticket was given', async () => {
    const { db, who, schemeId } = await stageOf();
    const before = await ticketFor(db, who, schemeId);
    await db.scheme.update({ where: { id: schemeId }, data: { generation: 2 } });
    expect(await enter(schemeId, before).closed).toBe('otherGeneration');
    await db.scheme.update({ where: { id: schemeId }, data: { status: 'cancelled' } });
    expect(await enter(schemeId, await ticketFor(db, who, schemeId)).closed).toBe('closed');
  });

  it('as the seventh of one person, or beside twenty-four', async () => {
    const { db, who, schemeId } = await stageOf();
    const sockets: BareSocket[] = [];
    for (let count = 0; count < 6; count++) sockets.push(enter(schemeId, await ticketFor(db, who, schemeId)));
    await until(() => sockets.every(({ heard }) => heard.length >= 2));
    expect(await enter(schemeId, await ticketFor(db, who, schemeId)).closed).toBe('tooMany');
    for (let count = 6; count < 24; count++)
      sockets.push(enter(schemeId, await ticketFor(db, await addGuest(db, schemeId, 'watch'), schemeId)));
    await until(() => sockets.every(({ heard }) => heard.length >= 2));
    expect(
      await enter(schemeId, await ticketFor(db, await addGuest(db, schemeId, 'watch'), schemeId)).closed,
    ).toBe('tooMany');
    for (const { socket } of sockets) socket.terminate();
  });
});

describe('who is in a room and may be no longer is told so', () => {
  const seated = async () => {
    const stage = await stageOf();
    const page = await openPage(stage.db, server.port, stage.schemeId, stage.who);
    await until(() => page.provider.synced);
    return { ...stage, page };
  };
  type Seated = Awaited<ReturnType<typeof seated>>;
  const changes: [string, string, (stage: Seated) => Promise<unknown>][] = [
    [
      'the session is ended',
      'revoked',
      ({ db, who }) => revokeSessionsOf(db, who.accountId, new Date(), 'tests'),
    ],
    [
      'the account is blocked',
      'revoked',
      ({ db, who }) => db.account.update({ where: { id: who.accountId }, data: { blockedAt: new Date() } }),
    ],
    [
      'the session has lasted its time',
      'revoked',
      ({ db, who }) => db.session.update({ where: { id: who.sessionId }, data: { expiresAt: new Date() } }),
    ],
    [
      'the second factor is overdue',
      'revoked',
      ({ db, who }) => db.secondFactor.delete({ where: { accountId: who.accountId } }),
    ],
    [
      'the roles are taken',
      'forbidden',
      ({ db, who }) => db.accountRole.deleteMany({ where: { accountId: who.accountId } }),
    ],
    [
      'the scheme is finished',
      'closed',
      ({ db, schemeId }) =>
        db.$transaction(async (tx) => {
          await tx.scheme.update({
            where: { id: schemeId },
            data: { status: 'finished', revision: 1, finishedAt: new Date(), finishedBy: randomUUID() },
          });
          await noteDrawing(tx, schemeId);
        }),
    ],
    [
      'the scheme is cancelled, and nobody tells',
      'closed',
      ({ db, schemeId }) => db.scheme.update({ where: { id: schemeId }, data: { status: 'cancelled' } }),
    ],
    [
      'its document is thrown back',
      'otherGeneration',
      ({ db, schemeId }) => db.scheme.update({ where: { id: schemeId }, data: { generation: 2 } }),
    ],
  ];
  it.each(changes)('%s: %s', async (_what, name, change) => {
    const stage = await seated();
    await change(stage);
    await until(() => stage.page.closedAs() !== null);
    expect(stage.page.closedAs()).toBe(name);
    stage.page.leave();
  });

  it('a guest is let in to watch, to point, to draw, and is out when the consultation ends', async () => {
    const { db, page, schemeId } = await seated();
    const guest = await addGuest(db, schemeId, 'watch');
    const phone = await openPage(db, server.port, schemeId, guest);
    await until(() => phone.provider.synced);
    const mark = injection();
    page.draw(mark);
    await until(() => phone.ids().includes(mark.id));
    const pointer = () => page.provider.awareness.getStates().get(phone.doc.clientID)?.['cursor'];
    const point = (x: number) =>
      phone.provider.awareness.setLocalState({ cursor: { x, y: 1 }, selected: [] });
    const become = async (status: string) => {
      await db.drawingGuest.update({ where: { id: guest.guestId }, data: { status } });
      await db.$transaction((tx) => noteDrawing(tx, schemeId));
      await until(() => phone.access()?.mode === status);
    };
    point(1);
    await until(() => pointer() !== undefined);
    expect(pointer()).toBeNull();

    await become('point');
    point(2);
    await until(() => pointer() !== null);
    // What a watcher writes goes nowhere, and nobody is thrown out for it.
    const held = stroke(3);
    phone.draw(held);
    point(3);
    await until(() => pointer()?.x === 3);
    expect(page.ids()).toEqual([mark.id]);
    expect(phone.provider.wsconnected).toBe(true);

    // Allowed to draw, it is asked for what it held back.
    await become('draw');
    await until(() => page.ids().includes(held.id));
    await phone.saved();
    await become('watch');
    phone.draw(stroke(3));
    page.draw(injection());
    await page.saved();
    expect(await db.schemeWriter.count({ where: { schemeId, guestId: guest.guestId } })).toBe(1);

    await db.drawingGuest.update({
      where: { id: guest.guestId },
      data: { status: 'ended', endedAt: new Date() },
    });
    await until(() => phone.closedAs() !== null);
    expect(phone.closedAs()).toBe('revoked');
    expect(page.ids()).toHaveLength(3);
    phone.leave();
    page.leave();
  });

  it('a specialist draws for clients they treat, and only looks on with the right to read', async () => {
    const { db, schemeId, clientId, page } = await seated();
    const clinic = await addClinic(db);
    const accountId = await makeAccount(db, {
      role: 'specialist',
      email: `${randomUUID()}@example.com`,
      name: 'Nora',
    });
    await db.specialist.update({ where: { id: clinic.nora }, data: { accountId, hue: 6 } });
    const tag = await db.tag.create({ data: { id: randomUUID(), name: randomUUID(), isAccess: true } });
    await db.specialistTag.create({ data: { specialistId: clinic.nora, tagId: tag.id } });
    await db.clientTag.create({ data: { clientId, tagId: tag.id } });
    const nora = await openPage(db, server.port, schemeId, await addPerson(db, accountId));
    await until(() => nora.provider.synced);
    expect(nora.access()).toEqual({ mode: 'draw', name: 'Nora', hue: 6, kind: 'staff' });

    const role = await db.role.create({
      data: {
        id: randomUUID(),
        key: randomUUID(),
        name: 'reads',
        rights: ['clients.view_all', 'schemes.view'],
      },
    });
    await db.accountRole.create({ data: { accountId, roleId: role.id } });
    await db.clientTag.deleteMany({ where: { clientId } });
    await until(() => nora.access()?.mode === 'watch');
    await db.accountRole.deleteMany({ where: { accountId, roleId: role.id } });
    await until(() => nora.closedAs() !== null);
    expect(nora.closedAs()).toBe('forbidden');
    nora.leave();
    page.leave();
  });
});
