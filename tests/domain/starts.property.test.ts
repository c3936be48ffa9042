import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assignmentFor,
  findStarts,
  fitsAt,
  mergeStarts,
  nearestStarts,
  type StartsInput,
  startsByCandidate,
} from '../../src/domain/starts.ts';
import { startsInput } from '../support/starts-arbitrary.ts';
import { oracle } from '../support/starts-oracle.ts';

const MINUTE = 60_000;
const runs = 400;
/** The oracle is slow on purpose. */
const oracleRuns = 220;

function withClaims(
  input: StartsInput,
  claims: readonly { resourceId: string; startMs: number; endMs: number }[],
): StartsInput {
  const busy = new Map([...input.busy].map(([id, spans]): [string, number[]] => [id, [...spans]]));
  for (const { resourceId, startMs, endMs } of claims)
    busy.set(resourceId, [...(busy.get(resourceId) ?? []), startMs, endMs]);
  return { ...input, busy };
}

describe('the search agrees with the oracle and with itself', () => {
  test('START-1 every minute on its own says the same', { timeout: 60_000 }, () => {
    let starts = 0;
    fc.assert(
      fc.property(startsInput, (input) => {
        const found = startsByCandidate(input);
        starts += found.flat().length;
        expect(found).toEqual(oracle(input));
      }),
      { numRuns: oracleRuns },
    );
    // A generator that leaves nothing to find would prove nothing.
    expect(starts).toBeGreaterThan(oracleRuns);
  });

  test('START-12 what is found fits, and what fits in the window is found', () => {
    fc.assert(
      fc.property(startsInput, fc.nat({ max: 2000 }), (input, offset) => {
        for (const { startsAt, specialistIds } of findStarts(input).slice(0, 12))
          for (const id of specialistIds) {
            const fit = fitsAt(input, id, startsAt);
            expect(fit.reasons).toEqual([]);
            expect(fit.assignment).not.toBeNull();
          }
        const probe = input.window.fromMs + offset * MINUTE;
        if (probe >= input.window.toMs) return;
        const lists = startsByCandidate(input);
        for (const [index, { specialistId }] of input.candidates.entries())
          expect(fitsAt(input, specialistId, probe).reasons.length === 0).toBe(lists[index]?.includes(probe));
      }),
      { numRuns: runs },
    );
  });

  test('START-10 another claim never adds a start', () => {
    fc.assert(
      fc.property(
        startsInput,
        fc.constantFrom('ann', 'ben', 'r1', 'r2', 'l1'),
        fc.nat({ max: 2500 }),
        fc.integer({ min: 1, max: 300 }),
        (input, resourceId, at, length) => {
          const startMs = input.window.fromMs + at * MINUTE;
          const before = startsByCandidate(input);
          const after = startsByCandidate(
            withClaims(input, [{ resourceId, startMs, endMs: startMs + length * MINUTE }]),
          );
          for (const [index, list] of after.entries())
            expect(list.filter((start) => !before[index]?.includes(start))).toEqual([]);
        },
      ),
      { numRuns: runs },
    );
  });

  test('START-11 a start once booked is gone, for everyone who would need the same', () => {
    fc.assert(
      fc.property(startsInput, fc.nat(), (input, pick) => {
        const starts = findStarts(input);
        const start = starts[pick % Math.max(1, starts.length)];
        const id = start?.specialistIds[0];
        if (!start || id === undefined) return;
        const assignment = assignmentFor(input, id, start.startsAt);
        expect(assignment).not.toBeNull();
        const booked = withClaims(input, assignment?.claims ?? []);
        expect(fitsAt(booked, id, start.startsAt).reasons).toContain('busy');
        const left = findStarts(booked).find(({ startsAt }) => startsAt === start.startsAt);
        expect(left?.specialistIds ?? []).not.toContain(id);
      }),
      { numRuns: runs },
    );
  });

  test('START-9 the claims of an assignment are sorted, disjoint per resource and free', () => {
    fc.assert(
      fc.property(startsInput, (input) => {
        for (const { startsAt, specialistIds } of findStarts(input).slice(0, 6)) {
          const claims = assignmentFor(input, specialistIds[0] ?? '', startsAt)?.claims ?? [];
          for (const [i, claim] of claims.entries()) {
            const next = claims[i + 1];
            if (next) expect(claim.resourceId < next.resourceId || claim.endMs < next.startMs).toBe(true);
            const taken = input.busy.get(claim.resourceId) ?? [];
            for (let k = 0; k < taken.length; k += 2)
              expect((taken[k] ?? 0) < claim.endMs && claim.startMs < (taken[k + 1] ?? 0)).toBe(false);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test.each(['schedule', 'gap', 'tight'] as const)(
    'START-2 the window only cuts, it never moves the grid (%s)',
    (align) => {
      fc.assert(
        fc.property(startsInput, fc.nat({ max: 1500 }), (given, cut) => {
          const input = { ...given, policy: { ...given.policy, align } };
          const fromMs = input.window.fromMs + cut * MINUTE;
          if (fromMs >= input.window.toMs) return;
          const narrow = startsByCandidate({ ...input, window: { fromMs, toMs: input.window.toMs } });
          expect(narrow).toEqual(
            startsByCandidate(input).map((list) => list.filter((start) => start >= fromMs)),
          );
        }),
        { numRuns: runs },
      );
    },
  );
});

describe('small answers', () => {
  test('START-13 the nearest alternatives, in order of time', () => {
    const starts = [10, 20, 30, 40, 50].map((startsAt) => ({ startsAt, specialistIds: ['a'] }));
    expect(nearestStarts(starts, 31).map(({ startsAt }) => startsAt)).toEqual([20, 30, 40]);
    expect(nearestStarts(starts, 25, 1).map(({ startsAt }) => startsAt)).toEqual([20]);
    expect(nearestStarts([], 25)).toEqual([]);
  });
  test('START-14 any specialist: each instant once, with all who could take it', () => {
    expect(mergeStarts(['a', 'b', 'c'], [[1, 3], [], [3, 4]])).toEqual([
      { startsAt: 1, specialistIds: ['a'] },
      { startsAt: 3, specialistIds: ['a', 'c'] },
      { startsAt: 4, specialistIds: ['c'] },
    ]);
  });
});
