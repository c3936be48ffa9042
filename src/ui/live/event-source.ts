/** The stream without the API's client: for clients' phones, where every kilobyte is loaded over the air. */
import type { LiveBatch } from './events.ts';
import type { Connect } from './live-stream.ts';

const openWithinMs = 10_000;

function batchOf(data: unknown, cursor: string): LiveBatch | null {
  const answer = typeof data === 'string' ? (JSON.parse(data) as { json?: Omit<LiveBatch, 'cursor'> }) : {};
  return answer.json ? { ...answer.json, cursor } : null;
}

/** Speaks to `live.changes` as the browser can by itself. */
export const connectEventSource: Connect = (cursor, { onBatch, onOpen, onLost }) => {
  const input = encodeURIComponent(JSON.stringify({ json: { lastEventId: cursor || null } }));
  const source = new EventSource(`/api/trpc/live.changes?input=${input}`);
  const timer = setTimeout(() => source.readyState === EventSource.CONNECTING && end(), openWithinMs);
  function close() {
    clearTimeout(timer);
    source.close();
  }
  function end() {
    close();
    onLost();
  }
  source.addEventListener('connected', onOpen);
  source.addEventListener('message', (message: MessageEvent) => {
    const batch = batchOf(message.data, message.lastEventId);
    if (batch) onBatch(batch);
  });
  // The server's own words for "over" and "failed"; a lost line is told by the browser.
  for (const word of ['return', 'serialized-error', 'error']) source.addEventListener(word, end);
  return close;
};
