/** The ladder of procedures. Each is declared with the action it performs; what is undeclared fails the suite. */
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { z } from 'zod';
import { isStaff } from '../domain/access/actor.ts';
import { type Action, can, needsSubject } from '../domain/access/policy.ts';
import type { Refusal, RefusalCode, Result } from '../domain/refusal.ts';
import type { Deps } from '../server/deps.ts';
import type { Env } from '../server/env.ts';
import type { EventHub } from '../server/live/hub.ts';
import type { Caller } from './auth.ts';

export interface Context extends Caller {
  deps: Deps;
  env: Env;
  hub: EventHub;
  locale: string;
  userAgent: string | null;
  ipAddress: string | null;
  /** Sets the session's cookie on this answer; null where its headers have left already, in a streamed batch. */
  setSessionCookie: ((token: string) => void) | null;
  /** Asked again before each message of an open stream. */
  identifyAgain(): Promise<Caller>;
}

export interface ProcedureMeta {
  who: 'anyone' | 'client' | 'signed_in' | 'staff' | 'administrator';
  action: Action;
}

class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

type HttpCode = 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_REQUEST' | 'CONFLICT';
const httpCodes: Partial<Record<RefusalCode, HttpCode>> = {
  not_signed_in: 'UNAUTHORIZED',
  wrong_credentials: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  account_blocked: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid_input: 'BAD_REQUEST',
  unreadable_file: 'BAD_REQUEST',
};

export function refusalError(refusal: Refusal): TRPCError {
  return new TRPCError({
    code: httpCodes[refusal.code] ?? 'CONFLICT',
    message: refusal.code,
    cause: new RefusalError(refusal),
  });
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
    transformer: superjson,
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

const declared = (who: ProcedureMeta['who'], action: Action) =>
  t.procedure.meta({ who, action }).use(({ ctx, next }) => {
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

/** For what gives this browser another session: asked before anything is done whether the cookie can still be set. */
export const withSessionCookie = t.middleware(({ ctx, next }) => {
  const { setSessionCookie } = ctx;
  if (!setSessionCookie) throw new TRPCError({ code: 'BAD_REQUEST', message: 'not in a streamed batch' });
  return next({ ctx: { setSessionCookie } });
});
