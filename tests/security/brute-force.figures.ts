/** P7: guessing stops, and its victims don't notice. P8: asking tells nobody who has an account. The short form is in `tests/api`. */
import { migrate } from '../../scripts/migrate.ts';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import type { Figure } from '../bench/reporter.ts';
import { openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { makeHouse } from '../support/house.ts';
import { makeRoles } from '../support/people.ts';
import { asRuntimeRole } from '../support/template.ts';
import { askAbout, askingDoors, median, ratioOf } from './alike.ts';
import { guessFromTheirSession, openSiege, type Siege, spray, workBehindOneAddress } from './brute-force.ts';
import { besiege } from './siege.ts';

/** A house of its own, behind one proxy, with a clock that stands still until it is moved. */
async function withSiege<T>(work: (siege: Siege) => Promise<T>, durable = false): Promise<T> {
  const database = await openScratchDatabase({ durable });
  try {
    const runtimeUrl = asRuntimeRole(database.url);
    await migrate({ ownerUrl: database.url, runtimeUrl });
    const clock = fixedClock();
    const server = await openServer(runtimeUrl, { now: clock.now, trustedProxies: 1 });
    try {
      const siege = await openSiege(server, clock);
      await makeHouse(siege.db, { hours: false });
      await makeRoles(siege.db);
      return await work(siege);
    } finally {
      await server.close();
    }
  } finally {
    await database.close();
  }
}

const counts = (answers: Record<string, number>): string =>
  Object.entries(answers)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');

const everyDoor: Figure = {
  name: 'P7.every_door',
  unit: 'verified',
  reach:
    '≤ 100 at any one account, of 10,000 guesses at its password and mailed codes, and thousands at PINs, second factors and open sessions; all sign in on their devices throughout',
  run: ({ progress }) =>
    withSiege(async (siege) => {
      const { doors, victims, guesses, ownersTried, ownersIn } = await besiege(
        siege,
        { waves: 100, atTheForm: 90 },
        progress,
      );
      const most = Math.max(...Object.values(victims));
      const told = Object.entries(doors).map(
        ([door, { whose, verified, ...each }]) =>
          `${door} (${whose}): ${verified} of ${each.guesses} verified; ${counts(each.answers)}`,
      );
      const isReal = Object.values(doors).every(({ verified }) => verified > 0);
      return {
        value: most,
        ok: guesses >= 10_000 && isReal && most <= 100 && most > 50 && ownersIn === ownersTried,
        detail: [
          `${guesses} guesses from ever new addresses over 25 hours of the house’s clock, side by side and in batches of ten; by account: ${counts(victims)}; those whose secrets they are got in ${ownersIn} times of ${ownersTried}`,
          ...told,
        ].join('\n'),
      };
    }),
};

const stolenSession: Figure = {
  name: 'P7.stolen_session',
  unit: 'verified',
  reach: '≤ 100 of 2,400 guesses at a password from a session that is open already, in batches',
  run: () =>
    withSiege(async (siege) => {
      const { guesses, verified } = await guessFromTheirSession(siege, { waves: 120 });
      return {
        value: verified,
        ok: verified <= 100 && verified > 0,
        detail: `${guesses} guesses over 30 hours`,
      };
    }),
};

const spraying: Figure = {
  name: 'P7.spraying',
  unit: 'verified',
  reach: '≤ 30 of 1,000 accounts tried from one network; forged forwarding headers change nothing',
  run: () =>
    withSiege(async (siege) => {
      const plain = await spray(siege, { accounts: 1_000, address: '203.0.113.7', name: 'a', forge: false });
      const forged = await spray(siege, { accounts: 1_000, address: '203.0.113.8', name: 'b', forge: true });
      return {
        value: Math.max(plain.verified, forged.verified),
        ok: plain.verified <= 30 && forged.verified <= 30 && plain.verified > 0,
        detail: `plain ${plain.verified} (${counts(plain.answers)}); with a thousand forged addresses ${forged.verified} (${counts(forged.answers)})`,
      };
    }),
};

const oneAddress: Figure = {
  name: 'P7.one_address',
  unit: 'shut out',
  reach:
    '0 of 40 people behind one address, on new devices before and on their own after an attack from the same address',
  run: () =>
    withSiege(async (siege) => {
      const { people, shutOut, tried } = await workBehindOneAddress(siege, { people: 40, attacks: 200 });
      return { value: shutOut, ok: shutOut === 0, detail: `${people} people, ${tried} sign-ins` };
    }),
};

const samples = 1_000;
const widest = 0.05;

const alike: Figure = {
  name: 'P8.enumeration',
  unit: '%',
  reach: `same answers, medians within ${widest * 100} % with their confidence interval: ${samples} known and ${samples} unknown addresses at each of ${askingDoors.length} doors, interleaved`,
  run: ({ progress, log }) =>
    withSiege(async (siege) => {
      const parts: string[] = [];
      let furthest = 0;
      let same = true;
      for (const door of askingDoors) {
        const told = await askAbout(siege, door, samples, progress);
        const { ratio, low, high } = ratioOf(told);
        furthest = Math.max(furthest, Math.abs(low - 1), Math.abs(high - 1));
        same &&= told.answers.length === 1 && /^(200|401)\n/.test(told.answers[0] ?? '');
        const percent = (value: number) => `${((value - 1) * 100).toFixed(2)} %`;
        parts.push(
          `${door}: ${median(told.known).toFixed(2)} ms known, ${median(told.unknown).toFixed(2)} unknown, ${percent(ratio)} (95 %: ${percent(low)} … ${percent(high)}), ${told.answers.length} kind(s) of answer`,
        );
        log(parts.at(-1) ?? '');
      }
      return { value: furthest * 100, ok: same && furthest <= widest, detail: parts.join('\n') };
    }, true),
};

export const figures: Figure[] = [everyDoor, stolenSession, spraying, oneAddress, alike];
