/** Doors that are counted before they are tried: each call of a batch by itself, whoever sends it. */
import { z } from 'zod';
import type { Door } from '../domain/attempt.ts';
import { countAttempt, forgive, takeOff } from '../server/access/attempts.ts';
import { asSystem } from '../server/deps.ts';
import { isUnavailable } from '../server/unavailable.ts';
import { refusalError } from './refusal-error.ts';
import { type Context, middleware } from './trpc.ts';

/** Beside a door's own input: the puzzle, once it was refused with `captcha_needed`. */
export const puzzled = z.object({ puzzle: z.string().max(4_000).optional() });

/** What a command acts on: sent again under its key with another puzzle, it is the same. */
export function withoutPuzzle<Input extends { puzzle?: string | undefined }>(
  input: Input,
): Omit<Input, 'puzzle'> {
  const rest = { ...input };
  delete rest.puzzle;
  return rest;
}

const settingsOf = ({ env }: Context) => ({ masterKey: env.MASTER_KEY });

const typed = z.object({ email: z.string().optional(), puzzle: z.string().optional() });

/**
 * For doors at which strangers type an address: counts the call and lets it run, or refuses it with `wait` or `captcha_needed`. To be
 * put after the input.
 */
export const countedByAddress = (door: Extract<Door, 'register'>) =>
  middleware(async ({ ctx, input, next }) => {
    const { email = '', puzzle = null } = typed.parse(input);
    const attempt = { door, email, puzzle, ipAddress: ctx.ipAddress };
    const counted = await countAttempt(ctx.deps, settingsOf(ctx), attempt);
    if (!counted.ok) throw refusalError(counted.refusal);
    return next();
  });

/** For what sends a message wherever a session says: so many an hour, from one session and from one network. Refuses with `wait`. */
export const countedAsSent = middleware(async ({ ctx, next }) => {
  const { session, ipAddress } = ctx;
  if (!session) throw refusalError({ code: 'not_signed_in' });
  const attempt = {
    door: 'send_code',
    accountId: session.accountId,
    deviceId: session.id,
    ipAddress,
  } as const;
  const counted = await countAttempt(ctx.deps, settingsOf(ctx), attempt);
  if (!counted.ok) throw refusalError(counted.refusal);
  return next();
});

/** For what is guessed at by whoever holds a session: counted by that session, and forgiven where it succeeds. Refuses with `wait`. */
export const countedBySession = (door: Extract<Door, 'prove_code' | 'step_up'>) =>
  middleware(async ({ ctx, next }) => {
    const { session, ipAddress } = ctx;
    if (!session) throw refusalError({ code: 'not_signed_in' });
    const { accountId, id: deviceId } = session;
    // A code is guessed at by the address it was sent to, from whichever session claims that.
    const whose = door === 'prove_code' ? { email: session.email } : {};
    const counted = await countAttempt(ctx.deps, settingsOf(ctx), {
      ...whose,
      door,
      accountId,
      ipAddress,
      deviceId,
    });
    if (!counted.ok) throw refusalError(counted.refusal);
    const result = await next();
    if (result.ok)
      await forgive(asSystem(ctx.deps, 'count attempts').db, counted.value).catch((error: unknown) => {
        // What was asked for is done; a count too many does no harm.
        if (!isUnavailable(error)) throw error;
      });
    return result;
  });

/**
 * For what strangers may do as often as they like, but not in bulk: beyond that each costs a puzzle. Counted before, so that a hundred at
 * once are a hundred, and taken off again where nothing was done; who is signed in is known. Refuses with `captcha_needed`. To be put after the input.
 */
export const puzzledInBulk = (door: Extract<Door, 'hold'>) =>
  middleware(async ({ ctx, input, next }) => {
    if (ctx.actor.kind !== 'nobody') return next();
    const attempt = { door, puzzle: typed.parse(input).puzzle ?? null, ipAddress: ctx.ipAddress };
    const counted = await countAttempt(ctx.deps, settingsOf(ctx), attempt);
    if (!counted.ok) throw refusalError(counted.refusal);
    const result = await next();
    if (!result.ok)
      await takeOff(asSystem(ctx.deps, 'count attempts').db, counted.value).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
      });
    return result;
  });

/**
 * For what opens by a code that strangers may hold: only what was wrong counts, by the network it came from. Counted before, so that a
 * hundred at once are a hundred, and taken off again where it was right. Refuses with `wait`. To be put after the input.
 */
export const countedIfRefused = (door: Extract<Door, 'join'>) =>
  middleware(async ({ ctx, next }) => {
    const counted = await countAttempt(ctx.deps, settingsOf(ctx), { door, ipAddress: ctx.ipAddress });
    if (!counted.ok) throw refusalError(counted.refusal);
    const result = await next();
    if (result.ok)
      await takeOff(asSystem(ctx.deps, 'count attempts').db, counted.value).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
      });
    return result;
  });
