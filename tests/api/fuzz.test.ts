/** P15, the short form: the long one is `npm run test:security`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzz } from '../security/fuzz.ts';
import { procedures } from '../security/procedures.ts';
import { type OpenServer, openServer } from '../support/api-server.ts';
import { addCast, type Cast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  cast = await addCast(database().db, clock.now());
});
afterAll(() => server.close());

test('P15 generated inputs bring about no fault and learn nothing of our insides', {
  timeout: 300_000,
}, async () => {
  const result = await fuzz(server, cast, {
    perProcedure: Number(process.env.FUZZ ?? 12),
    roles: ['nobody', 'client', 'specialist', 'administrator'],
    seed: Number(process.env.SEED ?? 1),
    ...(process.env.ONLY ? { only: process.env.ONLY } : {}),
  });
  console.log(result.sent, result.statuses, result.slowest, result.unreached, result.faults.length);
  expect(result.faults.slice(0, 60).join('\n')).toBe('');
  expect(result.sent).toBeGreaterThan(procedures.length * 4);
});
