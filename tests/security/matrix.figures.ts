/** P1 and the half of P11 that is about completeness, and P13's forged requests, in their long forms; the short ones are in `tests/api`. */
import type { Figure } from '../bench/reporter.ts';
import { forge } from './forged.ts';
import { unaudited, unreached } from './known-gaps.ts';
import { matrix } from './matrix.ts';
import { onWorld } from './on-world.ts';
import { cardNames } from './world.ts';

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 100_000);

/** One line of each kind, as far as they differ before what they wrote: what was found shows whole, however often it was. */
const oneOfEach = (lines: readonly string[]): string[] =>
  [...new Map(lines.map((line) => [line.split('{')[0], line])).values()].slice(0, 50);

const everybody: Figure = {
  name: 'P1.matrix',
  unit: 'leaks',
  reach:
    '0: every procedure and route handler × everybody, and an account for each right alone × own, foreign, deleted and invented records',
  run: ({ progress, log }) =>
    onWorld(
      async (place) => {
        const result = await matrix(place, place.world, {
          seed,
          tries: 10,
          isShort: true,
          cards: cardNames,
          progress,
        });
        for (const line of oneOfEach([...result.leaks, ...result.faults])) log(line);
        const silent = [...result.unaudited].filter((door) => !(door in unaudited));
        const closed = result.unreached.filter((door) => !(door in unreached));
        const { procedures, handlers, actors, relations, sent } = result;
        const complete = silent.length + closed.length + result.unread.length + result.faults.length === 0;
        return {
          value: result.leaks.length,
          ok: result.leaks.length === 0 && complete && result.isRestored,
          detail: `(${procedures} procedures + ${handlers} handlers) × ${actors} people × ${relations} relations, ${sent} requests with seed ${seed}; faults ${result.faults.length}; changes without an entry in the trail: ${silent.join(', ') || 'none'}; reads of a card without one: ${result.unread.join(', ') || 'none'}; nobody could be let into: ${closed.join(', ') || 'none'}`,
        };
      },
      { single: true },
    ),
};

const forged: Figure = {
  name: 'P13.forged',
  unit: 'executed',
  reach: '0: every mutation in every body and method × every origin but ours, and ours as anything but JSON',
  run: ({ progress, log }) =>
    onWorld(async (place) => {
      const result = await forge(place, place.world, { seed, tries: 16, share: 1, progress });
      for (const line of result.executed.slice(0, 20)) log(line);
      return {
        value: result.executed.length,
        ok: result.executed.length === 0 && result.shown >= result.mutations * 0.9,
        detail: `${result.mutations} mutations × ${result.ways} ways, ${result.sent} requests; ${result.shown} of the inputs were accepted when they came from us`,
      };
    }),
};

export const figures: Figure[] = [everybody, forged];
