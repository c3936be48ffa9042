/** A process of its own that answers the API, or works off the queue; it can be killed and started again on the same port. */
import { doorSettings } from './people.ts';
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import superjson from 'superjson';
import { appUrl } from './api-server.ts';
import { at } from './api-call.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface HttpAnswer {
  /** 0 where nobody answered. */
  status: number;
  value: unknown;
  refusalCode: string | null;
  millis: number;
}

class Process {
  readonly #file: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;

  constructor(file: string, env: Record<string, string>) {
    this.#file = path.join(root, file);
    this.#env = env;
  }

  protected launch(env: Record<string, string> = {}): ChildProcess {
    const child = fork(this.#file, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'test', ...this.#env, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    return child;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

export class ApiProcess extends Process {
  port = 0;

  constructor(databaseUrl: string, poolSize = 10) {
    super('tests/support/api-main.ts', { DATABASE_URL: databaseUrl, POOL_SIZE: String(poolSize) });
  }

  /** Starts, or starts again on the port it had; resolves when it answers. */
  async start(): Promise<void> {
    const child = this.launch({ PORT: String(this.port) });
    this.port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve(Number(at(message, 'port'))));
      child.once('exit', (code) =>
        reject(new Error(`the API process ended with ${code} before it answered`)),
      );
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  query(procedure: string, input: unknown, cookie = ''): Promise<HttpAnswer> {
    const wire = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    return this.#send(`${this.origin}/api/trpc/${procedure}?input=${wire}`, { headers: { cookie } });
  }

  mutate(procedure: string, input: unknown, cookie = ''): Promise<HttpAnswer> {
    return this.#send(`${this.origin}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: appUrl, cookie },
      body: JSON.stringify(superjson.serialize(input)),
    });
  }

  async #send(url: string, init: RequestInit): Promise<HttpAnswer> {
    const began = performance.now();
    const answer = (status: number, body: unknown): HttpAnswer => {
      const code = at(body, 'error', 'json', 'data', 'refusal', 'code');
      return {
        status,
        value: at(body, 'result', 'data', 'json'),
        refusalCode: typeof code === 'string' ? code : null,
        millis: performance.now() - began,
      };
    };
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
      return answer(response.status, await response.json());
    } catch {
      return answer(0, null);
    }
  }
}

export class WorkerProcess extends Process {
  constructor(databaseUrl: string) {
    super('workers/main.ts', {
      DATABASE_URL: databaseUrl,
      NEXTAUTH_SECRET: 'only for tests, thrown away after',
      MASTER_KEY: doorSettings.masterKey,
      APP_URL: appUrl,
      LOG_LEVEL: 'silent',
    });
  }

  start(): void {
    this.launch();
  }
}
