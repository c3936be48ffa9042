/** A collab-server in a process of its own, as the house starts it; it can be killed and started again on its port. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/ports.ts';
import { appUrl } from './drawing-stage.ts';
import { doorSettings } from './people.ts';

const root = path.resolve(import.meta.dirname, '../..');

export class CollabProcess {
  port = 0;
  readonly #databaseUrl: string;
  /** Whose pages it lets in. */
  readonly #pages: string;
  #child: ChildProcess | undefined;

  constructor(databaseUrl: string, pages = appUrl) {
    this.#databaseUrl = databaseUrl;
    this.#pages = pages;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const child = spawn(process.execPath, ['collab-server/main.ts'], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: this.#databaseUrl,
        APP_URL: this.#pages,
        NEXTAUTH_SECRET: doorSettings.masterKey,
        MASTER_KEY: doorSettings.masterKey,
        HOST: '127.0.0.1',
        COLLAB_PORT: String(this.port),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    const isReady = () =>
      fetch(`http://127.0.0.1:${this.port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isReady())) {
      if (child.exitCode !== null) throw new Error(`the collab-server ended with ${child.exitCode}`);
      await sleep(20);
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** One of its metrics; 0 where it isn't there. */
  async metric(name: string): Promise<number> {
    const text = await fetch(`http://127.0.0.1:${this.port}/metrics`).then((answer) => answer.text());
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? 0);
  }
}
