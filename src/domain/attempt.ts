/**
 * Guesses at the doors: how many are looked at, how long the next one waits, and from when on a puzzle is asked for. Pure: what is
 * written down, and that it is written down before anything is verified, is `src/server/access/attempts.ts`.
 */

/** What can be tried by somebody who shouldn't. Each is counted on its own. */
export const doors = [
  'sign_in',
  'second_factor',
  'register',
  'recovery',
  'prove_code',
  'send_code',
  'pin',
  'step_up',
  'hold',
  'join',
] as const;
export type Door = (typeof doors)[number];

/**
 * What a count is about. `total`: one account, over all doors that strangers guess at; `pair`: one account from one network;
 * `wrong`: one account on one known device, over all doors, of which only what was right is taken off.
 */
export type Scope = 'network' | 'account' | 'total' | 'pair' | 'device' | 'wrong';

/** What has been counted. Instants in epoch milliseconds. */
export interface Tally {
  count: number;
  firstAt: number;
  lastAt: number;
  /** Nothing is looked at before this instant. */
  until: number | null;
}

export interface Rule {
  /** So many are looked at without a wait after them; from then on waits double. */
  free: number;
  /** From so many on, each costs a solved puzzle. */
  puzzleFrom: number;
  /** After so many nothing is looked at until all of it is forgotten. */
  stopAt: number;
  forgetMs: number;
  /** Forgotten so long after the last one (which strangers can put off), or after the first (which nobody can). */
  forgetAfter: 'first' | 'last';
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const firstWaitMs = 1_000;
/** Between two tries; what waits longer is stopped. */
export const longestWaitMs = 15 * minuteMs;
const never = Number.POSITIVE_INFINITY;

const guesses: Rule = { free: 5, puzzleFrom: 3, stopAt: never, forgetMs: dayMs, forgetAfter: 'last' };
/** Whoever has signed in on a device before waits for their own mistakes alone. */
const ownGuesses: Rule = { ...guesses, stopAt: 100 };
/** A copy of its cookie is worth so many guesses a day, however often its owner gets in meanwhile. */
const wrongOnDevice: Rule = {
  free: never,
  puzzleFrom: never,
  stopAt: 100,
  forgetMs: dayMs,
  forgetAfter: 'first',
};
/** Behind a session, or where a code dies by itself: a wait is enough. */
const withoutPuzzle = (rule: Rule): Rule => ({ ...rule, puzzleFrom: never });
/** One account, through whichever doors: until a day has passed with no try, or an administrator lets them in again. */
const total: Rule = { free: never, puzzleFrom: never, stopAt: 100, forgetMs: dayMs, forgetAfter: 'last' };
/** People behind one address err too: those who get in are taken off it again, and known devices never count. */
const sprayed: Rule = { free: never, puzzleFrom: 10, stopAt: 30, forgetMs: dayMs, forgetAfter: 'first' };
/** Everybody whose address isn't known stands behind this one, so it never stops anybody. */
const anywhere = (puzzleFrom: number, forgetMs = hourMs): Rule => ({
  free: never,
  puzzleFrom,
  stopAt: never,
  forgetMs,
  forgetAfter: 'first',
});
/** What isn't a guess but costs us work or a message. */
const acts: Rule = { free: never, puzzleFrom: 5, stopAt: 100, forgetMs: hourMs, forgetAfter: 'first' };
/** Messages to wherever somebody says. */
const sent = (stopAt: number): Rule => ({ ...acts, puzzleFrom: never, stopAt });
const remembered: Rule = { ...total, stopAt: never };

interface Doorway {
  /** For strangers, in the order in which the counts are taken. */
  strangers: Partial<Record<Scope, Rule>>;
  /** For whoever is known on the device; where there is none, they are strangers. */
  known?: Partial<Record<Scope, Rule>>;
  /** Instead of the network's rule where the address isn't known. */
  anywhere?: Rule;
}

const doorways: Record<Door, Doorway> = {
  sign_in: {
    strangers: { network: sprayed, account: guesses, total, pair: remembered },
    known: { device: ownGuesses, wrong: wrongOnDevice },
    anywhere: anywhere(30),
  },
  second_factor: {
    strangers: { account: withoutPuzzle(guesses), total },
    known: { device: withoutPuzzle(ownGuesses), wrong: wrongOnDevice },
  },
  register: { strangers: { network: acts, account: guesses }, anywhere: anywhere(60) },
  recovery: { strangers: { network: acts, account: guesses }, anywhere: anywhere(60) },
  // An address can be guessed at from any session that claims it, and all that is guessed at it counts together.
  prove_code: { strangers: { total }, known: { device: withoutPuzzle(ownGuesses), total } },
  send_code: { strangers: { total }, known: { device: sent(10), network: sent(60) } },
  pin: { strangers: { total }, known: { device: withoutPuzzle(ownGuesses), wrong: wrongOnDevice } },
  // By the account too: sessions are opened anew by PIN.
  step_up: { strangers: { total }, known: { device: withoutPuzzle(ownGuesses), account: total } },
  hold: {
    strangers: { network: { ...acts, puzzleFrom: 20, stopAt: never, forgetMs: 10 * minuteMs } },
    // Counted while they are under way: a rush on one day's opening is no attack.
    anywhere: anywhere(600, 10 * minuteMs),
  },
  // A code from a screen can't be guessed; who is wrong so often reads them somewhere, or tries.
  join: {
    strangers: { network: { ...sent(60), forgetMs: 10 * minuteMs } },
    anywhere: anywhere(never, 10 * minuteMs),
  },
};

const order: readonly Scope[] = ['network', 'device', 'wrong', 'account', 'total', 'pair'];

/** What is counted at a door, in the order in which it is taken: who took two counts in another order could wait for each other. */
export function rulesAt(
  door: Door,
  { isKnown, hasNetwork }: { isKnown: boolean; hasNetwork: boolean },
): { scope: Scope; rule: Rule }[] {
  const doorway = doorways[door];
  const rules = (isKnown ? doorway.known : undefined) ?? doorway.strangers;
  const network = hasNetwork ? rules.network : rules.network && doorway.anywhere;
  return order.flatMap((scope) => {
    const rule = scope === 'network' ? network : rules[scope];
    return rule ? [{ scope, rule }] : [];
  });
}

/** The wait after the `count`-th try; 0 for the free ones. */
export const waitAfter = (count: number, { free }: Rule): number =>
  count < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(count - free, 20));

