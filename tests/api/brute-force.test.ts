/** P7 and P8, the short form: the long one is `npm run test:security`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAbout, askingDoors } from '../security/alike.ts';
import {
  besiege,
  guessFromTheirSession,
  openSiege,
  type Siege,
  spray,
  workBehindOneAddress,
} from '../security/brute-force.ts';
import { type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { makeRoles } from '../support/people.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let siege: Siege;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now, trustedProxies: 1 });
  siege = await openSiege(server, clock);
  await makeHouse(siege.db, { hours: false });
  await makeRoles(siege.db);
});
afterAll(() => server.close());

describe('P7 guessing stops, and its victims don’t notice', { timeout: 120_000 }, () => {
  test('at one account, through every door', async () => {
    const { guesses, verified, ownerIn, ownerTried } = await besiege(siege, { waves: 10, perWave: 60 });
    expect(guesses).toBe(600);
    // Five free, then one in each quarter of an hour at the form; five codes of each of ten sessions.
    expect(verified).toBeLessThanOrEqual(100);
    expect(verified).toBeGreaterThan(20);
    expect(ownerIn).toBe(ownerTried);
  });

  test('at a password, from a session that is open already', async () => {
    const { verified } = await guessFromTheirSession(siege, { waves: 5 });
    expect(verified).toBeGreaterThan(4);
    expect(verified).toBeLessThanOrEqual(10);
  });

  test('at many accounts from one network, whatever it writes into its headers', async () => {
    const plain = await spray(siege, { accounts: 60, address: '203.0.113.7', name: 'a', forge: false });
    const forged = await spray(siege, { accounts: 60, address: '203.0.113.8', name: 'b', forge: true });
    expect([plain.verified, forged.verified]).toEqual([30, 30]);
  });

  test('and a clinic behind one address works on', async () => {
    const clinic = await workBehindOneAddress(siege, { people: 8, attacks: 60 });
    expect(clinic).toEqual({ people: 8, tried: 16, shutOut: 0 });
  });
});

describe('P8 asking tells nobody who has an account', { timeout: 60_000 }, () => {
  test.each(askingDoors)(
    '%s answers the same about addresses that somebody has and that nobody has',
    async (door) => {
      const { answers } = await askAbout(siege, door, 10);
      expect(answers).toHaveLength(1);
    },
  );
});
