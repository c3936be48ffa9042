/** Keeps a room's updates: writes them down in batches, and says so only after they are. */
import * as Y from 'yjs';
import type { CloseName } from '../src/domain/scheme/close-codes.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { appendBatch } from '../src/server/schemes/append.ts';
import type { DocumentAt } from '../src/server/schemes/document.ts';
import { packSteps } from '../src/server/schemes/steps.ts';
import type { House } from './house.ts';
import { StepLog } from './step-log.ts';

const shortestWaitMs = 50;
const longestWaitMs = 250;
/** A busy house gathers for longer: commits, and their notices, come one after the other. */
const waitPerRoomMs = 7;
const againAfterMs = { first: 100, most: 2_000 };

export interface KeeperEvents {
  /** Rows of ours: nobody need tell us of them. */
  onKept(ids: readonly bigint[], bytes: number): void;
  /** Nothing more is taken, for good. */
  onRefused(why: CloseName): void;
}

interface Mark {
  after: number;
  answer(): void;
}

export class Keeper {
  readonly steps = new StepLog();
  readonly #house: House;
  readonly #at: DocumentAt;
  readonly #events: KeeperEvents;
  #waiting: Uint8Array[] = [];
  /** On their way: they were read from `#waiting`, and aren't committed. */
  #leaving: Uint8Array[] = [];
  waitingBytes = 0;
  #taken = 0;
  #kept = 0;
  #marks: Mark[] = [];
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;
  #isRefused = false;
  #isGivenUp = false;

  constructor(house: House, at: DocumentAt, events: KeeperEvents) {
    this.#house = house;
    this.#at = at;
    this.#events = events;
  }

  get isIdle(): boolean {
    return this.#taken === this.#kept;
  }

  /** What is taken in and not committed. */
  unkept(): Uint8Array[] {
    return [...this.#leaving, ...this.#waiting];
  }

  take(update: Uint8Array): void {
    this.#taken++;
    this.#waiting.push(update);
    this.waitingBytes += update.length;
    this.#schedule();
  }

  /** Answers once everything taken until now is committed; at once where it is. */
  mark(answer: () => void): void {
    if (this.isIdle) answer();
    else this.#marks.push({ after: this.#taken, answer });
  }

  #schedule(): void {
    if (this.#timer || this.#flushing || this.#isRefused || this.#waiting.length === 0) return;
    const wait = Math.min(longestWaitMs, shortestWaitMs + this.#house.roomsDrawing() * waitPerRoomMs);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#writeOnce();
    }, wait);
  }

  /** Everything taken until now is committed, or refused for good. Tries for as long as the database is away and the process lives. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.isIdle && !this.#isRefused && !this.#isGivenUp) await this.#writeOnce();
  }

  #writeOnce(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined;
      this.#schedule();
    });
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    const update = batch.length > 1 ? Y.mergeUpdates(batch) : batch[0];
    if (!update) return;
    this.#leaving = batch;
    this.#waiting = [];
    this.waitingBytes = 0;
    const upTo = this.#taken;
    const taken = this.steps.take();
    const steps = await packSteps(taken.steps);
    for (let tries = 0; !this.#isRefused && !this.#isGivenUp; tries++) {
      const startedAt = performance.now();
      try {
        const now = new Date(this.#house.now());
        const batchOf = { updates: [update], steps, from: this.#house.instance, now };
        const result = await appendBatch(this.#house.db, this.#at, batchOf);
        if (!result.ok) return this.#refuse(closeNameFor(result.refusal));
        taken.kept(result.value.stepIds);
        this.#house.metrics.appended(performance.now() - startedAt);
        this.#leaving = [];
        this.#kept = upTo;
        this.#events.onKept(result.value.ids, update.length);
        return this.#answer();
      } catch {
        // Nothing is acknowledged. Sent twice, an update changes nothing the second time.
        this.#house.metrics.count('appends_failed_total');
        const wait = Math.min(againAfterMs.most, againAfterMs.first * 2 ** tries);
        await new Promise((wake) => setTimeout(wake, wait));
      }
    }
  }

  #answer(): void {
    const [done, open]: [Mark[], Mark[]] = [[], []];
    for (const mark of this.#marks) (mark.after <= this.#kept ? done : open).push(mark);
    this.#marks = open;
    for (const { answer } of done) answer();
  }

  #refuse(why: CloseName): void {
    this.stop();
    this.#events.onRefused(why);
  }

  /** Writes nothing more, and answers nobody. */
  stop(): void {
    this.#isRefused = true;
    clearTimeout(this.#timer);
    this.#marks = [];
  }

  /** The process ends and the database is away: those who drew have it still. */
  giveUp(): void {
    this.#isGivenUp = true;
  }
}

function closeNameFor(refusal: Refusal): CloseName {
  if (refusal.code === 'scheme_closed') return 'closed';
  return refusal.code === 'stale' ? 'otherGeneration' : 'notFound';
}
