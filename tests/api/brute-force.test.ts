/** P7 and P8, the short form: the long one is `npm run test:security`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAbout, askingDoors } from '../security/alike.ts';
import {
  guessFromTheirSession,
  openSiege,
  type Siege,
  spray,
  workBehindOneAddress,
} from '../security/brute-force.ts';
import { besiege } from '../security/siege.ts';
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
  test('through every door, by whoever holds all but the secret behind it', async () => {
    const { doors, ownersIn, ownersTried } = await besiege(siege, { waves: 4, atTheForm: 15 });
    const { pin, ...others } = doors;
    const verified = Object.entries(others).map(([door, told]) => [door, told.verified]);
    expect(Object.fromEntries(verified)).toEqual({
      // Five free, then one in each quarter of an hour.
      sign_in: 5 + 3,
      // Five of each of four codes.
      prove_code: 20,
      // At the form and behind the link, each as at the form.
      second_factor: 2 * (5 + 3),
      // In two sessions.
      step_up: 2 * (5 + 3),
    });
    // Three at once, and one in each quarter of an hour, however often the way back is opened anew; of those who came at the same
    // time one more may not have been counted.
    expect(pin.verified).toBeGreaterThanOrEqual(3 + 3);
    expect(pin.verified).toBeLessThanOrEqual(3 + 3 + 1);
    expect([ownersTried, ownersIn]).toEqual([16, 16]);
  });

  test('at a password, from a session that is open already', async () => {
    const { verified } = await guessFromTheirSession(siege, { waves: 5 });
    expect(verified).toBeGreaterThan(4);
    expect(verified).toBeLessThanOrEqual(10);
  });

  test('at many accounts from one network, whatever it writes into its headers', async () => {
    const plain = await spray(siege, { accounts: 40, address: '203.0.113.7', name: 'a', forge: false });
    const forged = await spray(siege, { accounts: 40, address: '203.0.113.8', name: 'b', forge: true });
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
      // Broken for everybody is alike, too.
      expect(answers[0]).toMatch(/^(200|401)\n/);
    },
  );
});
