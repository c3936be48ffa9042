import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { closeCodes } from '../../src/domain/scheme/close-codes.ts';
import { Shelf, type ShelfBackend, type ShelfRecord } from '../../src/ui/zones/live/kept-on-device.ts';
import { type Drawing, type DrawingOptions, openDrawing } from '../../src/ui/zones/live/open-drawing.ts';
import { injection, PlainStore, recordsOf } from './editors.ts';
import { NodeWebSocket, TinyServer } from './tiny-server.ts';

class Cupboard implements ShelfBackend {
  readonly records = new Map<string, ShelfRecord>();
  async put(record: ShelfRecord) {
    this.records.set(record.key, structuredClone(record));
  }
  async all() {
    return [...this.records.values()];
  }
  async remove(keys: readonly string[]) {
    for (const key of keys) this.records.delete(key);
  }
  async clear() {
    this.records.clear();
  }
}

const schemeId = '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10';
const day = 24 * 60 * 60 * 1_000;
let server: TinyServer;
let cupboard: Cupboard;
let now = 0;
const opened: Drawing[] = [];
beforeEach(() => {
  server = new TinyServer();
  cupboard = new Cupboard();
  now = Date.UTC(2026, 10, 23);
});
afterEach(async () => {
  for (const drawing of opened.splice(0)) await drawing.close();
  await server.stop();
});

const shelfOf = (owner = 'anna', backend: ShelfBackend = cupboard) =>
  new Shelf(backend, { owner, now: () => now });
