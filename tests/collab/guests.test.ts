/** What a guest may draw: freely, over nothing of another's. Whoever tries more is closed, and nobody else hears of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { CollabServer } from '../../collab-server/server.ts';
import { answerMessage } from '../../collab-server/protocol.ts';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { transact } from '../../src/server/db.ts';
import { appendRecords } from '../../src/server/schemes/append.ts';
import { loadDocument, recordsOfDocument } from '../../src/server/schemes/document.ts';
import { readRecords } from '../../src/domain/scheme/check.ts';
import { greet, isWelcomed, openSocket, updateMessage } from '../support/bare-socket.ts';
import { fileDatabase } from '../support/database.ts';
import {
  addDrawingStage,
  addGuest,
  injection,
  openCollab,
  openPage,
  type Page,
  stroke,
  ticketFor,
  until,
} from '../support/drawing-stage.ts';

const database = fileDatabase();
let server: CollabServer;
let other: CollabServer;
beforeAll(async () => {
  server = await openCollab(database().runtimeUrl);
  other = await openCollab(database().runtimeUrl);
});
afterAll(() => Promise.all([server.stop(), other.stop()]));

/** A specialist with a point and a stroke, and a guest who may draw. */
const open = async () => {
  const { db } = database();
  const { schemeId, people } = await addDrawingStage(db, 1);
  const [one] = people;
  if (!one) throw new Error('somebody is needed');
  const page = await openPage(db, server.port, schemeId, one);
  await until(() => page.provider.synced);
  const mark = injection();
  const line = stroke(5);
  page.draw(mark);
  page.draw(line);
  await page.saved();
  const who = await addGuest(db, schemeId, 'draw');
  const enter = async (port = server.port, doc = new Y.Doc()): Promise<Page> => {
    const guest = await openPage(db, port, schemeId, who, { doc });
    await until(() => guest.provider.synced && guest.ids().length >= 2);
    return guest;
  };
  const stands = async () => recordsOfDocument(await loadDocument(db, { schemeId, generation: 1 }));
  return { db, schemeId, one, page, mark, line, who, enter, stands };
};

const mapOf = (doc: Y.Doc, id: string): Y.Map<unknown> => {
  const found = doc.getMap(recordsKey).get(id);
  if (!(found instanceof Y.Map)) throw new Error('there is no such record');
  return found;
};
const put = (doc: Y.Doc, record: SchemeRecord) =>
  doc.getMap(recordsKey).set(record.id, new Y.Map(entriesOf(record)));

const breaches: [string, (doc: Y.Doc, mark: SchemeRecord, line: SchemeRecord) => void][] = [
  ['a point where something was given', (doc) => put(doc, injection())],
  [
    'a stroke that becomes one',
    (doc) => {
      const own = stroke(3);
      put(doc, own);
      doc.getMap(recordsKey).set(own.id, new Y.Map(entriesOf({ ...injection(), id: own.id })));
    },
  ],
  ['another’s stroke erased', (doc, _mark, line) => doc.getMap(recordsKey).delete(line.id)],
  ['another’s point erased', (doc, mark) => doc.getMap(recordsKey).delete(mark.id)],
  ['another’s point moved', (doc, mark) => mapOf(doc, mark.id).set('place', { x: 9, y: 9, rotation: 0 })],
  ['another’s point turned into a stroke of the same name', (doc, mark) => put(doc, stroke(3, mark.id))],
  ['a value of another’s stroke', (doc, _mark, line) => mapOf(doc, line.id).set('props.color', 'red')],
];

it.each(breaches)('JOIN-3: a guest is refused %s', async (_what, write) => {
  const { page, mark, line, enter, stands } = await open();
  const guest = await enter();
  guest.doc.transact(() => write(guest.doc, mark, line));
  await until(() => guest.closedAs() === 'refused');
  page.draw(stroke(4));
  await page.saved();
  const left = await stands();
  expect([...left.keys()].sort((a, b) => a.localeCompare(b))).toEqual(page.ids());
  expect(left.size).toBe(3);
  expect(left.get(mark.id)).toEqual(mark);
  expect(left.get(line.id)).toEqual(line);
  expect(page.closedAs()).toBeNull();
  guest.leave();
  page.leave();
});

