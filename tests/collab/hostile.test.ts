/** What no page of ours sends: refused by name, while the others in the room draw on undisturbed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { CollabServer } from '../../collab-server/server.ts';
import { answerMessage, awarenessMessage, keptMessage, vectorMessage } from '../../collab-server/protocol.ts';
import { readUpdate } from '../../collab-server/update-check.ts';
import { WireWriter } from '../../collab-server/wire-reader.ts';
import { writeStates } from '../../collab-server/presence.ts';
import { recordsKey, entriesOf } from '../../src/domain/scheme/layout.ts';
import { schemeRecord } from '../../src/domain/scheme/marks.ts';
import { drawingBounds } from '../../src/domain/scheme/wire.ts';
import { loadDocument, recordsOfDocument } from '../../src/server/schemes/document.ts';
import { type BareSocket, greet, isWelcomed, openSocket, updateMessage } from '../support/bare-socket.ts';
import { fileDatabase } from '../support/database.ts';
import {
  addDrawingStage,
  addGuest,
  injection,
  openCollab,
  openPage,
  stroke,
  ticketFor,
  until,
} from '../support/drawing-stage.ts';
import { mutated, randomFrom } from '../support/mutations.ts';

const database = fileDatabase();
let server: CollabServer;
beforeAll(async () => {
  server = await openCollab(database().runtimeUrl);
});
afterAll(() => server.stop());

/** Somebody who draws as they should, and a socket of another person for the rest. */
const open = async () => {
  const { db } = database();
  const stage = await addDrawingStage(db, 2);
  const [one, two] = stage.people;
  if (!one || !two) throw new Error('two are needed');
  const page = await openPage(db, server.port, stage.schemeId, one);
  await until(() => page.provider.synced);
  const mark = injection();
  page.draw(mark);
  await page.saved();
  const enter = async (who: Parameters<typeof ticketFor>[1] = two): Promise<BareSocket> => {
    const socket = openSocket(
      server.port,
      `/${stage.schemeId}?ticket=${await ticketFor(db, who, stage.schemeId)}`,
    );
    await until(() => isWelcomed(socket));
    greet(socket);
    return socket;
  };
  const stands = async () => {
    await page.saved();
    return recordsOfDocument(await loadDocument(db, { schemeId: stage.schemeId, generation: 1 }));
  };
  return { db, ...stage, one, two, page, mark, enter, stands };
};

