/** Event streams: many opened and left behind leave nothing, and none outlives its reader's right or the process. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { transact } from '../../src/server/db.ts';
import { noteChange } from '../../src/server/live/events.ts';
import { unattendedHeader } from '../../src/domain/unattended.ts';
import { endOpenStreams } from '../../src/api/http/open-streams.ts';
import type { EventHub } from '../../src/server/live/hub.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { call } from '../support/api-call.ts';
import { addCast, type Cast, type Role } from '../support/cast.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
let server: OpenServer;
let cast: Cast;
/** How many listeners the hub has. */
let listeners = 0;

beforeAll(async () => {
  const opened = await openServer(database().runtimeUrl);
  const hub: EventHub = {
    ...opened.hub,
    subscribe(onBatch) {
      const leave = opened.hub.subscribe(onBatch);
      listeners++;
      let left = false;
      return () => {
        if (!left) listeners--;
        left = true;
        leave();
      };
    },
  };
  server = { ...opened, hub };
  cast = await addCast(database().db, new Date());
});
afterAll(() => server.close());

async function open(
  lastEventId?: string,
  role: Role = 'administrator',
): Promise<{
  reader: AbortController /** Reads until it has come. */;
  heard(pattern: RegExp): Promise<string>;
  ended(): Promise<boolean>;
}> {
  const reader = new AbortController();
  const response = await handleTrpc(
    new Request(
      `${appUrl}/api/trpc/live.changes${lastEventId === undefined ? '' : `?lastEventId=${lastEventId}`}`,
      {
        headers: { cookie: cast.cookies[role], accept: 'text/event-stream' },
        signal: reader.signal,
      },
    ),
    server,
  );
  expect(response.status).toBe(200);
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!chunks) throw new Error('a stream without a body');
  return {
    reader,
    async heard(pattern) {
      let text = '';
      while (!pattern.test(text)) {
        const { done, value } = await chunks.read();
        if (done) throw new Error(`ended before ${pattern}: ${text.slice(-300)}`);
        text += value;
      }
      return text;
    },
    ended: () =>
      chunks.read().then(
        ({ done }) => done,
        () => true,
      ),
  };
}
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('nobody there', () => {
  const seenAt = async () =>
    (
      await database().db.session.findFirstOrThrow({
        where: { account: { roles: { some: { role: { key: 'specialist' } } } } },
        orderBy: { lastSeenAt: 'desc' },
      })
    ).lastSeenAt.getTime();
  const longAgo = new Date(Date.now() - 3_600_000);

  test('a stream, and what a page asks while nobody moves, keep no session from growing idle', async () => {
    await database().db.session.updateMany({ data: { lastSeenAt: longAgo } });
    const stream = await open(undefined, 'specialist');
    await stream.heard(/"reset"/);
    await sleep(2_000);
    stream.reader.abort();
    const cookie = cast.cookies.specialist;
    const headers = { [unattendedHeader]: '1' };
    expect((await call(server, 'query', 'account.me', { cookie, headers })).status).toBe(200);
    expect(await seenAt()).toBe(longAgo.getTime());
    expect((await call(server, 'query', 'account.me', { cookie })).status).toBe(200);
    expect(await seenAt()).toBeGreaterThan(longAgo.getTime());
  });

  test('staff hear that a card or a message changed; which one, only whoever sees it', async () => {
    const [hidden, messageId] = [randomUUID(), randomUUID()];
    const write = () =>
      transact(database().db, async (tx) => {
        await noteChange(tx, { topic: 'client', entityId: hidden });
        await noteChange(tx, { topic: 'message', entityId: messageId });
      });
    const heardBy = async (role: Role) => {
      const stream = await open(undefined, role);
      await stream.heard(/"reset"/);
      await write();
      const text = await stream.heard(/"topic":"message"/);
      stream.reader.abort();
      return text;
    };
    const told = await heardBy('specialist');
    expect(told).toContain('"topic":"client"');
    expect(told).not.toContain(hidden);
    expect(told).not.toContain(messageId);
    expect(await heardBy('administrator')).toContain(hidden);
  });
});

