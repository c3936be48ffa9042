/** Lines to the database that are given up when the other end goes silent: a dead network answers nothing and hangs up on nobody. */
import { Socket } from 'node:net';
import pg from 'pg';
import { planNameOf } from './plans.ts';
import { openingNow } from './standing.ts';

type Send = (given: readonly unknown[]) => unknown;

/**
 * Promised statements one after the other. Prisma reads the relations of a record all at once, inside of a transaction too, where
 * there is one line for all of them; the driver will soon refuse to keep the others waiting, and says so. What comes with a
 * callback or brings its own protocol goes straight: the pool sends those alone.
 */
function inTurn(send: Send): (...given: unknown[]) => unknown {
  let last: Promise<unknown> | null = null;
  return (...given) => {
    const [what] = given;
    const isSubmitted = typeof what === 'object' && what !== null && 'submit' in what;
    if (isSubmitted || typeof given.at(-1) === 'function') return send(given);
    const answer = last === null ? send(given) : last.then(() => send(given));
    const over: Promise<unknown> = Promise.resolve(answer).then(
      () => over === last && (last = null),
      () => over === last && (last = null),
    );
    last = over;
    return answer;
  };
}

/** Of a statement that is handed over as an object; nothing of one that brings its own protocol or name. */
function partsOf(what: unknown): { text?: string; values?: readonly unknown[] } {
  if (typeof what !== 'object' || what === null || 'submit' in what || !('text' in what)) return {};
  const { text, values, name } = what as { text: unknown; values?: unknown; name?: unknown };
  if (typeof text !== 'string' || name !== undefined) return {};
  return Array.isArray(values) ? { text, values } : { text };
}

/** One connection. While a limit is set, so many milliseconds without a byte end it, and every statement waiting on it fails. */
export class Line extends pg.Client {
  readonly #socket: Socket;
  /** What the next transaction begins with; see `standing.ts`. */
  #opening: string | null = null;

  constructor(config?: string | pg.ClientConfig) {
    const socket = new Socket();
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), stream: () => socket });
    this.#socket = socket;
    const send: Send = (given) => Reflect.apply(pg.Client.prototype.query, this, this.#opened(given));
    Object.defineProperty(this, 'query', { value: inTurn(send) });
    socket.on('timeout', () => socket.destroy(new Error('Connection terminated: the database went silent')));
  }

  /** Until it is given back, this line's transactions are those of whoever the opening names. */
  standFor(opening: string | null): void {
    this.#opening = opening;
  }

  /** One message instead of two: a transaction and whose it is. And what comes again is planned once. */
  #opened(given: readonly unknown[]): readonly unknown[] {
    const [what] = given;
    const { text, values } = typeof what === 'string' ? { text: what } : partsOf(what);
    if (text !== 'BEGIN' || this.#opening === null) {
      const name = values !== undefined && text !== undefined ? planNameOf(text) : undefined;
      return name === undefined ? given : [{ ...(what as object), name }, ...given.slice(1)];
    }
    return [`BEGIN; ${this.#opening}`, ...given.slice(1).filter((rest) => typeof rest === 'function')];
  }

  /** 0: silence may last. */
  limitSilence(millis: number): void {
    this.#socket.setTimeout(millis);
  }
}

type Borrowed = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (broken?: unknown) => void,
) => void;

/**
 * A pool whose lines stand for who borrowed them. Who that is, is settled as the line is asked for: where all are out, the callback
 * runs later and on behalf of whoever gives one back.
 */
class Lines extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Borrowed): void;
  override connect(callback?: Borrowed): Promise<pg.PoolClient> | void {
    const opening = openingNow();
    const standing = <C extends pg.PoolClient | undefined>(client: C): C => {
      if (client instanceof Line) client.standFor(opening);
      return client;
    };
    if (!callback) return super.connect().then(standing);
    super.connect((error, client, done) => callback(error, standing(client), done));
  }
}

/** The server's own timeouts come first where it is reachable; only a dead line lasts longer than they. */
const graceMs = 500;

/**
 * A pool whose statements are answered, refused by the server or given up within `answerWithinMs` and half a second. What is
 * idle in the pool may be silent as long as it likes.
 */
export function openPool(config: pg.PoolConfig & { answerWithinMs: number }): pg.Pool {
  const { answerWithinMs, ...rest } = config;
  const pool = new Lines({
    Client: Line,
    statement_timeout: answerWithinMs,
    lock_timeout: Math.min(5_000, answerWithinMs),
    idle_in_transaction_session_timeout: answerWithinMs + 5_000,
    keepAlive: true,
    ...rest,
  });
  pool.on('acquire', (client) => {
    if (client instanceof Line) client.limitSilence(answerWithinMs + graceMs);
  });
  pool.on('release', (_error, client) => {
    if (!(client instanceof Line)) return;
    client.limitSilence(0);
    client.standFor(null);
  });
  // A connection cut while idle must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  return pool;
}