/** What a replica with the room's content writes. */
function written(from: Y.Doc, write: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
  if (clientId !== undefined) doc.clientID = clientId;
  const before = Y.encodeStateVector(doc);
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

const put = (doc: Y.Doc, id: string, entries: Iterable<readonly [string, unknown]>) =>
  doc.getMap(recordsKey).set(id, new Y.Map(entries));

describe('an update is refused', () => {
  const wrong: [string, (room: Y.Doc, own: string) => Uint8Array][] = [
    ['that is no Yjs', () => Uint8Array.from({ length: 60 }, (_, at) => (at * 37) % 256)],
    [
      'that ends too soon',
      (room) => written(room, (doc) => put(doc, 'shape:a', entriesOf(injection()))).slice(0, -3),
    ],
    [
      'with more behind it',
      (room) => Uint8Array.of(...written(room, (doc) => put(doc, 'shape:x', entriesOf(injection()))), 0),
    ],
    ['of another root', (room) => written(room, (doc) => doc.getMap('prices').set('botulinum', 300))],
    ['with a text', (room) => written(room, (doc) => doc.getText('chat').insert(0, 'hello'))],
    [
      'with a list in a record',
      (room) => written(room, (doc) => doc.getMap(recordsKey).set('shape:a', new Y.Array())),
    ],
    [
      'with a document in it',
      (room) => written(room, (doc) => doc.getMap(recordsKey).set('shape:a', new Y.Doc())),
    ],
    [
      'with a value where a record should be',
      (room) => written(room, (doc) => doc.getMap(recordsKey).set('shape:a', 5)),
    ],
    ['whose record is half', (room) => written(room, (doc) => put(doc, 'shape:a', [['type', 'injection']]))],
    [
      'whose record has too much',
      (room) => written(room, (doc) => put(doc, 'shape:a', [...entriesOf(injection()), ['price', 300]])),
    ],
    [
      'whose record has another’s name',
      (room) => written(room, (doc) => put(doc, 'page:a', entriesOf(injection()))),
    ],
    [
      'with a dose that can’t be',
      (room) => written(room, (doc) => put(doc, 'shape:a', [...entriesOf(injection()), ['props.hue', 99]])),
    ],
    [
      'with a name that reaches into objects',
      (room) =>
        written(room, (doc) =>
          put(doc, 'shape:a', [...entriesOf(injection()), ['__proto__', { isAdmin: true }]]),
        ),
    ],
    [
      'with such a name within a value',
      (room) =>
        written(room, (doc) =>
          put(doc, 'shape:a', [
            ...entriesOf(injection()),
            ['props.given', JSON.parse('{"__proto__":{"isAdmin":true}}')],
          ]),
        ),
    ],
    [
      'that erases nothing of nobody: Yjs takes it, and can’t read the document again',
      () => Uint8Array.of(0, 1, 77, 1, 0, 0),
    ],
    [
      'that erases the same twice',
      (room) => Uint8Array.of(0, 1, ...new WireWriter().varUint(room.clientID).with(), 2, 0, 1, 0, 1),
    ],
    [
      'that takes a part of a record away',
      (room, own) =>
        written(room, (doc) => {
          const record = doc.getMap(recordsKey).get(own);
          if (record instanceof Y.Map) record.delete('props.hue');
        }),
    ],
    [
      'that builds on what isn’t there',
      (room) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(room));
        put(doc, 'shape:a', entriesOf(injection()));
        const before = Y.encodeStateVector(doc);
        put(doc, 'shape:b', entriesOf(injection()));
        return Y.encodeStateAsUpdate(doc, before);
      },
    ],
    [
      'under another person’s replica',
      (room) => written(room, (doc) => put(doc, 'shape:a', entriesOf(injection())), room.clientID),
    ],
  ];
  it.each(wrong)('%s', async (_what, make) => {
    const { page, mark, enter, stands } = await open();
    const socket = await enter();
    socket.send(updateMessage(make(page.doc, mark.id)));
    expect(await socket.closed).toBe('refused');
    // Nobody has seen it, nothing of it is kept, and drawing goes on.
    page.draw(stroke(5));
    const left = await stands();
    expect([...left.keys()].sort((a, b) => a.localeCompare(b))).toEqual(page.ids());
    expect(left.size).toBe(2);
    expect([...left.values()].every((record) => schemeRecord.safeParse(record).success)).toBe(true);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    page.leave();
  });

  it('and so is what a guest brings of others', async () => {
    const { db, page, schemeId, enter, two } = await open();
    const guest = await enter(await addGuest(db, schemeId, 'draw'));
    const other = new Y.Doc();
    const colleague = await openPage(db, server.port, schemeId, two, { doc: other });
    await until(() => colleague.ids().length === 1);
    colleague.draw(injection());
    await colleague.saved();
    await until(() => page.ids().length === 2);
    guest.send(
      updateMessage(
        written(page.doc, (doc) => put(doc, 'shape:forged', entriesOf(injection())), other.clientID),
      ),
    );
    expect(await guest.closed).toBe('refused');
    expect(page.ids()).not.toContain('shape:forged');
    colleague.leave();
    page.leave();
  });
});

describe('a socket is closed', () => {
  it('for a frame above the limit', async () => {
    const { page, enter } = await open();
    const socket = await enter();
    socket.send(new Uint8Array(drawingBounds.messageBytes + 1));
    expect(await socket.closed).toBe('tooLarge');
    page.leave();
  });

  it('for messages that are none, for text, and for vectors that are none', async () => {
    const { page, enter } = await open();
    for (const frame of [
      Uint8Array.of(),
      Uint8Array.of(99),
      keptMessage(1),
      Uint8Array.of(0, 7, 0),
      vectorMessage(Uint8Array.of(3, 1)),
      awarenessMessage(Uint8Array.of(9, 9)),
    ]) {
      const socket = await enter();
      socket.send(frame);
      expect(await socket.closed).toBe('refused');
    }
    const talking = await enter();
    talking.socket.send('hello');
    expect(await talking.closed).toBe('refused');
    page.leave();
  });

  it('for a flood', async () => {
    const { page, enter } = await open();
    const socket = await enter();
    const state = awarenessMessage(writeStates([]));
    for (let count = 0; count <= drawingBounds.messagesPerTenSeconds; count++) socket.send(state);
    expect(await socket.closed).toBe('tooMany');
    page.leave();
  });

  it('for asking for the whole document again and again', async () => {
    const { page, enter } = await open();
    const socket = await enter();
    for (let count = 0; count < 10; count++) socket.send(vectorMessage(Uint8Array.of(0)));
    expect(await socket.closed).toBe('tooMany');
    page.leave();
  });

  it('that doesn’t read what it is sent', async () => {
    const { page, enter } = await open();
    const socket = await enter();
    socket.socket.pause();
    const points = Array.from({ length: 4_000 }, (_, at) => ({ x: at + 0.123, y: at * 1.1, z: 0.5 }));
    const big = stroke(1);
    if (big.type !== 'draw') throw new Error('no stroke');
    const segments = Array.from({ length: 6 }, () => ({ type: 'free' as const, points }));
    const isGivenUp = async () => {
      const metrics = await fetch(`http://127.0.0.1:${server.port}/metrics`).then((answer) => answer.text());
      return metrics.includes('collab_closed_total{why="tooSlow"} 1');
    };
    for (let count = 0; !(await isGivenUp()); count++) {
      page.draw({ ...big, props: { ...big.props, segments }, id: `shape:big-${count % 4}` });
      // Gone again at once, it makes traffic and no history.
      page.doc.getMap(recordsKey).delete(`shape:big-${count % 4}`);
      await page.saved();
    }
    socket.socket.terminate();
    expect(page.closedAs()).toBeNull();
    page.leave();
  });
});

