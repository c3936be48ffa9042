import { describe, expect, it, test } from 'vitest';
import { isTrivialPin, pinText } from '../../src/domain/pin.ts';

describe('PIN-1: what is tried first is refused', () => {
  it.each([
    ['000000'],
    ['777777'],
    ['123456'],
    ['654321'],
    ['012345'],
    ['567890'],
    ['098765'],
    ['121212'],
    ['123123'],
    ['456456'],
    ['112112'],
    ['112233'],
    ['100000'],
    ['123321'],
    ['147258'],
    ['159357'],
    ['789456'],
    // days of somebody's life, in every order
    ['120590'],
    ['051290'],
    ['900512'],
    ['199005'],
    ['051990'],
    ['311299'],
    ['010100'],
  ])('%s', (pin) => expect(isTrivialPin(pin)).toBe(true));

  it.each([['839271'], ['470962'], ['381649'], ['990438'], ['274883']])('%s is taken', (pin) =>
    expect(pinText.parse(pin)).toBe(pin),
  );

  it.each([[''], ['12345'], ['8392711'], ['83927a'], ['８３９２７１'], [' 839271']])(
    '"%s" is no PIN',
    (pin) => expect(pinText.safeParse(pin).error?.issues[0]?.message).toBe('pin'),
  );
});

test('most of the million are left to choose from', () => {
  const every = Array.from({ length: 10_000 }, (_, step) => String(step * 97 + 13).padStart(6, '0'));
  const refused = every.filter(isTrivialPin).length / every.length;
  expect(refused).toBeGreaterThan(0.06);
  expect(refused).toBeLessThan(0.13);
});
