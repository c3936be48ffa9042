/** More at once than the pool has lines: people wait or are told by name to come again, and nothing is left half done. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { call } from '../support/api-call.ts';
import { type OpenServer, openServer } from '../support/api-server.ts';
import { at } from '../support/booking-stage.ts';
import { addCast, type Cast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { breaches } from '../support/invariants.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now, poolSize: 10 });
  cast = await addCast(database().db, clock.now());
});
afterAll(() => server.close());

const holdAs = (browser: string, hour: number) =>
  call(server, 'mutation', 'booking.hold', {
    input: {
      locationId: cast.clinic.locationId,
      items: [{ serviceId: cast.clinic.facial, specialistId: null, techniqueIds: [] }],
      startsAt: at(hour),
      idempotencyKey: randomUUID(),
    },
    cookie: `dermis.holder=${browser}`,
  });

test('five hundred holds at once over ten lines: winners, clean refusals, or “busy”', {
  timeout: 60_000,
}, async () => {
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, index) => holdAs(randomUUID(), 9 + (index % 8))),
  );
  const codes = new Map<string, number>();
  for (const { status, refusalCode } of answers) {
    const code = `${status} ${refusalCode}`;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect(
    [...codes.keys()].filter((code) => !['200 null', '409 slot_taken', '503 busy'].includes(code)),
  ).toEqual([]);
  expect(codes.get('200 null')).toBe(16); // eight hours, two specialists
  expect(await withClient(database().ownerUrl, breaches)).toEqual([]);
});

test('a table locked by somebody else: “busy” within the promised time, not a fault; and well again after', {
  timeout: 30_000,
}, async () => {
  await withClient(database().ownerUrl, async (owner) => {
    await owner.query('BEGIN; LOCK TABLE claim IN ACCESS EXCLUSIVE MODE');
    const began = performance.now();
    const answers = await Promise.all([holdAs(randomUUID(), 9), holdAs(randomUUID(), 10)]);
    expect(performance.now() - began).toBeLessThan(10_000);
    for (const { status, refusalCode, body } of answers) {
      expect([status, refusalCode]).toEqual([503, 'busy']);
      expect(body).not.toMatch(/claim|lock|timeout|\bat /i);
    }
    await owner.query('ROLLBACK');
  });
  expect((await holdAs(randomUUID(), 9)).status).toBe(409);
});

test('every line taken away at once: the next request finds new ones', { timeout: 30_000 }, async () => {
  const flying = Promise.all(Array.from({ length: 40 }, (_, index) => holdAs(randomUUID(), 9 + (index % 8))));
  await withClient(database().ownerUrl, (owner) =>
    owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'dermis_app' AND datname = current_database()`,
    ),
  );
  for (const { status, refusalCode } of await flying)
    expect(['409 slot_taken', '503 busy', '200 null']).toContain(`${status} ${refusalCode}`);
  expect((await holdAs(randomUUID(), 9)).status).toBe(409);
  expect(await withClient(database().ownerUrl, breaches)).toEqual([]);
});
