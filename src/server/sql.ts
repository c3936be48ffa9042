/**
 * SQL by itself, over Prisma's transaction or straight over pg. The booking's hot path goes straight: a dozen statements through the
 * client's query engine cost more processor time than the statements themselves (bench: `booking.durable_rate`).
 */
import pg from 'pg';
import { asItsOwner, type Db, isClient, poolOf, type Prisma, retrying, Rollback, type Tx } from './db.ts';

export interface Sql {
  rows<T>(query: Prisma.Sql): Promise<T[]>;
  /** How many rows were written. */
  run(query: Prisma.Sql): Promise<number>;
  /** For libraries that bring their own text. */
  raw<T>(text: string, values?: unknown[]): Promise<T[]>;
}

const isSql = (tx: Tx | Db | Sql): tx is Sql => 'rows' in tx && 'run' in tx && 'raw' in tx;

/** The same statements through whichever transaction the caller has. */
export function asSql(tx: Tx | Db | Sql): Sql {
  if (isSql(tx)) return tx;
  return {
    rows: (query) => tx.$queryRaw(query),
    run: (query) => tx.$executeRaw(query),
    raw: (text, values = []) => tx.$queryRawUnsafe(text, ...values),
  };
}

function over(client: pg.Pool | pg.PoolClient): Sql {
  return {
    rows: async (query) => (await client.query({ text: query.text, values: [...query.values] })).rows,
    run: async (query) => (await client.query({ text: query.text, values: [...query.values] })).rowCount ?? 0,
    raw: async (text, values = []) => (await client.query({ text, values })).rows,
  };
}

/** Single statements, each in a transaction of its own on behalf of whoever the client stands for. */
export function straight(db: Db): Sql {
  return {
    rows: (query) => transactSql(db, (tx) => tx.rows(query)),
    run: (query) => transactSql(db, (tx) => tx.run(query)),
    raw: (text, values) => transactSql(db, (tx) => tx.raw(text, values)),
  };
}

/** Single statements with nobody behind them and nothing around them: the shortest way to what holds nothing personal. */
export const unguarded = (db: Db): Sql => over(poolOf(db));

/** The same through the caller's transaction, where there is one. */
export const quickest = (client: Db | Tx): Sql => (isClient(client) ? unguarded(client) : asSql(client));

/** As `transact`, straight over pg: same pool, same retries, same rollback with a value. */
export function transactSql<T>(db: Db, work: (tx: Sql) => Promise<T>): Promise<T> {
  return retrying(async () => {
    const client = await asItsOwner(db, () => poolOf(db).connect());
    let broken: Error | undefined;
    const giveUp = (error: Error) => {
      broken = error; // not back into the pool
    };
    // A line cut between two statements says so here; unheard, it would end the process.
    client.on('error', giveUp);
    try {
      await client.query('BEGIN');
      const value = await work(over(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      // Where the server answered, it is told; a silent one isn't asked again, and undoes what it knows when the line ends.
      if (error instanceof pg.DatabaseError || error instanceof Rollback)
        await client.query('ROLLBACK').catch(giveUp);
      else broken = error instanceof Error ? error : new Error('a transaction failed with no error');
      throw error;
    } finally {
      client.removeListener('error', giveUp);
      client.release(broken);
    }
  });
}
