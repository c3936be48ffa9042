import { afterEach, beforeEach, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { transact } from '../../src/server/db.ts';
import type { Deps } from '../../src/server/deps.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import { openQueue, type Queue } from '../../src/server/queue.ts';
import type { JobHandlers } from '../../workers/handlers.ts';
import { startWorker, type Worker } from '../../workers/worker.ts';
import { fileDatabase } from '../support/database.ts';
import { fixedClock, idSequence } from '../support/clock.ts';

const database = fileDatabase();
const appointmentId = '00000002-0000-7000-8000-000000000001';
let queue: Queue;
let worker: Worker | undefined;
const logged: { event: string; error?: string }[] = [];

beforeEach(async () => {
  logged.length = 0;
  queue = await openQueue(database().runtimeUrl);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await queue.stop();
});

async function work(handlers: JobHandlers): Promise<void> {
  const { db, runtimeUrl } = database();
  const deps: Deps = {
    db,
    queue,
    announcer: createAnnouncer(db),
    now: fixedClock().now,
    newId: idSequence(),
  };
  worker = await startWorker(runtimeUrl, deps, handlers, (event) => logged.push(event));
}

it('works off as the runtime role what a transaction enqueued, and only if that was committed', async () => {
  const done: string[] = [];
  await work({ 'expire-hold': async (_deps, payload) => void done.push(payload.appointmentId) });
  const lost = transact(database().db, async (tx) => {
    await queue.send(tx, 'expire-hold', { appointmentId: '00000002-0000-7000-8000-00000000dead' });
    throw new Error('undone');
  });
  await expect(lost).rejects.toThrow('undone');
  await transact(database().db, (tx) => queue.send(tx, 'expire-hold', { appointmentId }));
  await expect.poll(() => done, { timeout: 5000 }).toEqual([appointmentId]);
});

it('is at most a second late for a job that was enqueued for later', async () => {
  const startedAt: number[] = [];
  await work({ 'expire-hold': async () => void startedAt.push(Date.now()) });
  const startAfter = new Date(Date.now() + 1500);
  await transact(database().db, (tx) => queue.send(tx, 'expire-hold', { appointmentId }, { startAfter }));
  await expect.poll(() => startedAt.length, { timeout: 10_000 }).toBe(1);
  const lateMillis = (startedAt[0] ?? 0) - startAfter.getTime();
  expect(lateMillis).toBeGreaterThanOrEqual(0);
  expect(lateMillis).toBeLessThan(1000);
});

it('delivers a job that failed again, and logs nothing a person typed', async () => {
  const tries: number[] = [];
  await work({
    'expire-hold': async (_deps, _payload, { retryCount }) => {
      tries.push(retryCount);
      if (retryCount === 0) throw new TypeError('anna@example.com is not a function');
    },
  });
  // the pause before the second try is the queue's own business; here it only costs time
  await withClient(database().ownerUrl, (client) =>
    client.query(`update pgboss.queue set retry_delay = 1, retry_backoff = false where name = 'expire-hold'`),
  );
  await transact(database().db, (tx) => queue.send(tx, 'expire-hold', { appointmentId }));
  await expect.poll(() => tries, { timeout: 10_000 }).toEqual([0, 1]);
  expect(logged).toMatchObject([{ event: 'job failed', job: 'expire-hold', error: 'TypeError' }]);
  expect(JSON.stringify(logged)).not.toContain('anna');
});

it('lets a running job finish before it stops', async () => {
  let finished = false;
  const begun = Promise.withResolvers<void>();
  await work({
    'expire-hold': async () => {
      begun.resolve();
      await new Promise((resolve) => setTimeout(resolve, 700));
      finished = true;
    },
  });
  await transact(database().db, (tx) => queue.send(tx, 'expire-hold', { appointmentId }));
  await begun.promise;
  await worker?.stop();
  worker = undefined;
  expect(finished).toBe(true);
});
