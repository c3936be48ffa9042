/** The database: one pool a process, short transactions, SQLSTATE instead of vendor codes. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import type { Actor } from '../domain/access/actor.ts';
import { openPool } from './line.ts';
import { standFor, standingFor } from './standing.ts';

export { Prisma };
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

interface Origin {
  pool: pg.Pool;
  /** The client that `createDb` made, whoever stands before it. */
  root: Db;
  /** Null: nobody's. */
  opening: string | null;
}

// Next loads this file once for pages and once for routes; both use the one client of the process.
const kept = globalThis as typeof globalThis & { dermisOrigins?: WeakMap<object, Origin> };
kept.dermisOrigins ??= new WeakMap();
const origins = kept.dermisOrigins;

/**
 * Opens a pool of `poolSize` connections for the runtime role. Statements and locks time out, and a line gone silent is given
 * up: a stuck database or network fails requests instead of hanging them. The caller ends it with `db.$disconnect()`.
 */
export function createDb(databaseUrl: string, poolSize = 10, answerWithinMs = 15_000): Db {
  const pool = openPool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: 8_000,
    idleTimeoutMillis: 30_000,
    answerWithinMs,
    application_name: 'dermis',
  });
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true, onPoolError: () => undefined }),
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 8_000, timeout: 15_000 },
  });
  origins.set(db, { pool, root: db, opening: null });
  return db;
}

/** Tells a client from a transaction of one. */
export const isClient = (db: Db | Tx): db is Db => origins.has(db);

function originOf(db: Db): Origin {
  const origin = origins.get(db);
  if (!origin) throw new Error('this client was not made by createDb');
  return origin;
}

/** The pool beneath a client. Its lines stand for nobody, but within `asItsOwner`. */
export const poolOf = (db: Db): pg.Pool => originOf(db).pool;

/** The client without anybody before it: for tables that hold nothing personal, which row security exempts. */
export const rootOf = (db: Db): Db => originOf(db).root;

/** Runs `work` on behalf of whoever the client stands for. */
export function asItsOwner<T>(db: Db, work: () => T): T {
  const { opening } = originOf(db);
  return opening === null ? work() : standingFor(opening, work);
}

const callable = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function';

/**
 * The same client on behalf of an actor: each call is a short transaction of its own that says whose it is, and `$transaction` says
 * it once for all its statements. Never batched with another's: the library would join two people's look-ups of one moment.
 */
export function actingAs(db: Db, actor: Actor): Db {
  const { pool, root } = originOf(db);
  const opening = standFor(actor);
  const alone = (call: (tx: Tx) => unknown) =>
    standingFor(opening, () => root.$transaction(async (tx) => call(tx)));
  const acting = new Proxy(root, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name === '$transaction' && callable(member))
        return (...given: unknown[]) => standingFor(opening, () => Reflect.apply(member, target, given));
      if (typeof name !== 'string' || name === '$disconnect' || name === '$connect')
        return callable(member) ? member.bind(target) : member;
      if (callable(member) && name.startsWith('$'))
        return (...given: unknown[]) => alone((tx) => callWith(tx, name, given));
      if (typeof member !== 'object' || member === null) return member;
      return new Proxy(member, {
        get(model, operation) {
          const inner: unknown = Reflect.get(model, operation);
          if (!callable(inner) || typeof operation !== 'string') return inner;
          return (...given: unknown[]) => alone((tx) => callWith(Reflect.get(tx, name), operation, given));
        },
      });
    },
  });
  origins.set(acting, { pool, root, opening });
  return acting;
}

function callWith(target: object, name: string, given: unknown[]): unknown {
  const member: unknown = Reflect.get(target, name);
  if (!callable(member)) throw new Error(`a client has no ${name}`);
  return Reflect.apply(member, target, given);
}

/** Thrown inside a transaction to undo it and hand a refusal (or any value) to the caller of `transact`. */
export class Rollback<T> extends Error {
  readonly value: T;
  constructor(value: T) {
    super('rolled back on purpose');
    this.value = value;
  }
}

const hasCause = (error: unknown): error is { cause?: unknown; meta?: unknown; originalCode?: unknown } =>
  typeof error === 'object' && error !== null;

/** The SQLSTATE of an error, wherever the driver adapter hid it; null where it came from elsewhere. */
export function sqlState(error: unknown, depth = 0): string | null {
  if (!hasCause(error) || depth > 5) return null;
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  if (typeof error.originalCode === 'string') return error.originalCode;
  const meta = hasCause(error.meta)
    ? (error.meta as { driverAdapterError?: unknown }).driverAdapterError
    : undefined;
  return sqlState(meta, depth + 1) ?? sqlState(error.cause, depth + 1);
}

/** The name of the violated constraint, where PostgreSQL told one. */
export function constraintOf(error: unknown): string | null {
  const text = error instanceof Error ? error.message : '';
  const cause = hasCause(error) && hasCause(error.meta) ? JSON.stringify(error.meta) : '';
  return /constraint \\?"([a-z_]+)\\?"/i.exec(`${text} ${cause}`)?.[1] ?? null;
}

const retriable = new Set(['40001', '40P01']);
const maxTries = 5;

/** Tries again after serialization failures and deadlocks (up to 5 times); a thrown `Rollback` becomes its value. */
export async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Rollback) return error.value as T;
      if (tries >= maxTries || !retriable.has(sqlState(error) ?? '')) throw error;
      await new Promise((wake) => setTimeout(wake, tries * 5 + ((tries * 7) % 11)));
    }
  }
}

/**
 * Runs `work` in one transaction, retried where the database asks for it; a thrown `Rollback` undoes everything and its value is
 * returned. Nothing but the database may be awaited inside.
 */
export const transact = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  retrying(() => db.$transaction(work));
