/** The ladder of procedures. Each is declared with the action it performs; what is undeclared fails the suite. */
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { isStaff } from '../domain/access/actor.ts';
import { type Action, can, needsSubject } from '../domain/access/policy.ts';
import { isId } from '../domain/ids.ts';
import type { Result } from '../domain/refusal.ts';
import { noteRefused } from '../server/trail/note.ts';
import { isUnavailable } from '../server/unavailable.ts';
import type { Deps } from '../server/deps.ts';
import type { Env } from '../server/env.ts';
import type { EventHub } from '../server/live/hub.ts';
import type { Caller } from './auth.ts';
import { isFreshlyProven } from './fresh-proof.ts';
import { RefusalError, refusalError } from './refusal-error.ts';
import { transformer } from './wire.ts';

export interface Context extends Caller {
  deps: Deps;
  env: Env;
  hub: EventHub;
  locale: string;
  userAgent: string | null;
  ipAddress: string | null;
  /** Sets the session's cookie on this answer; null where its headers have left already, in a streamed batch. */
  setSessionCookie: ((token: string) => void) | null;
  /** The value of the device's cookie; by itself it opens nothing. */
  deviceToken: string | null;
  /** The same for the device's cookie. */
  setDeviceCookie: ((token: string) => void) | null;
  /** Asked again before each message of an open stream. */
  identifyAgain(): Promise<Caller>;
}

export interface ProcedureMeta {
  who: 'anyone' | 'client' | 'signed_in' | 'staff' | 'administrator';
  action: Action;
}

/** The value of a command, or its refusal as the transport's error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusalError(result.refusal);
}

/** What a query found, or the refusal of one that found nothing (or nothing this caller may see). */
export function found<T>(value: T | null, noun: string): T {
  if (value !== null) return value;
  throw refusalError({ code: 'not_found', noun });
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error }) {
      const isBug = error.code === 'INTERNAL_SERVER_ERROR';
      return {
        ...shape,
        // A bug's words stay in the log; people get a sentence of ours.
        message: isBug ? 'internal' : shape.message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          refusal: error.cause instanceof RefusalError ? error.cause.refusal : null,
          fieldErrors: error.cause instanceof z.ZodError ? z.flattenError(error.cause).fieldErrors : null,
          formErrors:
            error.cause instanceof z.ZodError
              ? error.cause.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message }))
              : null,
        },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
export const middleware = t.middleware;

/** A database that is away, or too busy to answer in time, is no bug of ours: it is said by name, and may be tried again. */
const sayingBusy = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && isUnavailable(result.error.cause)) throw refusalError({ code: 'busy' });
  return result;
});

/** What is somebody's: asked for by people who may not see it, it is noted. */
const personal = new Set(['client', 'appointment', 'visit', 'message', 'account', 'session']);
const asksForOne = z.record(z.string(), z.unknown());

const notingRefusals = t.middleware(async ({ ctx, path, getRawInput, next }) => {
  const result = await next();
  const cause = result.ok ? null : result.error.cause;
  if (!ctx.session || !(cause instanceof RefusalError)) return result;
  const { refusal } = cause;
  if (refusal.code === 'forbidden') await noteRefused(ctx.deps.db, path);
  if (refusal.code === 'not_found' && personal.has(refusal.noun)) {
    const asked = asksForOne.safeParse(await getRawInput());
    const id = asked.success ? asked.data[`${refusal.noun}Id`] : null;
    const hidden = { noun: refusal.noun, id: typeof id === 'string' && isId(id) ? id : null };
    await noteRefused(ctx.deps.db, path, hidden);
  }
  return result;
});

const declared = (who: ProcedureMeta['who'], action: Action) =>
  t.procedure
    .meta({ who, action })
    .use(sayingBusy)
    .use(notingRefusals)
    .use(({ ctx, next }) => {
      // Setting up what is missing, and one's own account around it, stay open: nobody is locked out.
      if (ctx.session?.factor === 'overdue' && who !== 'anyone' && !action.startsWith('account.'))
        throw refusalError({ code: 'second_factor_needed' });
      // Rules about a record are asked by the command that reads it; the others here, once for all doors.
      if (
        !needsSubject(action) &&
        !(can as (actor: typeof ctx.actor, action: Action) => boolean)(ctx.actor, action)
      ) {
        throw refusalError({ code: ctx.session ? 'forbidden' : 'not_signed_in' });
      }
      return next();
    });

/** Anyone, signed in or not. */
export const openProcedure = (action: Action) => declared('anyone', action);

export const signedInProcedure = (action: Action) =>
  declared('signed_in', action).use(({ ctx, next }) => {
    if (!ctx.session) throw refusalError({ code: 'not_signed_in' });
    return next({ ctx: { session: ctx.session, actor: ctx.session.actor } });
  });

export const clientProcedure = (action: Action) =>
  declared('client', action).use(({ ctx, next }) => {
    if (!ctx.session) throw refusalError({ code: 'not_signed_in' });
    if (ctx.session.actor.kind !== 'client') throw refusalError({ code: 'forbidden' });
    return next({ ctx: { session: ctx.session, actor: ctx.session.actor } });
  });

export const staffProcedure = (action: Action) =>
  declared('staff', action).use(({ ctx, next }) => {
    if (!ctx.session) throw refusalError({ code: 'not_signed_in' });
    if (!isStaff(ctx.session.actor)) throw refusalError({ code: 'forbidden' });
    return next({ ctx: { session: ctx.session, actor: ctx.session.actor } });
  });

export const administratorProcedure = (action: Action) =>
  staffProcedure(action)
    .meta({ who: 'administrator', action })
    .use(({ ctx, next }) => {
      if (!ctx.actor.roleKeys.includes('administrator')) throw refusalError({ code: 'forbidden' });
      return next();
    });

/**
 * For what can't be taken back or opens much: asks for a fresh proof of who holds the session. A session that a PIN opened, or whose
 * proof is older, is refused with `proof_needed`; the page asks for the password and sends the same again.
 */
export const freshlyProven = t.middleware(({ ctx, next }) => {
  if (!isFreshlyProven(ctx.session, ctx.deps.now()))
    throw refusalError({ code: ctx.session ? 'proof_needed' : 'not_signed_in' });
  return next();
});

/** For what gives this browser another session: asked before anything is done whether the cookie can still be set. */
export const withSessionCookie = t.middleware(({ ctx, next }) => {
  const { setSessionCookie, setDeviceCookie } = ctx;
  if (!setSessionCookie || !setDeviceCookie)
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'not in a streamed batch' });
  return next({
    ctx: {
      setSessionCookie,
      /** Both of what a door that lets somebody in hands out; a device that keeps its cookie hands out none. */
      setCookies({ token, deviceToken }: { token: string; deviceToken: string | null }) {
        setSessionCookie(token);
        if (deviceToken !== null) setDeviceCookie(deviceToken);
      },
    },
  });
});
