/** The web process's one set of dependencies, made on first use and kept over reloads in development. */
import { randomUUID } from 'node:crypto';
import { createDb } from '../server/db.ts';
import type { Deps } from '../server/deps.ts';
import { type Env, readEnv } from '../server/env.ts';
import { createAnnouncer } from '../server/live/announcer.ts';
import { type EventHub, openEventHub } from '../server/live/hub.ts';
import { openQueue } from '../server/queue.ts';
import { refuseOverreach } from '../server/runtime-role.ts';
import { isUnavailable } from '../server/unavailable.ts';

export interface Server {
  env: Env;
  deps: Deps;
  hub: EventHub;
}

/** People wait no longer for an answer: a statement that takes more is given up, and the request is told to come again. */
export const answerWithinMs = 5_000;

const kept = globalThis as typeof globalThis & { dermisServer?: Promise<Server> };

async function open(): Promise<Server> {
  const env = readEnv();
  await refuseOverreach(env);
  const db = createDb(env.DATABASE_URL, env.DATABASE_POOL_SIZE, answerWithinMs);
  const [queue, hub] = await Promise.all([openQueue(env.DATABASE_URL), openEventHub(env.DATABASE_URL)]);
  const deps: Deps = { db, queue, announcer: createAnnouncer(db), now: () => new Date(), newId: randomUUID };
  return { env, deps, hub };
}

export function server(): Promise<Server> {
  kept.dermisServer ??= open().catch((error: unknown) => {
    kept.dermisServer = undefined; // the next request tries again: the database may be starting
    throw error;
  });
  return kept.dermisServer;
}

/** Answers a request with the server's dependencies; a database that is away is said as such, not as a fault of ours. */
export const serve = (work: (opened: Server) => Promise<Response>): Promise<Response> =>
  sayingBusy(async () => work(await server()));

export async function sayingBusy(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return Response.json(
      { error: 'busy' },
      { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '2' } },
    );
  }
}
