/** One browser's event stream, read as it comes. */
import type { ApiProcess } from '../support/api-process.ts';
import { at } from '../support/api-call.ts';

export interface OpenStream {
  /** When an event about this record was heard, by `performance.now()`. */
  heardAt(entityId: string): number | undefined;
  /** How many messages came so far. */
  count(): number;
  /** Give it back to go on from here. */
  lastEventId(): string;
  close(): void;
}

/** Opens the stream; resolves with its first message. */
export async function openStream(web: ApiProcess, cookie: string, lastEventId?: string): Promise<OpenStream> {
  const reader = new AbortController();
  const query = lastEventId === undefined ? '' : `?lastEventId=${encodeURIComponent(lastEventId)}`;
  const response = await fetch(`${web.origin}/api/trpc/live.changes${query}`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: reader.signal,
  });
  if (response.status !== 200 || !response.body) throw new Error(`the stream answered ${response.status}`);
  const heard = new Map<string, number>();
  let count = 0;
  let last = '';
  const ready = Promise.withResolvers<void>();
  const take = (message: string) => {
    const id = /^id: ?(.*)$/m.exec(message)?.[1];
    const data = /^data: ?(.*)$/m.exec(message)?.[1];
    if (id === undefined || data === undefined) return;
    last = id;
    count++;
    const events = at(JSON.parse(data), 'json', 'events');
    for (const event of Array.isArray(events) ? events : []) {
      const entityId = at(event, 'entityId');
      if (typeof entityId === 'string' && !heard.has(entityId)) heard.set(entityId, performance.now());
    }
    ready.resolve();
  };
  const { body } = response;
  void (async () => {
    let rest = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + text).split('\n\n');
      rest = messages.pop() ?? '';
      messages.forEach(take);
    }
  })().catch(() => undefined);
  await ready.promise;
  return {
    heardAt: (entityId) => heard.get(entityId),
    count: () => count,
    lastEventId: () => last,
    close: () => reader.abort(),
  };
}
