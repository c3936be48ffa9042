import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedDatabase, startDb } from './db.ts';
import { prepareEmbedded } from './first-run.ts';
import { migrate, runtimeRole } from './migrate.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { Say } from './supervised-process.ts';

export interface RunningDatabase {
  ownerUrl: string;
  runtimeUrl: string;
  stop(): Promise<void>;
}

/** Starts the embedded database, or takes the operator's, and brings it up to date. Only our own is ever seeded. */
export async function openDatabase(
  settings: Settings,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
  say: Say,
): Promise<RunningDatabase> {
  if (settings.external) {
    if (settings.external.ownerUrl === settings.external.runtimeUrl)
      say(
        'start',
        'Only DATABASE_URL is set: the processes use the owner’s rights. Set DATABASE_OWNER_URL as well to part them.',
      );
    await migrate(settings.external);
    return { ...settings.external, stop: async () => undefined };
  }
  const keeper = new DatabaseKeeper(path.join(settings.dataDir, 'postgres'), say);
  const { ownerUrl } = await keeper.start();
  const urls = { ownerUrl, runtimeUrl: runtimeUrlOf(ownerUrl, secrets.DATABASE_APP_PASSWORD) };
  try {
    await prepareEmbedded(urls, settings.dataDir, env);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
  return { ...urls, stop: () => keeper.stop() };
}

/** The address of the runtime role on the same database. */
export function runtimeUrlOf(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = runtimeRole;
  url.password = password;
  return url.href;
}

/** Keeps the embedded server running: a connection held open tells when it is gone. */
class DatabaseKeeper {
  readonly #dir: string;
  readonly #say: Say;
  #server: EmbeddedDatabase | undefined;
  #watch: pg.Client | undefined;
  #stopping = false;

  constructor(dir: string, say: Say) {
    this.#dir = dir;
    this.#say = say;
  }

  async start(): Promise<EmbeddedDatabase> {
    const server = await startDb({ dir: this.#dir });
    this.#server = server;
    const watch = new pg.Client({
      connectionString: server.ownerUrl,
      keepAlive: true,
      application_name: 'supervisor',
    });
    watch.on('error', () => undefined); // "end" follows
    watch.once('end', () => void this.#lost());
    await watch.connect();
    this.#watch = watch;
    return server;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#watch?.end().catch(() => undefined);
    await this.#server?.stop();
  }

  async #lost(): Promise<void> {
    for (let pauseMillis = 100; !this.#stopping; pauseMillis = Math.min(pauseMillis * 2, 10_000)) {
      this.#say('database', 'is gone; starting it again');
      try {
        await this.start();
        this.#say('database', 'is back');
        return;
      } catch (error) {
        this.#say('database', error instanceof Error ? error.message : String(error));
        await sleep(pauseMillis);
      }
    }
  }
}
