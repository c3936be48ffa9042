import { afterEach, expect, test, vi } from 'vitest';
import { type LiveBatch, touches } from '../src/ui/live/events.ts';
import { type Connection, openLiveStream, type Surroundings } from '../src/ui/live/live-stream.ts';

/** One browser: a lock that one tab holds at a time, and a channel between its tabs. */
function browser() {
  const waiting: (() => void)[] = [];
  let held = false;
  const tabs = new Set<{ onmessage: ((event: MessageEvent) => void) | null }>();
  const pass = () => {
    held = false;
    waiting.shift()?.();
  };
  return function tab(): Surroundings {
    const channel = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage(word: unknown) {
        for (const other of tabs) {
          if (other !== channel) other.onmessage?.(new MessageEvent('message', { data: word }));
        }
      },
      close: () => void tabs.delete(channel),
    };
    tabs.add(channel);
    return {
      channel,
      locks: {
        async request(_name, { signal }, work) {
          if (held) await new Promise<void>((go) => waiting.push(go));
          if (signal.aborted) {
            pass();
            throw new Error('aborted');
          }
          held = true;
          try {
            await work();
          } finally {
            pass();
          }
        },
      },
    };
  };
}

/** A server whose connections the test holds in its hand. */
function server() {
  const connections: { cursor: string; connection: Connection; closed: boolean }[] = [];
  return {
    connections,
    connect(cursor: string, connection: Connection) {
      const made = { cursor, connection, closed: false };
      connections.push(made);
      return () => {
        made.closed = true;
      };
    },
  };
}

const batch = (cursor: string): LiveBatch => ({ events: [], cursor, reset: false });
const settle = () => vi.advanceTimersByTimeAsync(0);

vi.useFakeTimers();
afterEach(() => vi.clearAllTimers());

test('two tabs share one connection, and both hear of everything', async () => {
  const tab = browser();
  const { connections, connect } = server();
  const heard: string[][] = [[], []];
  const listen = (index: number) => ({
    onBatch: ({ cursor }: LiveBatch) => void heard[index]?.push(cursor),
    onState: () => undefined,
  });
  const ends = [
    openLiveStream(connect, '5', listen(0), tab()),
    openLiveStream(connect, '6', listen(1), tab()),
  ];
  await settle();
  expect(connections.map(({ cursor }) => cursor)).toEqual(['5']);
  connections[0]?.connection.onBatch(batch('7'));
  expect(heard).toEqual([['7'], ['7']]);
  for (const end of ends) end();
});

test('when the listening tab closes, the next goes on from the last word it heard', async () => {
  const tab = browser();
  const { connections, connect } = server();
  const quiet = { onBatch: () => undefined, onState: () => undefined };
  const first = openLiveStream(connect, '5', quiet, tab());
  const second = openLiveStream(connect, '5', quiet, tab());
  await settle();
  connections[0]?.connection.onBatch(batch('9'));
  first();
  await settle();
  expect(connections.map(({ cursor, closed }) => [cursor, closed])).toEqual([
    ['5', true],
    ['9', false],
  ]);
  second();
});

test('a dropped connection is made again from the last word, ever more patiently', async () => {
  const { connections, connect } = server();
  const states: string[] = [];
  const end = openLiveStream(
    connect,
    '5',
    { onBatch: () => undefined, onState: (state) => void states.push(state) },
    { locks: null, channel: null },
  );
  await settle();
  connections[0]?.connection.onOpen();
  connections[0]?.connection.onBatch(batch('8'));
  connections[0]?.connection.onLost();
  await vi.advanceTimersByTimeAsync(250);
  expect(connections.map(({ cursor }) => cursor)).toEqual(['5', '8']);
  connections[1]?.connection.onLost();
  await vi.advanceTimersByTimeAsync(400);
  expect(connections).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(connections).toHaveLength(3);
  expect(states).toEqual(['open', 'connecting', 'connecting']);
  end();
  await settle();
  expect(connections[2]?.closed).toBe(true);
});

test('a tab that opens late is told what was said while it was loading, and only it', async () => {
  const tab = browser();
  const { connections, connect } = server();
  const heard: string[][] = [[], []];
  const listen = (index: number) => ({
    onBatch: ({ cursor }: LiveBatch) => void heard[index]?.push(cursor),
    onState: () => undefined,
  });
  const ends = [openLiveStream(connect, '5', listen(0), tab())];
  await settle();
  connections[0]?.connection.onBatch(batch('7'));
  ends.push(openLiveStream(connect, '6', listen(1), tab()));
  await settle();
  expect(heard).toEqual([['7'], ['7']]);
  for (const end of ends) end();
});

test('an event concerns a range by place and day; without either it concerns every range', () => {
  const range = { locationId: 'a', fromDate: '2026-11-23', untilDate: '2026-11-30' };
  const event = { locationId: 'a', dateFrom: '2026-11-29', dateTo: '2026-12-02' };
  expect(touches(event, range)).toBe(true);
  expect(touches({ ...event, dateFrom: '2026-11-30' }, range)).toBe(false);
  expect(touches({ ...event, dateFrom: '2026-11-01', dateTo: '2026-11-22' }, range)).toBe(false);
  expect(touches({ ...event, locationId: 'b' }, range)).toBe(false);
  expect(touches({ locationId: null, dateFrom: null, dateTo: null }, range)).toBe(true);
});
