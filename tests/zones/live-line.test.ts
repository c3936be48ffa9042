import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { done, refuse } from '../../src/domain/refusal.ts';
import { closeCodes } from '../../src/domain/scheme/close-codes.ts';
import { crc32 } from '../../src/ui/zones/live/checksum.ts';
import { LiveLine, type LineOptions } from '../../src/ui/zones/live/live-line.ts';
import { waitBeforeTry } from '../../src/ui/zones/live/retry.ts';
import { NodeWebSocket, TinyServer } from './tiny-server.ts';

let server: TinyServer;
const lines: { line: LiveLine; doc: Y.Doc }[] = [];
beforeEach(() => {
  server = new TinyServer();
});
afterEach(async () => {
  for (const { line, doc } of lines.splice(0)) {
    line.close();
    doc.destroy();
  }
  await server.stop();
});

const schemeId = '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10';
function newLine(options: Partial<LineOptions> = {}) {
  const doc = options.doc ?? new Y.Doc();
  const line = new LiveLine({
    doc,
    schemeId,
    fetchTicket: server.fetchTicket,
    WebSocketPolyfill: NodeWebSocket,
    random: () => 0,
    ...options,
  });
  lines.push({ line, doc });
  const states: string[] = [];
  line.on('status', ({ state }) => states.push(state));
  const write = (value: number) => doc.getMap('records').set('a', value);
  return { doc, line, states, write };
}
const becomes = (line: LiveLine, state: string) =>
  vi.waitFor(() => expect(line.status.state).toBe(state), { timeout: 20_000, interval: 5 });
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });

