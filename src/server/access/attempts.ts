/**
 * Counting what is tried at the doors, before anything is verified and in a transaction of its own: whatever happens to the try, it has
 * been counted, and of fifty at once as many are looked at as of fifty one after the other. Where it can't be written down, nothing is
 * looked at: the failure goes through to the caller, who is told `busy`.
 */
import { createHmac } from 'node:crypto';
import {
  counted,
  type Door,
  doors,
  forgiven,
  judge,
  networkOf,
  remembering,
  type Rule,
  rulesAt,
  type Scope,
  type Tally,
  triedInVain,
} from '../../domain/attempt.ts';
import { done, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { keyFor } from '../keys.ts';
import { asSql, type Sql, transactSql } from '../sql.ts';
import { checkPuzzle, spendPuzzle } from './captcha.ts';

export interface DoorSettings {
  masterKey: string;
}

export interface Attempt {
  door: Door;
  /** Whose door it is, as typed: an address nobody has counts like any other. */
  email?: string;
  /** The account, where the caller is past asking whose it is: a session's own. */
  accountId?: string;
  /** As the configured proxies tell it; null where nobody knows. */
  ipAddress: string | null;
  /** The device this account is known on (or the session, where there is none): it is counted by itself, apart from strangers. */
  deviceId?: string | null;
  /** The solved puzzle, as the page sends it. */
  puzzle?: string | null;
}

interface Counter {
  key: string;
  kind: 'account' | 'network' | 'device';
  rule: Rule;
}

/** What a try was counted under, for `forgive`. */
export interface Counted {
  counters: readonly Counter[];
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** Keyed: who reads the table can't try addresses against it. */
const hidden = (masterKey: string, ...parts: string[]): string =>
  createHmac('sha256', keyFor(masterKey, 'counters'))
    .update(parts.join('\0'))
    .digest('base64url')
    .slice(0, 32);

const kindOf: Record<Scope, Counter['kind']> = {
  account: 'account',
  total: 'account',
  network: 'network',
  pair: 'network',
  device: 'device',
  wrong: 'device',
};

function countersOf({ masterKey }: DoorSettings, attempt: Attempt): Counter[] {
  const { door, deviceId } = attempt;
  const network = networkOf(attempt.ipAddress) ?? '';
  const whose = attempt.email === undefined ? `id ${attempt.accountId ?? ''}` : normalEmail(attempt.email);
  const keyOf = (scope: Scope): string => {
    if (scope === 'network')
      return `${door} network ${network ? hidden(masterKey, 'network', network) : 'unknown'}`;
    if (scope === 'pair') return `${door} pair ${hidden(masterKey, 'pair', network, whose)}`;
    if (scope === 'device') return `${door} device ${deviceId} ${hidden(masterKey, 'account', whose)}`;
    if (scope === 'wrong') return `any wrong ${deviceId} ${hidden(masterKey, 'account', whose)}`;
    return `${scope === 'total' ? 'any' : door} ${scope} ${hidden(masterKey, 'account', whose)}`;
  };
  return rulesAt(door, { isKnown: Boolean(deviceId), hasNetwork: network !== '' }).map(({ scope, rule }) => ({
    key: keyOf(scope),
    kind: kindOf[scope],
    rule,
  }));
}

interface CounterRow {
  key: string;
  count: number;
  first_at: Date;
  last_at: Date;
  blocked_until: Date | null;
}

const tallyOf = (row: CounterRow): Tally => ({
  count: row.count,
  firstAt: row.first_at.getTime(),
  lastAt: row.last_at.getTime(),
  until: row.blocked_until?.getTime() ?? null,
});

/** Every count there may be on one account: by its address at any door, and by its id behind a session. */
export const keysOfAccount = (
  { masterKey }: DoorSettings,
  { accountId, email }: { accountId: string; email: string },
): string[] =>
  [normalEmail(email), `id ${accountId}`].flatMap((whose) => {
    const about = hidden(masterKey, 'account', whose);
    return [`any total ${about}`, ...doors.map((door) => `${door} account ${about}`)];
  });

const nothingYet = (now: number): Tally => ({ count: 0, firstAt: now, lastAt: now, until: null });

interface Weighed extends Counter {
  tally: Tally;
}

const weighed = (counters: readonly Counter[], rows: readonly CounterRow[], now: number): Weighed[] =>
  counters.map((counter) => {
    const row = rows.find(({ key }) => key === counter.key);
    return { ...counter, tally: row ? remembering(tallyOf(row), counter.rule, now) : nothingYet(now) };
  });

/** Whether all of the counters would have one more; what refuses longest speaks. */
function verdictOn(counters: readonly Weighed[], hasPuzzle: boolean, now: number): Refusal | null {
  const verdicts = counters.map(({ tally, rule }) => judge(tally, rule, now));
  const waitMs = Math.max(0, ...verdicts.map((verdict) => verdict.waitMs));
  if (waitMs > 0) return { code: 'wait', seconds: Math.ceil(waitMs / 1000) };
  return !hasPuzzle && verdicts.some(({ wantsPuzzle }) => wantsPuzzle) ? { code: 'captcha_needed' } : null;
}

/**
 * Counts one try, before it is looked at. Refuses with `wait` (nothing was looked at, nothing counted) and `captcha_needed` (a puzzle
 * is wanted, or the one given is wrong, old or used). Throws where it can't be written down.
 */
export async function countAttempt(
  deps: Deps,
  settings: DoorSettings,
  attempt: Attempt,
): Promise<Result<Counted>> {
  const now = deps.now().getTime();
  const counters = countersOf(settings, attempt);
  const puzzle = attempt.puzzle ? await checkPuzzle(settings.masterKey, deps.now(), attempt.puzzle) : null;
  const { db } = asSystem(deps, 'count attempts');
  return transactSql<Result<Counted>>(db, async (tx) => {
    // A flood that is refused anyway writes nothing and waits for nobody.
    const seen = weighed(counters, await readCounters(tx, counters), now);
    const early = verdictOn(seen, puzzle !== null, now);
    if (early) {
      if (early.code === 'wait') await putOff(tx, seen, now);
      return { ok: false, refusal: early };
    }
    const held = weighed(counters, await lockCounters(tx, counters, attempt, now), now);
    const late = verdictOn(held, puzzle !== null, now);
    if (late) return { ok: false, refusal: late };
    const costs = held.some(({ tally, rule }) => judge(tally, rule, now).wantsPuzzle);
    if (costs && !(puzzle && (await spendPuzzle(tx, puzzle)))) return refuse('captcha_needed');
    await writeTallies(
      tx,
      held.map(({ key, tally, rule }) => ({ key, tally: counted(tally, rule, now) })),
    );
    return done({ counters });
  });
}

/** Takes one try off again: nothing came of it. To be called as the system. */
export async function takeOff(tx: Tx | Db | Sql, { counters }: Counted): Promise<void> {
  await asSql(tx).run(Prisma.sql`
    UPDATE attempt_counter SET count = greatest(0, count - 1) WHERE key = ANY (${counters.map(({ key }) => key)})`);
}

const readCounters = (tx: Sql, counters: readonly Counter[]): Promise<CounterRow[]> =>
  tx.rows<CounterRow>(Prisma.sql`
    SELECT key, count, first_at, last_at, blocked_until FROM attempt_counter
    WHERE key = ANY (${counters.map(({ key }) => key)})`);

/** Makes the rows that are missing and holds all of them until the transaction ends, in the order given. */
const lockCounters = (
  tx: Sql,
  counters: readonly Counter[],
  attempt: Attempt,
  now: number,
): Promise<CounterRow[]> => {
  const email = attempt.email === undefined ? null : normalEmail(attempt.email);
  const network = networkOf(attempt.ipAddress);
  const at = new Date(now);
  const rows = counters.map(
    ({ key, kind }) => Prisma.sql`(${key}, ${kind},
      ${kind === 'network' ? null : (attempt.accountId ?? null)}::uuid, ${kind === 'network' ? null : email}::citext,
      ${kind === 'network' ? network : null}::text)`,
  );
  // Whom it is about is looked up for whoever releases it, whether there is anybody or not.
  return tx.rows<CounterRow>(Prisma.sql`
    INSERT INTO attempt_counter (key, subject_kind, account_id, network, count, first_at, last_at)
    SELECT v.key, v.kind, coalesce(v.account_id, (SELECT a.id FROM account a WHERE a.email = v.email
        ORDER BY a.email_verified_at NULLS LAST, a.created_at DESC LIMIT 1)), v.network, 0, ${at}, ${at}
    FROM (VALUES ${Prisma.join(rows)}) AS v (key, kind, account_id, email, network)
    ON CONFLICT (key) DO UPDATE SET last_at = attempt_counter.last_at
    RETURNING key, count, first_at, last_at, blocked_until`);
};

const writeTallies = async (tx: Sql, written: readonly { key: string; tally: Tally }[]): Promise<void> => {
  if (written.length === 0) return;
  const rows = written.map(
    ({ key, tally }) => Prisma.sql`(${key}, ${tally.count}::int, ${new Date(tally.firstAt)}::timestamptz,
      ${new Date(tally.lastAt)}::timestamptz, ${tally.until === null ? null : new Date(tally.until)}::timestamptz)`,
  );
  await tx.run(Prisma.sql`
    UPDATE attempt_counter c SET count = v.count, first_at = v.first_at, last_at = v.last_at, blocked_until = v.until
    FROM (VALUES ${Prisma.join(rows)}) AS v (key, count, first_at, last_at, until) WHERE c.key = v.key`);
};

/** A stop that lasts from the last try is put off once a minute at most, however many try. */
const putOffEveryMs = 60_000;

async function putOff(tx: Sql, seen: readonly Weighed[], now: number): Promise<void> {
  const stopped = seen.filter(
    ({ tally, rule }) => judge(tally, rule, now).isStopped && now - tally.lastAt >= putOffEveryMs,
  );
  await writeTallies(
    tx,
    stopped.map(({ key, tally, rule }) => ({ key, tally: triedInVain(tally, rule, now) })),
  );
}

/**
 * Takes off what somebody who has now got in was counted with: on a known device all that makes them wait, elsewhere what came from the
 * same network. What strangers tried elsewhere stands, and what was wrong on the device: a copy of its cookie tries there, too. To be called as the system, in the transaction that lets them in.
 */
export async function forgive(tx: Tx | Db | Sql, { counters }: Counted): Promise<void> {
  if (counters.length === 0) return;
  const sql = asSql(tx);
  const rows = await sql.rows<CounterRow>(Prisma.sql`
    SELECT key, count, first_at, last_at, blocked_until FROM attempt_counter
    WHERE key = ANY (${counters.map(({ key }) => key)}) ORDER BY array_position(${counters.map(({ key }) => key)}, key) FOR UPDATE`);
  const whole = (key: string) => / (device|pair) /.test(key);
  const own = rows.find(({ key }) => key.includes(' pair '))?.count ?? 0;
  await sql.run(
    Prisma.sql`DELETE FROM attempt_counter WHERE key = ANY (${rows.map(({ key }) => key).filter(whole)})`,
  );
  await writeTallies(
    sql,
    counters.flatMap(({ key, rule }) => {
      const row = whole(key) ? undefined : rows.find((each) => each.key === key);
      return row ? [{ key, tally: forgiven(tallyOf(row), rule, isWrong(key) ? 1 : own) }] : [];
    }),
  );
}

const isWrong = (key: string): boolean => key.startsWith('any wrong ');

/** The try was right as far as it went, and its owner is asked for more: it isn't counted among the wrong ones of the device. */
export async function wasRight(tx: Tx | Db | Sql, { counters }: Counted): Promise<void> {
  await takeOff(tx, { counters: counters.filter(({ key }) => isWrong(key)) });
}

/** Forgets whatever strangers tried at this address: its owner has shown that the mailbox is theirs. To be called as the system. */
export async function forgetStrangers(
  tx: Tx | Db | Sql,
  { masterKey }: DoorSettings,
  email: string,
): Promise<void> {
  const whose = hidden(masterKey, 'account', normalEmail(email));
  const keys = [`any total ${whose}`, `sign_in account ${whose}`, `second_factor account ${whose}`];
  await asSql(tx).run(Prisma.sql`DELETE FROM attempt_counter WHERE key = ANY (${keys})`);
}

const keptMs = 2 * 86_400_000;

/** Removes what is long forgotten, a few hundred at a time; enough where it is called as often as people sign in. */
export async function sweepAttempts(tx: Tx | Db | Sql, now: Date): Promise<void> {
  const sql = asSql(tx);
  await sql.run(Prisma.sql`
    DELETE FROM attempt_counter WHERE key IN (SELECT key FROM attempt_counter
      WHERE last_at < ${new Date(now.getTime() - keptMs)} ORDER BY last_at LIMIT 300 FOR UPDATE SKIP LOCKED)`);
  await sql.run(Prisma.sql`
    DELETE FROM used_challenge WHERE hash IN (SELECT hash FROM used_challenge
      WHERE expires_at < ${now} ORDER BY expires_at LIMIT 300 FOR UPDATE SKIP LOCKED)`);
}
