/** The database: one pool a process, short transactions, SQLSTATE instead of vendor codes. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { openPool } from './line.ts';

export { Prisma };
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

// Next loads this file once for pages and once for routes; both use the one client of the process.
const kept = globalThis as typeof globalThis & { dermisPools?: WeakMap<object, pg.Pool> };
kept.dermisPools ??= new WeakMap();
const pools = kept.dermisPools;

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
  pools.set(db, pool);
  return db;
}

/** Tells a client from a transaction of one. */
export const isClient = (db: Db | Tx): db is Db => pools.has(db);

/** The pool beneath a client that `createDb` made. */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db);
  if (!pool) throw new Error('this client was not made by createDb');
  return pool;
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
