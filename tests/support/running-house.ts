import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../scripts/process-info.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The house as a stranger runs it: the real supervisor with everything under it. */
export class RunningHouse {
  readonly dataDir: string;
  readonly port: number;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(dataDir: string, port: number) {
    this.dataDir = dataDir;
    this.port = port;
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the house was not started');
    return this.#child.pid;
  }

  start(env: Record<string, string> = {}, args: string[] = []): void {
    this.#output = '';
    const given = {
      PORT: String(this.port),
      DATA_DIR: this.dataDir,
      DATABASE_URL: '',
      DATABASE_OWNER_URL: '',
      DEMO_PASSWORD: '',
      NEXT_DIST_DIR: process.env.NEXT_DIST_DIR || '.next-test',
    };
    const { npm_lifecycle_event: _npm, NODE_ENV: _test, ...inherited } = process.env;
    const child = spawn(process.execPath, ['scripts/start.ts', ...args], {
      cwd: root,
      env: { ...inherited, ...given, ...env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    this.#child = child;
  }

  /** Waits until the output contains `text`; fails with the whole output when the house ends before. */
  async says(text: string, timeoutMillis = 100_000): Promise<void> {
    const deadline = Date.now() + timeoutMillis;
    while (!this.#output.includes(text)) {
      if (this.#ended || Date.now() > deadline) throw new Error(`never said “${text}”:\n${this.#output}`);
      await sleep(50);
    }
  }

  async exitCode(timeoutMillis = 30_000): Promise<number | null> {
    const deadline = Date.now() + timeoutMillis;
    while (!this.#ended) {
      if (Date.now() > deadline) throw new Error(`did not end:\n${this.#output}`);
      await sleep(50);
    }
    return this.#child?.exitCode ?? null;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Every process under the supervisor: web, worker, collab-server and the database. */
  childPids(): number[] {
    const children: number[] = JSON.parse(readFileSync(path.join(this.dataDir, 'children.json'), 'utf8'));
    return [...children, this.databasePid()];
  }

  databasePid(): number {
    return Number(readFileSync(path.join(this.dataDir, 'postgres/pg/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  get #ended(): boolean {
    return this.#child !== undefined && (this.#child.exitCode !== null || this.#child.signalCode !== null);
  }
}

/** Waits until none of these processes exists; the ones that still do are the answer. */
export async function survivors(pids: number[], withinMillis: number): Promise<number[]> {
  const deadline = Date.now() + withinMillis;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(50);
  return pids.filter(isAlive);
}