const noNetwork = () => Promise.reject(new Error('no network'));
async function open(options: Partial<DrawingOptions> = {}) {
  const drawing = await openDrawing({
    schemeId,
    generation: 1,
    fetchTicket: server.fetchTicket,
    WebSocketPolyfill: NodeWebSocket,
    random: () => 0,
    shelf: shelfOf(),
    ...options,
  });
  opened.push(drawing);
  const store = new PlainStore();
  const binding = drawing.bind(store);
  return { drawing, store, binding };
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
const isSaved = (drawing: Drawing) => until(() => expect(drawing.line.status.state).toBe('saved'));

/** Draws without a line and is gone without a word. */
async function drawAndDie(id: string, options: Partial<DrawingOptions> = {}): Promise<void> {
  const { drawing, store } = await open({ fetchTicket: noNetwork, ...options });
  const before = cupboard.records.size;
  store.put([injection(id)]);
  drawing.flush();
  await until(() => expect(cupboard.records.size).toBe(before + 1));
  drawing.line.close();
  opened.splice(opened.indexOf(drawing), 1);
}

describe('a drawing', () => {
  it('goes from one editor into the other’s, and from there into undo', async () => {
    const anna = await open();
    const boris = await open();
    anna.store.put([injection('one')]);
    anna.binding.flush();
    await until(() => expect(boris.store.get('shape:one')).toEqual(injection('one')));
    await isSaved(anna.drawing);
    anna.binding.undo.undo();
    await until(() => expect(boris.store.allRecords()).toEqual([]));
    await isSaved(anna.drawing);
    anna.drawing.flush();
    await until(() => expect(cupboard.records.size).toBe(0));
  });

  it('drawn without a line and left without a word comes back on the next opening', async () => {
    await drawAndDie('one');
    await drawAndDie('two');
    const { drawing, store } = await open();
    expect(drawing.found.mergedCount).toBe(2);
    await isSaved(drawing);
    expect(Object.keys(recordsOf(server.doc))).toEqual(['shape:one', 'shape:two']);
    expect(store.allRecords()).toHaveLength(2);
    await until(() => expect(cupboard.records.size).toBe(0));
  });

  it('also where it builds on what only the server has', async () => {
    const first = await open();
    first.store.put([injection('one')]);
    first.binding.flush();
    await isSaved(first.drawing);
    await until(() => expect(Object.keys(recordsOf(server.doc))).toEqual(['shape:one']));
    server.losesUpdates = true;
    server.keeps = false;
    first.store.put([injection('one', { x: 700 })]);
    first.drawing.flush();
    await until(() => expect(cupboard.records.size).toBe(1));
    first.drawing.line.close();
    opened.length = 0;
    server.losesUpdates = false;
    server.keeps = true;
    const again = await open();
    await isSaved(again.drawing);
    expect(recordsOf(server.doc)['shape:one']).toMatchObject({ x: 700 });
    expect(again.store.get('shape:one')).toMatchObject({ x: 700 });
  });

  it('drawn on a beginning that was thrown back is shown, never merged, and goes when it is told to', async () => {
    await drawAndDie('one');
    const { drawing, store } = await open({ generation: 2 });
    await isSaved(drawing);
    expect(drawing.found.mergedCount).toBe(0);
    expect(drawing.found.earlier.map(({ generation }) => generation)).toEqual([1]);
    expect(store.allRecords()).toEqual([]);
    await drawing.found.forgetEarlier();
    expect(cupboard.records.size).toBe(0);
  });

  it('of another person on this device is not offered, nor one of last month', async () => {
    await drawAndDie('one', { shelf: shelfOf('boris') });
    await drawAndDie('two');
    now += 31 * day;
    await drawAndDie('three');
    const { drawing } = await open();
    await isSaved(drawing);
    expect(Object.keys(recordsOf(server.doc))).toEqual(['shape:three']);
    await until(() => expect(cupboard.records.size).toBe(0));
  });

  it('closed for good keeps on the device what it couldn’t hand over', async () => {
    const { drawing, store } = await open();
    await isSaved(drawing);
    server.keeps = false;
    store.put([injection('one')]);
    drawing.flush();
    server.closeAll(closeCodes.revoked);
    await until(() => expect(drawing.line.status.state).toBe('closed'));
    drawing.flush();
    await until(() => expect(cupboard.records.size).toBe(1));
  });

  it('goes on where the device keeps nothing, or nonsense', async () => {
    const broken: ShelfBackend = { put: noNetwork, all: noNetwork, remove: noNetwork, clear: noNetwork };
    const { drawing, store } = await open({ shelf: shelfOf('anna', broken) });
    store.put([injection('one')]);
    drawing.flush();
    await isSaved(drawing);
    await shelfOf().keep({ schemeId, generation: 1, tab: 'x' }, Uint8Array.of(9, 9, 9));
    expect((await shelfOf().find(schemeId, 1)).own).toEqual([]);
    const huge = new Uint8Array(16 * 1024 * 1024 + 1);
    expect(await shelfOf().keep({ schemeId, generation: 1, tab: 'y' }, huge)).toBe(false);
  });

  it('who may only watch has the hand’s work taken back', async () => {
    server.doc.getMap('records');
    server.mode = 'watch';
    const { drawing, store, binding } = await open();
    await isSaved(drawing);
    store.put([injection('one')]);
    binding.flush();
    expect(store.allRecords()).toEqual([]);
    server.setMode('draw');
    await until(() => expect(drawing.line.access?.mode).toBe('draw'));
    store.put([injection('two')]);
    binding.flush();
    await isSaved(drawing);
    expect(Object.keys(recordsOf(server.doc))).toEqual(['shape:two']);
  });

  it('survives the line being lost with undo and all', async () => {
    const anna = await open();
    const boris = await open();
    anna.store.put([injection('one')]);
    anna.binding.undo.mark();
    await until(() => expect(boris.store.get('shape:one')).toBeDefined());
    server.cut();
    anna.store.put([injection('one', { x: 500 })]);
    anna.binding.undo.mark();
    boris.store.put([injection('one', { hue: 9 })]);
    boris.binding.flush();
    await until(() => expect(server.pages).toBe(2));
    await until(() => expect(anna.store.get('shape:one')).toMatchObject({ x: 500, props: { hue: 9 } }));
    anna.binding.undo.undo();
    await until(() => expect(boris.store.get('shape:one')).toMatchObject({ x: 100, props: { hue: 9 } }));
    await Promise.all([isSaved(anna.drawing), isSaved(boris.drawing)]);
    expect(Y.encodeStateVector(server.doc)).toEqual(Y.encodeStateVector(anna.drawing.doc));
  });
});
