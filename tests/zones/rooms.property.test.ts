import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type Act, Room } from './room.ts';

const who = fc.nat({ max: 2 });
const what = fc.nat({ max: 30 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('draw' as const, 'move' as const, 'dose' as const),
      who,
      what,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, what }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('mark' as const, 'flush' as const), who }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('deliver' as const), who, what }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('away' as const, 'back' as const), who }) },
);
const order = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 20 });

function play(count: number, acts: readonly Act[], deliveries: readonly number[]): void {
  const room = new Room(count);
  for (const each of acts) room.act(each);
  room.settle(deliveries);
}

describe('whatever several people do, go back on and lose the line in', () => {
  it.each([2, 3])('%d editors end alike, and nobody’s undo touches another’s', (count) => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 150, size: 'max' }), order, (acts, deliveries) =>
        play(count, acts, deliveries),
      ),
      { numRuns: 1_100 },
    );
  });
});
