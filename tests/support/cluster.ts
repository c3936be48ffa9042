/** A database server of its own, durable, that can be killed and started again where it was. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedDatabase, startDb } from '../../scripts/db.ts';
import { migrate } from '../../scripts/migrate.ts';
import { freePort } from '../../scripts/ports.ts';
import { isAlive } from '../../scripts/process-info.ts';
import { asRuntimeRole } from './template.ts';

export class Cluster {
  readonly #dir: string;
  readonly #port: number;
  #server: EmbeddedDatabase;
  readonly ownerUrl: string;
  readonly runtimeUrl: string;

  private constructor(dir: string, server: EmbeddedDatabase) {
    this.#dir = dir;
    this.#server = server;
    this.#port = server.port;
    this.ownerUrl = server.ownerUrl;
    this.runtimeUrl = asRuntimeRole(server.ownerUrl);
  }

  static async open(): Promise<Cluster> {
    const home = path.resolve(import.meta.dirname, '../../.data');
    mkdirSync(home, { recursive: true });
    const dir = mkdtempSync(path.join(home, 'faults-'));
    try {
      const cluster = new Cluster(dir, await startDb({ dir, port: await freePort() }));
      await migrate({ ownerUrl: cluster.ownerUrl, runtimeUrl: cluster.runtimeUrl });
      return cluster;
    } catch (error) {
      rmSync(dir, { recursive: true, force: true });
      throw error;
    }
  }

  get port(): number {
    return this.#port;
  }

  #pids(): number[] {
    const file = path.join(this.#server.dir, 'pg/postmaster.pid');
    const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
    return [postmaster, ...children.trim().split(/\s+/).map(Number).filter(Boolean)];
  }

  /** `SIGKILL` is a crash, `SIGINT` a restart in order. Resolves when nothing of the server is left. */
  async end(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const [postmaster, ...children] = this.#pids();
    if (postmaster === undefined) return;
    process.kill(postmaster, signal);
    while ([postmaster, ...children].some(isAlive)) await sleep(20);
  }

  /** Starts it again on its port; resolves when it takes connections. */
  async start(): Promise<void> {
    this.#server = await startDb({ dir: this.#dir, port: this.#port });
    if (this.#server.port !== this.#port) throw new Error('the server came back on another port');
  }

  /** Looks behind the application's back. */
  async asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
