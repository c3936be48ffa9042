import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { lifelineVariable } from './lifeline.ts';

const root = path.resolve(import.meta.dirname, '..');
const lifeline = pathToFileURL(path.join(root, 'scripts/lifeline.ts')).href;
const firstPauseMillis = 500;
const longestPauseMillis = 30_000;
/** A process that lived this long was healthy: its next crash starts the pauses anew. */
const healthyAfterMillis = 60_000;
const stopWithinMillis = 12_000;

const lastWordsLines = 12;
const lastWordsWithinMillis = 300;

export type Say = (name: string, line: string) => void;

export interface Crash {
  name: string;
  /** One after another, each within a minute of its start. */
  crashes: number;
  /** The end of what it said. */
  lastWords: string;
}

export interface ProcessPlan {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** Starts Node on `args` so that it ends with this process and Ctrl-C in a terminal doesn't reach it directly. */
export function spawnNode({ name, args, env }: ProcessPlan, say: Say): ChildProcess {
  const child = spawn(process.execPath, ['--import', lifeline, ...args], {
    cwd: root,
    env: { ...env, [lifelineVariable]: '3' },
    detached: process.platform !== 'win32', // a process group of its own
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on('line', (line) => say(name, line));
  child.stdio[3]?.on('error', () => undefined); // the child went first; its exit is reported
  return child;
}

/** One process that is kept running: restarted after a crash, with growing pauses, until it is stopped. */
export class SupervisedProcess {
  readonly #plan: ProcessPlan;
  readonly #say: Say;
  readonly #onCrash: (crash: Crash) => void;
  #words: string[] = [];
  #child: ChildProcess | undefined;
  #crashes = 0;
  #stopping = false;
  #startedAt = 0;
  #restart: NodeJS.Timeout | undefined;

  constructor(plan: ProcessPlan, say: Say, onCrash: (crash: Crash) => void = () => undefined) {
    this.#plan = plan;
    this.#say = (name, line) => {
      this.#words = [...this.#words, line].slice(-lastWordsLines);
      say(name, line);
    };
    this.#onCrash = onCrash;
  }

  get name(): string {
    return this.#plan.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#startedAt = Date.now();
    const child = spawnNode(this.#plan, this.#say);
    this.#child = child;
    child.once('error', (error) => this.#say(this.name, `could not be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#exited(child, code, signal));
  }

  /** Asks it to end, insists after a while, and takes along whatever it had started itself. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([
      ended,
      sleep(stopWithinMillis, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    if (!hasEnded(child)) this.#say(this.name, 'did not end in time and is ended by force');
    killGroup(child);
    await ended;
  }

  /** Ends it and starts it anew: after a change of its sources. */
  async reload(): Promise<void> {
    await this.stop();
    this.#stopping = false;
    this.start();
  }

  #exited(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#stopping) return;
    killGroup(child);
    if (Date.now() - this.#startedAt > healthyAfterMillis) this.#crashes = 0;
    this.#crashes += 1;
    const pause = Math.min(firstPauseMillis * 2 ** (this.#crashes - 1), longestPauseMillis);
    const how = signal ? `signal ${signal}` : `code ${code}`;
    this.#say(this.name, `stopped unexpectedly (${how}); starting again in ${pause / 1000} s`);
    this.#restart = setTimeout(() => this.start(), pause);
    // What it said last may still be on its way.
    const closed = new Promise((resolve) => child.once('close', resolve));
    const crashes = this.#crashes;
    void Promise.race([closed, sleep(lastWordsWithinMillis)]).then(() =>
      this.#onCrash({ name: this.name, crashes, lastWords: this.#words.join('\n') }),
    );
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // nothing of the group is left, which is what was wanted
  }
}