describe('open streams', () => {
  test('300 opened and left, three times over, leave no listener and no timer behind', {
    timeout: 60_000,
  }, async () => {
    const before = timers();
    for (let round = 0; round < 3; round++) {
      const streams = await Promise.all(Array.from({ length: 300 }, () => open()));
      for (const stream of streams) await stream.heard(/"reset"/);
      await expect.poll(() => listeners).toBe(300);
      for (const { reader } of streams) reader.abort();
      await expect.poll(() => listeners, { timeout: 5_000 }).toBe(0);
    }
    // A line that rests in the pool keeps one timer, and there are ten; of the 900 streams nothing stays.
    await expect.poll(timers, { timeout: 10_000 }).toBeLessThanOrEqual(before + 10);
  });

  test('left while it is being opened, sooner or later: nothing stays either', async () => {
    await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const reader = new AbortController();
        const opening = handleTrpc(
          new Request(`${appUrl}/api/trpc/live.changes`, {
            headers: { cookie: cast.cookies.administrator, accept: 'text/event-stream' },
            signal: reader.signal,
          }),
          server,
        );
        await sleep(index % 40);
        reader.abort();
        await opening.catch(() => null);
      }),
    );
    await expect.poll(() => listeners, { timeout: 5_000 }).toBe(0);
  });

  test('one that has been revoked ends within two seconds, silently', async () => {
    const stream = await open();
    await expect.poll(() => listeners).toBe(1);
    await database().db.session.updateMany({ data: { revokedAt: new Date() } });
    await expect.poll(() => listeners, { timeout: 2_500 }).toBe(0);
    await cast.signIn(new Date());
    stream.reader.abort();
  });

  test('a tag put on or taken off acts on the specialist’s next request, and their open page hears of it', async () => {
    const { db } = database();
    const clientId = cast.clinic.otherClientId;
    const { id: tagId } = await db.tag.create({ data: { id: randomUUID(), name: 'Nora’s', isAccess: true } });
    await db.specialistTag.create({ data: { specialistId: cast.clinic.nora, tagId } });
    const stream = await open(undefined, 'specialist');
    await stream.heard(/"reset"/);
    const sees = async () =>
      (
        await call(server, 'query', 'clients.card', {
          input: { clientId },
          cookie: cast.cookies.specialist,
        })
      ).status === 200;
    const asDesk = (path: string) =>
      call(server, 'mutation', path, { input: { clientId, tagId }, cookie: cast.cookies.administrator });
    expect(await sees()).toBe(false);
    expect((await asDesk('clients.addTag')).status).toBe(200);
    expect(await sees()).toBe(true);
    await stream.heard(new RegExp(clientId));
    // Whose card it was they may not hear any more; that one has gone, they must.
    expect((await asDesk('clients.removeTag')).status).toBe(200);
    expect(await sees()).toBe(false);
    expect(await stream.heard(/"topic":"client"/)).not.toContain(clientId);
    stream.reader.abort();
    await expect.poll(() => listeners, { timeout: 5_000 }).toBe(0);
  });

  test.each(['99999999999999999999', '18446744073709551615', '-1', 'nonsense', '0x10', '%00'])(
    'a last event id that is none (%s) means: read everything again',
    async (lastEventId) => {
      const stream = await open(lastEventId);
      const text = await stream.heard(/"reset"|rror/);
      expect(text).not.toMatch(/internal|INTERNAL/);
      stream.reader.abort();
      await expect.poll(() => listeners, { timeout: 5_000 }).toBe(0);
    },
  );

  test('a reader who pauses hears afterwards what happened meanwhile', async () => {
    const stream = await open();
    for (let index = 0; index < 150; index++) {
      await transact(database().db, (tx) => noteChange(tx, { topic: 'calendar', dateFrom: '2026-06-04' }));
      server.deps.announcer.announce();
      if (index % 10 === 0) await sleep(40);
    }
    await sleep(1_200);
    await stream.heard(/2026-06-04/);
    stream.reader.abort();
    await expect.poll(() => listeners, { timeout: 5_000 }).toBe(0);
  });

  // Last: the process has been told to stop from here on.
  test('all end when the process is asked to stop, and none opens after', async () => {
    const streams = await Promise.all([open(), open()]);
    await expect.poll(() => listeners).toBe(2);
    endOpenStreams();
    await expect.poll(() => listeners).toBe(0);
    expect(streams).toHaveLength(2);
    const late = await open().catch(() => null);
    if (late) while (!(await late.ended()));
    expect(listeners).toBe(0);
  });
});