it('a guest doesn’t take another’s name by being first at the same time', async () => {
  const { page, mark, schemeId, db, who, stands } = await open();
  const socket = openSocket(server.port, `/${schemeId}?ticket=${await ticketFor(db, who, schemeId)}`);
  await until(() => isWelcomed(socket));
  greet(socket);
  const doc = new Y.Doc();
  // Lower than any other: in Yjs it comes before whatever was put there at the same time.
  doc.clientID = 1;
  put(doc, stroke(3, mark.id));
  socket.send(updateMessage(Y.encodeStateAsUpdate(doc)));
  expect(await socket.closed).toBe('refused');
  page.draw(stroke(4));
  await page.saved();
  expect((await stands()).get(mark.id)).toEqual(mark);
  page.leave();
});

it('JOIN-3: a guest draws, changes and erases what they began: after a reload, from another instance, and after others took it away and back', async () => {
  const { db, schemeId, one, page, enter, stands } = await open();
  // Both instances have the room open before anything of the guest's is there.
  const beside = await openPage(db, other.port, schemeId, one);
  await until(() => beside.provider.synced);
  const guest = await enter();
  const [first, second, third] = [stroke(6), stroke(7), stroke(8)];
  for (const own of [first, second, third]) guest.draw(own);
  mapOf(guest.doc, first.id).set('props.color', 'red');
  await guest.saved();
  guest.leave();
  await until(() => page.ids().length === 5 && beside.ids().length === 5);
  const again = await enter(other.port);
  await until(() => again.ids().length === 5);
  again.doc.getMap(recordsKey).delete(first.id);
  await again.saved();
  expect((await stands()).has(first.id)).toBe(false);
  // The specialist erases one and takes that back; the history brings another one back by the server's hand.
  page.doc.getMap(recordsKey).delete(second.id);
  page.draw(second);
  await page.saved();
  const { records } = readRecords(await stands());
  page.doc.getMap(recordsKey).delete(third.id);
  await page.saved();
  const writer = { accountId: one.accountId, guestId: null, name: 'Person 1' };
  await transact(db, (tx) =>
    appendRecords(
      tx,
      { schemeId, generation: 1 },
      { writer, kind: 'back' },
      new Map(records.map((record) => [record.id, record])),
    ),
  );
  await until(() => again.ids().includes(third.id) && page.ids().includes(third.id));
  mapOf(again.doc, second.id).set('props.color', 'blue');
  again.doc.getMap(recordsKey).delete(third.id);
  await again.saved();
  await until(() => !page.ids().includes(third.id));
  expect(again.closedAs()).toBeNull();
  expect((await stands()).get(second.id)).toMatchObject({ props: { color: 'blue' } });
  for (const each of [again, beside, page]) each.leave();
});

it('what another erased and only a guest still knows of waits for that person, and costs the guest nothing', async () => {
  const { db, schemeId, one, page, line, who, stands } = await open();
  const socket = openSocket(server.port, `/${schemeId}?ticket=${await ticketFor(db, who, schemeId)}`);
  await until(() => isWelcomed(socket));
  // As after a crash: the guest's page heard that the line was erased, the server has lost it.
  const heard = new Y.Doc();
  Y.applyUpdate(heard, Y.encodeStateAsUpdate(page.doc));
  page.leave();
  heard.getMap(recordsKey).delete(line.id);
  const asked = () => socket.heard.filter(([kind, step]) => kind === 0 && step === 0).length;
  socket.send(answerMessage(Y.encodeStateAsUpdate(heard)));
  await until(() => asked() >= 2);
  expect((await stands()).has(line.id)).toBe(true);
  expect(socket.isClosed()).toBe(false);
  const back = await openPage(db, server.port, schemeId, one, { doc: heard });
  await back.saved();
  expect((await stands()).has(line.id)).toBe(false);
  socket.send(answerMessage(Y.encodeStateAsUpdate(heard)));
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(heard));
  const before = Y.encodeStateVector(own);
  put(own, stroke(3));
  socket.send(updateMessage(Y.encodeStateAsUpdate(own, before)));
  await until(() => back.ids().length === 2);
  expect(socket.isClosed()).toBe(false);
  socket.socket.close();
  back.leave();
});
