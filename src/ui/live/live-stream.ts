/**
 * One event stream per browser. The tab that holds the lock listens to the server and passes every batch on to the others;
 * when it closes, the next one takes over from the last cursor it heard of, so nothing is missed and no seventh
 * connection hangs. Free of React and of the transport: both are handed in.
 */
import { newCallKey } from '../trpc/call-key.ts';
import type { LiveBatch, LiveState } from './events.ts';

export interface Connection {
  onBatch(batch: LiveBatch): void;
  onOpen(): void;
  /** The connection is gone, for whatever reason; called at most once. */
  onLost(): void;
}
/** Opens the server's stream from a cursor; the answer closes it. */
export type Connect = (cursor: string, connection: Connection) => () => void;

interface Listeners {
  onBatch(batch: LiveBatch): void;
  onState(state: LiveState): void;
}

type Word =
  /** `to`: said again for one tab alone. */
  | { kind: 'batch'; batch: LiveBatch; to: string | null }
  | { kind: 'state'; state: LiveState }
  /** A tab that has just opened asks for what was said while it was loading. */
  | { kind: 'hello'; from: string };

const lockName = 'dermis-live';
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Longer than any page takes from being made to listening. */
const recallMs = 120_000;

export interface LockManagerLike {
  request(name: string, options: { signal: AbortSignal }, work: () => Promise<void>): Promise<unknown>;
}
export interface ChannelLike {
  postMessage(word: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** The browser's parts; either may be missing (plain http on a local network), then every tab listens for itself. */
export interface Surroundings {
  locks: LockManagerLike | null;
  channel: ChannelLike | null;
}

export const browserSurroundings = (): Surroundings => ({
  locks: 'locks' in navigator ? navigator.locks : null,
  channel: 'locks' in navigator && 'BroadcastChannel' in window ? new BroadcastChannel(lockName) : null,
});

const isWord = (data: unknown): data is Word => typeof data === 'object' && data !== null && 'kind' in data;

/** Listens from `cursor` on until the answer is called. */
export function openLiveStream(
  connect: Connect,
  cursor: string,
  listeners: Listeners,
  { locks, channel }: Surroundings,
): () => void {
  const stopped = new AbortController();
  const self = newCallKey();
  let last = cursor;
  let leading = false;
  let state: LiveState = 'connecting';
  let recent: { at: number; batch: LiveBatch }[] = [];

  function hear(batch: LiveBatch) {
    if (batch.cursor !== '') last = batch.cursor;
    listeners.onBatch(batch);
  }
  function setState(next: LiveState) {
    state = next;
    listeners.onState(next);
    if (leading) channel?.postMessage({ kind: 'state', state: next } satisfies Word);
  }
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (!isWord(data) || stopped.signal.aborted) return;
      if (data.kind === 'batch' && !leading && (data.to === null || data.to === self)) hear(data.batch);
      else if (data.kind === 'state' && !leading) setState(data.state);
      else if (data.kind === 'hello' && leading) {
        for (const { batch } of recent)
          channel.postMessage({ kind: 'batch', batch, to: data.from } satisfies Word);
        channel.postMessage({ kind: 'state', state } satisfies Word);
      }
    };
    channel.postMessage({ kind: 'hello', from: self } satisfies Word);
  }

  async function lead() {
    leading = true;
    await stayConnected(
      (connection) =>
        connect(last, {
          ...connection,
          onBatch(batch) {
            hear(batch);
            const now = Date.now();
            recent = [...recent.filter(({ at }) => now - at < recallMs), { at: now, batch }];
            channel?.postMessage({ kind: 'batch', batch, to: null } satisfies Word);
          },
        }),
      setState,
      stopped.signal,
    );
  }

  if (locks && channel) {
    locks.request(lockName, { signal: stopped.signal }, lead).catch(() => undefined);
  } else {
    void lead();
  }
  return () => {
    stopped.abort();
    if (channel) {
      channel.onmessage = null;
      channel.close();
    }
  };
}

/** Connects again whenever the connection is lost, sooner when the browser says it is back; ends with the signal. */
async function stayConnected(
  open: (connection: Omit<Connection, 'onBatch'>) => () => void,
  setState: (state: LiveState) => void,
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    await new Promise<void>((lost) => {
      let gone = false;
      const close = open({
        onOpen() {
          if (gone) return;
          pauseMs = firstPauseMs;
          setState('open');
        },
        onLost() {
          if (gone) return;
          gone = true;
          lost();
        },
      });
      const end = () => {
        gone = true;
        close();
        lost();
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
    if (signal.aborted) return;
    setState('connecting');
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      signal.removeEventListener('abort', done);
      go();
    };
    const timer = setTimeout(done, milliseconds);
    globalThis.addEventListener?.('online', done);
    signal.addEventListener('abort', done);
  });
}