const forgottenAt = (tally: Tally, rule: Rule): number =>
  (rule.forgetAfter === 'first' ? tally.firstAt : tally.lastAt) + rule.forgetMs;

/** What of a tally still counts. */
export const remembering = (tally: Tally, rule: Rule, now: number): Tally =>
  tally.count > 0 && forgottenAt(tally, rule) > now
    ? tally
    : { count: 0, firstAt: now, lastAt: now, until: null };

export interface Verdict {
  /** 0: it may be looked at now. */
  waitMs: number;
  wantsPuzzle: boolean;
  isStopped: boolean;
}

/** Whether one more may be looked at. To be asked with what `remembering` left. */
export function judge(tally: Tally, rule: Rule, now: number): Verdict {
  const isStopped = tally.count >= rule.stopAt;
  const until = isStopped ? forgottenAt({ ...tally, lastAt: now }, rule) : (tally.until ?? 0);
  return { waitMs: Math.max(0, until - now), wantsPuzzle: tally.count >= rule.puzzleFrom, isStopped };
}

/** One more is looked at. */
export function counted(tally: Tally, rule: Rule, now: number): Tally {
  const next = { ...tally, count: tally.count + 1, lastAt: now };
  const waitMs = waitAfter(next.count, rule);
  if (next.count >= rule.stopAt) return { ...next, until: forgottenAt(next, rule) };
  return { ...next, until: waitMs > 0 ? now + waitMs : null };
}

/** Somebody tried at a door that is stopped: where the last try decides, the stop lasts from now. */
export const triedInVain = (tally: Tally, rule: Rule, now: number): Tally =>
  rule.forgetAfter === 'last'
    ? { ...tally, lastAt: now, until: forgottenAt({ ...tally, lastAt: now }, rule) }
    : tally;

/** So many of them were somebody's who got in. What others tried stands. */
export function forgiven(tally: Tally, rule: Rule, count: number): Tally {
  const left = Math.max(0, tally.count - count);
  return { ...tally, count: left, until: left < Math.min(rule.free, rule.stopAt) ? null : tally.until };
}

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** What stands around an address in some proxies' headers: brackets, a port, a zone. */
const bareAddress = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '');

/** The eight groups of an IPv6 address; null for what is none. */
function groupsOf(address: string): number[] | null {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [, before = '', ...bytes] = dotted ?? [];
  const pair = (high: number) => (Number(bytes[high]) * 256 + Number(bytes[high + 1])).toString(16);
  const [head = '', tail, ...more] = (dotted ? `${before}${pair(0)}:${pair(2)}` : address).split('::');
  const texts = (side: string) => (side === '' ? [] : side.split(':'));
  const [first, last] = [texts(head), texts(tail ?? '')];
  const missing = 8 - first.length - last.length;
  if (more.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const all = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  return all.every((group) => /^[\da-f]{1,4}$/.test(group))
    ? all.map((group) => Number.parseInt(group, 16))
    : null;
}

/**
 * The network an address belongs to, as far as one household or clinic has it: all of an IPv4 address, the first 64 bits of an IPv6
 * one. Null for what is no address.
 */
export function networkOf(address: string | null): string | null {
  const bare = bareAddress(address ?? '');
  if (ipv4.test(bare)) return bare.split('.').every((part) => Number(part) < 256) ? bare : null;
  const groups = groupsOf(bare);
  if (!groups) return null;
  const [high = 0, low = 0] = groups.slice(6);
  // An IPv4 address in IPv6 clothes.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