describe('the line', () => {
  it('carries what one does to the other, and calls it saved on the server’s word alone', async () => {
    const anna = newLine();
    const boris = newLine();
    anna.line.open();
    boris.line.open();
    await Promise.all([becomes(anna.line, 'saved'), becomes(boris.line, 'saved')]);
    server.keeps = false;
    anna.write(1);
    expect(anna.line.status.state).toBe('saving');
    await until(() => expect(boris.doc.getMap('records').get('a')).toBe(1));
    await until(() => expect(server.heard.at(-1)).toBe('mark'));
    expect(anna.line.status.state).toBe('saving');
    anna.write(2);
    server.keepAll();
    await until(() => expect(server.heard.filter((each) => each === 'mark').length).toBeGreaterThan(3));
    expect(anna.line.status.state).toBe('saving');
    server.keepAll();
    await becomes(anna.line, 'saved');
    expect(boris.states).toEqual(['saving', 'saved'].slice(-boris.states.length));
    expect(anna.line.unkeptUpdate()).toBeNull();
  });

  it('comes with a fresh ticket each time, and sends nothing before it was asked', async () => {
    const anna = newLine();
    anna.line.open();
    await becomes(anna.line, 'saved');
    server.cut();
    await until(() => expect(anna.line.status.state).not.toBe('saved'));
    anna.write(1);
    server.asks = false;
    await until(() => expect(server.pages).toBe(1));
    anna.write(2);
    await until(() => expect(server.heard.slice(-2)).toContain('vector'));
    anna.write(3);
    expect(anna.line.status.state).toBe('saving');
    const before = server.heard.length;
    server.ask();
    await becomes(anna.line, 'saved');
    expect(server.heard.slice(before)).toEqual(['answer', 'mark']);
    expect(server.heard).not.toContain('gap');
    expect(server.tickets).toEqual(['ticket-1', 'ticket-2']);
    expect(server.doc.getMap('records').get('a')).toBe(3);
  });

  it('takes no word of an earlier line for this one’s', async () => {
    const anna = newLine();
    anna.line.open();
    await becomes(anna.line, 'saved');
    server.keeps = false;
    anna.write(1);
    await until(() => expect(server.heard.at(-1)).toBe('mark'));
    server.losesUpdates = true;
    anna.write(2);
    await until(() => expect(server.heard.at(-1)).toBe('mark'));
    server.ask();
    await until(() => expect(server.heard.at(-2)).toBe('answer'));
    expect(anna.line.status.state).toBe('saving');
    server.keeps = true;
    server.keepAll();
    await becomes(anna.line, 'saved');
    expect(server.doc.getMap('records').get('a')).toBe(2);
  });

  it('goes on while there is nothing to connect to, and brings all of it', async () => {
    const anna = newLine({ random: () => 1 });
    let isAway = true;
    const ticket = vi.fn(() => (isAway ? Promise.reject(new Error('no network')) : server.fetchTicket()));
    const boris = newLine({ fetchTicket: ticket });
    boris.line.open();
    boris.write(1);
    boris.write(2);
    await becomes(boris.line, 'offline');
    expect(Y.decodeUpdate(boris.line.unkeptUpdate() ?? new Uint8Array()).structs).toHaveLength(2);
    isAway = false;
    await becomes(boris.line, 'saved');
    expect(ticket.mock.calls.length).toBeGreaterThan(1);
    anna.line.open();
    await becomes(anna.line, 'saved');
    expect(anna.doc.getMap('records').get('a')).toBe(2);
  });

  it('tries again at once when the network is back', async () => {
    let wake = () => undefined as void;
    const ticket = vi.fn(() => Promise.reject(new Error('no network')));
    const { line } = newLine({
      fetchTicket: ticket,
      random: () => 1,
      surroundings: {
        onWake: (listener) => {
          wake = listener;
          return () => undefined;
        },
        onOffline: () => () => undefined,
      },
    });
    line.open();
    await until(() => expect(ticket).toHaveBeenCalledTimes(1));
    await new Promise((resolve) => setImmediate(resolve));
    wake();
    expect(ticket).toHaveBeenCalledTimes(2);
  });

  it.each(['forbidden', 'closed', 'otherGeneration', 'revoked'] as const)(
    'ends for good where it was closed as %s',
    async (name) => {
      const anna = newLine();
      anna.line.open();
      await becomes(anna.line, 'saved');
      server.closeAll(closeCodes[name]);
      await becomes(anna.line, 'closed');
      expect(anna.line.status).toEqual({ state: 'closed', reason: { kind: 'closed', name } });
      expect(server.tickets).toHaveLength(1);
    },
  );

  it.each(['goingAway', 'unauthenticated', 'tooSlow', 'tooMany'] as const)(
    'comes back by itself where it was closed as %s',
    async (name) => {
      const anna = newLine();
      anna.line.open();
      await becomes(anna.line, 'saved');
      server.closeAll(closeCodes[name]);
      await until(() => expect(server.tickets).toHaveLength(2));
      await becomes(anna.line, 'saved');
      expect(anna.states).not.toContain('offline');
    },
  );

  it('goes to another server where its own goes away, and is back before anybody sees it gone', async () => {
    const other = new TinyServer();
    const [here, there] = [await server.fetchTicket(), await other.fetchTicket()];
    if (!here.ok || !there.ok) throw new Error('no tickets');
    const addresses = [...here.value.addresses, ...there.value.addresses];
    let asked = 0;
    const anna = newLine({ fetchTicket: async () => done({ addresses, ticket: `ticket ${++asked}` }) });
    anna.line.open();
    await becomes(anna.line, 'saved');
    anna.write(1);
    await becomes(anna.line, 'saved');
    server.closeAll(closeCodes.goingAway);
    await server.stop();
    anna.write(2);
    await becomes(anna.line, 'saved');
    expect(other.doc.getMap('records').get('a')).toBe(2);
    expect(anna.states).not.toContain('offline');
    anna.line.close();
    await other.stop();
  });

  it('says why there is no ticket', async () => {
    const { line } = newLine({ fetchTicket: async () => refuse('forbidden') });
    line.open();
    await becomes(line, 'closed');
    expect(line.status).toMatchObject({ reason: { kind: 'refused', refusal: { code: 'forbidden' } } });
  });

  it('who may only watch sends nothing; allowed to draw, all of it', async () => {
    server.mode = 'watch';
    const anna = newLine();
    const modes: string[] = [];
    anna.line.on('access', ({ mode }) => modes.push(mode));
    anna.line.open();
    await becomes(anna.line, 'saved');
    anna.write(1);
    await until(() => expect(server.heard).toContain('answer'));
    expect(server.heard.filter((each) => each === 'update' || each === 'mark')).toEqual([]);
    server.setMode('draw');
    await becomes(anna.line, 'saved');
    expect(modes).toEqual(['watch', 'draw']);
    expect(server.doc.getMap('records').get('a')).toBe(1);
  });

  it('asks again where the server holds something else, and only as long as it does', async () => {
    const anna = newLine();
    anna.line.open();
    await becomes(anna.line, 'saved');
    server.tellSum();
    server.doc.getMap('records').set('b', 5);
    const asked = () => server.heard.filter((each) => each === 'vector').length;
    const before = asked();
    server.tellSum();
    await until(() => expect(anna.doc.getMap('records').get('b')).toBe(5));
    server.tellSum();
    expect(asked()).toBe(before + 1);
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('shows who is here and where they point', async () => {
    const anna = newLine();
    const boris = newLine();
    anna.line.open();
    await becomes(anna.line, 'saved');
    anna.line.show({ cursor: { x: 5, y: 6 }, selected: ['shape:one'] });
    const pointed: unknown[] = [];
    boris.line.on('others', (others) => pointed.push(...[...others.values()].map(({ cursor }) => cursor)));
    boris.line.open();
    await until(() => expect(pointed).toContainEqual({ x: 5, y: 6 }));
    expect(boris.line.others()).toEqual(
      new Map([[anna.doc.clientID, { cursor: { x: 5, y: 6 }, selected: ['shape:one'] }]]),
    );
    server.cut();
    await until(() => expect(boris.line.others().size).toBe(0));
  });
});

describe('the pause before trying again', () => {
  it('grows from 0.3 to 10 seconds and is never the same for all', () => {
    expect(waitBeforeTry(0, () => 0)).toBe(300);
    expect(waitBeforeTry(0, () => 1)).toBe(600);
    expect(waitBeforeTry(20, () => 1)).toBe(10_000);
    expect(waitBeforeTry(20, () => 0.5)).toBeGreaterThan(5_000);
  });
});