it('shows nobody under another’s name', async () => {
  const { page, enter } = await open();
  page.provider.awareness.setLocalState({ cursor: { x: 1, y: 1 }, selected: [] });
  const seen = await openPage(
    database().db,
    server.port,
    page.provider.roomname,
    (await addDrawingStageOf(page.provider.roomname)).who,
  );
  await until(() => seen.provider.awareness.getStates().get(page.doc.clientID)?.['name'] === 'Person 1');
  const socket = await enter();
  const state = { cursor: { x: 9, y: 9 }, selected: [] };
  socket.send(awarenessMessage(writeStates([{ client: page.doc.clientID, clock: 99, state }])));
  socket.send(awarenessMessage(writeStates([{ client: page.doc.clientID, clock: 100, state: null }])));
  socket.send(awarenessMessage(writeStates([{ client: 77, clock: 1, state }])));
  await until(() => seen.provider.awareness.getStates().has(77));
  expect(seen.provider.awareness.getStates().get(page.doc.clientID)).toMatchObject({
    cursor: { x: 1, y: 1 },
    name: 'Person 1',
  });
  expect(seen.provider.awareness.getStates().get(77)).toMatchObject({ name: 'Person 2' });
  expect(socket.isClosed()).toBe(false);
  socket.socket.terminate();
  seen.leave();
  page.leave();
});

const addDrawingStageOf = async (schemeId: string) => ({
  who: await addGuest(database().db, schemeId, 'watch'),
});

it('lets through of mutated updates only those that are still whole', async () => {
  const { page, enter, stands } = await open();
  const random = randomFrom(20_261_123);
  const originals = [
    written(page.doc, (doc) => put(doc, 'shape:m1', entriesOf(stroke(60)))),
    written(page.doc, (doc) => put(doc, 'shape:m2', entriesOf(injection()))),
    written(page.doc, (doc) => doc.getMap(recordsKey).delete(page.ids()[0] ?? '')),
  ];
  let socket = await enter();
  for (let count = 0; count < 200; count++) {
    if (socket.isClosed() || socket.socket.readyState !== socket.socket.OPEN) socket = await enter();
    const original = originals[count % originals.length];
    if (original) socket.send(updateMessage(mutated(original, random)));
    // The answer to a mark comes after whatever became of the update.
    await new Promise((wake) => setImmediate(wake));
  }
  socket.socket.terminate();
  const left = await stands();
  expect([...left.values()].filter((record) => !schemeRecord.safeParse(record).success)).toEqual([]);
  expect(page.closedAs()).toBeNull();
  page.leave();
});

it('reads what Yjs writes, and nothing that nests too deep', () => {
  const doc = new Y.Doc();
  put(doc, 'shape:a', entriesOf(stroke(10)));
  expect(readUpdate(Y.encodeStateAsUpdate(doc))).not.toBeNull();
  let nested: unknown = 1;
  for (let depth = 0; depth < 100; depth++) nested = [nested];
  put(doc, 'shape:b', [['props.given', nested]]);
  expect(readUpdate(Y.encodeStateAsUpdate(doc))).toBeNull();
  expect(answerMessage(Uint8Array.of())).toEqual(Uint8Array.of(0, 1, 0));
});
