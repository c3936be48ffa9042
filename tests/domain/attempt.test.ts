import { describe, expect, test } from 'vitest';
import {
  counted,
  forgiven,
  judge,
  networkOf,
  remembering,
  type Rule,
  rulesAt,
  type Tally,
  triedInVain,
  waitAfter,
} from '../../src/domain/attempt.ts';

const seconds = (count: number) => count * 1_000;
const day = 86_400_000;
const now = Date.UTC(2026, 5, 3, 9);

const ruleAt = (scope: string, given = { isKnown: false, hasNetwork: true }): Rule => {
  const found = rulesAt('sign_in', given).find((each) => each.scope === scope);
  if (!found) throw new Error(`nothing is counted by ${scope}`);
  return found.rule;
};
const none: Tally = { count: 0, firstAt: now, lastAt: now, until: null };

describe('waits between guesses', () => {
  const rule = ruleAt('account');
  test('five are free, then they double from a second to a quarter of an hour', () => {
    expect([1, 2, 3, 4].map((count) => waitAfter(count, rule))).toEqual([0, 0, 0, 0]);
    expect([5, 6, 7, 8].map((count) => waitAfter(count, rule))).toEqual([1, 2, 4, 8].map(seconds));
    expect([14, 15, 16, 99, 1e6].map((count) => waitAfter(count, rule))).toEqual(
      [512, 900, 900, 900, 900].map(seconds),
    );
  });

  test('one who never tires gets about a hundred a day looked at, before the stop', () => {
    let tally = none;
    let looked = 0;
    for (let at = now; at < now + day; at += 1_000) {
      if (judge(tally, rule, at).waitMs > 0) continue;
      tally = counted(tally, rule, at);
      looked += 1;
    }
    expect(looked).toBeGreaterThan(90);
    expect(looked).toBeLessThanOrEqual(5 + 10 + 96);
  });

  test('a puzzle is asked for from the fourth on', () => {
    expect([0, 1, 2, 3].map((count) => judge({ ...none, count }, rule, now).wantsPuzzle)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('the stop', () => {
  const rule = ruleAt('total');
  const hundred = Array.from({ length: 100 }).reduce<Tally>((tally) => counted(tally, rule, now), none);
  test('stands after a hundred, and ends a day after the last try', () => {
    expect(judge({ ...hundred, count: 99 }, rule, now).isStopped).toBe(false);
    expect(judge(hundred, rule, now)).toMatchObject({ isStopped: true, waitMs: day });
    const triedAgain = triedInVain(hundred, rule, now + day / 2);
    expect(remembering(triedAgain, rule, now + day + 1).count).toBe(100);
    expect(remembering(triedAgain, rule, now + day * 1.5 + 1).count).toBe(0);
  });

  test('of a network nobody can put off: it ends a day after the first', () => {
    const network = ruleAt('network');
    const thirty = { ...none, count: 30, lastAt: now + day - 5 };
    expect(judge(thirty, network, now + day - 1_000)).toMatchObject({ isStopped: true, waitMs: 1_000 });
    expect(remembering(triedInVain(thirty, network, now + day - 1), network, now + day).count).toBe(0);
  });

  test('never stands where the network isn’t known: everybody would be behind it', () => {
    const anywhere = ruleAt('network', { isKnown: false, hasNetwork: false });
    expect(judge({ ...none, count: 100_000 }, anywhere, now)).toEqual({
      waitMs: 0,
      wantsPuzzle: true,
      isStopped: false,
    });
  });
});

test('who is known on a device is counted by nothing that strangers reach', () => {
  expect(rulesAt('sign_in', { isKnown: true, hasNetwork: true }).map(({ scope }) => scope)).toEqual([
    'device',
    'wrong',
  ]);
  expect(rulesAt('sign_in', { isKnown: false, hasNetwork: true }).map(({ scope }) => scope)).toEqual([
    'network',
    'account',
    'total',
    'pair',
  ]);
});

test('what is wrong on a known device counts over all doors, for a day from the first', () => {
  for (const door of ['sign_in', 'second_factor', 'pin'] as const) {
    const wrong = rulesAt(door, { isKnown: true, hasNetwork: true }).find(({ scope }) => scope === 'wrong');
    expect(wrong?.rule).toMatchObject({ stopAt: 100, forgetAfter: 'first' });
  }
});

test('what somebody is forgiven is taken off, and the wait with it; what others tried stands', () => {
  const rule = ruleAt('account');
  expect(forgiven({ ...none, count: 6, until: now + 9 }, rule, 4)).toMatchObject({ count: 2, until: null });
  expect(forgiven({ ...none, count: 40, until: now + 9 }, rule, 4)).toMatchObject({
    count: 36,
    until: now + 9,
  });
  expect(forgiven({ ...none, count: 2 }, rule, 4).count).toBe(0);
});

describe('the network of an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7:52100 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s belongs to %s', (address, network) => expect(networkOf(address)).toBe(network));

  test.each([
    null,
    '',
    'unknown',
    '203.0.113.256',
    '1.2.3',
    '2001:db8::1::2',
    '1:2:3:4:5:6:7',
    ':::',
    'a b',
    '1:2:3:4:5:6:7:8:9',
  ])('%s is none', (address) => expect(networkOf(address)).toBeNull());
});

test('what is guessed at behind a session counts for the account, too: sessions are opened anew', () => {
  for (const [door, whole] of [
    ['step_up', 'account'],
    ['prove_code', 'total'],
  ] as const) {
    const found = rulesAt(door, { isKnown: true, hasNetwork: true });
    expect(found.map(({ scope }) => scope)).toEqual(['device', whole]);
    expect(found.every(({ rule }) => rule.stopAt === 100)).toBe(true);
  }
});

test('codes are sent so often from one session, and from one network', () => {
  const found = rulesAt('send_code', { isKnown: true, hasNetwork: true });
  expect(found.map(({ scope, rule }) => [scope, rule.stopAt])).toEqual([
    ['network', 60],
    ['device', 10],
  ]);
});
