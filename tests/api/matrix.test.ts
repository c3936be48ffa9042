/** P1 and P11's half of it, the short form: the long one is `npm run test:security`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { unaudited, unreached } from '../security/known-gaps.ts';
import { matrix } from '../security/matrix.ts';
import { makeWorld, type World } from '../security/world.ts';
import { listen, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
const clock = fixedClock();
const folder = mkdtempSync(path.join(tmpdir(), 'dermis-matrix-'));
let server: OpenServer;
let world: World;
let http: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  world = await makeWorld(database().db, clock.now(), { folder });
  http = await listen(server);
});
afterAll(async () => {
  await http.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const place = () => ({ origin: http.origin, ownerUrl: database().ownerUrl });
const short = { seed: 20_261_123, tries: 8, isShort: true };

test('P1 nobody reads or writes what isn’t theirs, through any door', { timeout: 300_000 }, async () => {
  const result = await matrix(place(), world, {
    ...short,
    cards: ['own', 'visited', 'foreign', 'merged'],
  });
  const { procedures, handlers, actors, relations, sent } = result;
  console.log(`P1: (${procedures} + ${handlers}) × ${actors} × ${relations}, ${sent} requests`);
  expect(result.leaks).toEqual([]);
  expect(result.faults).toEqual([]);
  // A new procedure or route handler is in it by itself; one that nobody could be let into has to be told there.
  expect(result.unreached.sort()).toEqual(Object.keys(unreached).sort());
  expect([...result.unaudited].filter((door) => !(door in unaudited))).toEqual([]);
  expect(result.unread).toEqual([]);
  expect(result.isRestored).toBe(true);
});

/** What the matrix is worth: it has to see a hole where there is one. */
test.each([
  [
    'a specialist whose role sees every card',
    `UPDATE role SET rights = '{clients.view_all}' WHERE key = 'specialist'`,
    'clients.',
    /name of foreign/,
  ],
  [
    'a desk whose role reads the trail of everybody’s sessions',
    `UPDATE role SET rights = rights || '{people.edit}' WHERE key = 'receptionist'`,
    'people.staff',
    /staffContact of colleague/,
  ],
  [
    'a specialist whose role writes into every card',
    `UPDATE role SET rights = '{clients.view_all,clients.edit}' WHERE key = 'specialist'`,
    'clients.edit',
    /UPDATE client/,
  ],
])('a hole made on purpose is seen: %s', { timeout: 60_000 }, async (_what, opening, door, seen) => {
  const { rows } = await withClient(database().ownerUrl, (owner) =>
    owner.query('SELECT key, rights FROM role'),
  );
  await withClient(database().ownerUrl, (owner) => owner.query(opening));
  try {
    const result = await matrix(place(), world, {
      ...short,
      cards: ['own', 'foreign'],
      only: ({ path: name }) => name.startsWith(door),
    });
    expect(result.leaks.join('\n')).toMatch(seen);
  } finally {
    await withClient(database().ownerUrl, async (owner) => {
      for (const { key, rights } of rows)
        await owner.query('UPDATE role SET rights = $2 WHERE key = $1', [key, rights]);
    });
  }
});
