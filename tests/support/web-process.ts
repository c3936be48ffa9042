/** One production web process on a database of the caller's choice, for figures over HTTP. */
import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import superjson from 'superjson';
import { ensureBuild } from '../../scripts/build.ts';
import { freePort } from '../../scripts/ports.ts';

const root = path.resolve(import.meta.dirname, '../..');
const distDir = process.env.NEXT_DIST_DIR || '.next-test';
const startMillis = 60_000;

export interface HttpAnswer {
  status: number;
  /** The procedure's value, or null on a refusal. */
  data: unknown;
  refusalCode: string | null;
  millis: number;
}

/** In production nothing starts with less. */
export const strongSecret = (): string => randomBytes(48).toString('base64url');

export class WebProcess {
  readonly origin: string;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(origin: string, child: ChildProcess) {
    this.origin = origin;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
  }

  /** Everything it has written so far, to either output. */
  get said(): string {
    return this.#said;
  }

  static async start(databaseUrl: string, env: Record<string, string> = {}): Promise<WebProcess> {
    const settings = { ...process.env, NEXT_DIST_DIR: distDir };
    await ensureBuild(distDir, settings, () => undefined);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const args = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...settings,
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        APP_URL: origin,
        NEXTAUTH_URL: origin,
        NEXTAUTH_SECRET: strongSecret(),
        MASTER_KEY: strongSecret(),
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const web = new WebProcess(origin, child);
    for (const deadline = Date.now() + startMillis; ; await sleep(100)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('the web process did not start');
      const answer = await fetch(`${origin}/sign-in`).catch(() => null);
      if (answer && answer.status < 500) return web;
    }
  }

  async query(procedure: string, input: unknown): Promise<HttpAnswer> {
    const wire = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    return this.#send(`${this.origin}/api/trpc/${procedure}?input=${wire}`, { method: 'GET' });
  }

  /** Each call without a cookie is another browser. */
  async mutate(procedure: string, input: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return this.#send(`${this.origin}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, ...headers },
      body: JSON.stringify(superjson.serialize(input)),
    });
  }

  async #send(url: string, init: RequestInit): Promise<HttpAnswer> {
    const began = performance.now();
    const response = await fetch(url, init);
    const body: unknown = await response.json().catch(() => null);
    const millis = performance.now() - began;
    return {
      status: response.status,
      data: at(body, 'result', 'data', 'json'),
      refusalCode: codeOf(body),
      millis,
    };
  }

  /** Resident memory of the process, in MB. */
  residentMegabytes(): number {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'));
    return Number(line?.[1] ?? Number.NaN) / 1024;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(killer);
  }
}

function at(value: unknown, ...keys: string[]): unknown {
  let current = value;
  for (const key of keys)
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
  return current ?? null;
}

const codeOf = (body: unknown): string | null => {
  const code = at(body, 'error', 'json', 'data', 'refusal', 'code');
  return typeof code === 'string' ? code : null;
};
