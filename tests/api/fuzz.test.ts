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
  timeout: 240_000,
}, async () => {
  const perProcedure = 10;
  const result = await fuzz(server, cast, {
    perProcedure,
    perOtherRole: 3,
    roles: ['administrator', 'client', 'otherClient', 'specialist', 'nobody'],
    seed: 20_261_122, // the same inputs every time; `npm run test:security` takes others
  });
  expect(result.faults.slice(0, 20), `seed ${result.seed}`).toEqual([]);
  expect(result.sent).toBeGreaterThan(procedures.length * 12);
  expect(result.fewest.lookedAt, result.fewest.path).toBeGreaterThanOrEqual(perProcedure);
  // A stream is attacked like any other procedure.
  expect(result.streams).toEqual(['live.changes']);
});
