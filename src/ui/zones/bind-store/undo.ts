/**
 * Undo and redo of one person's own steps: `docs/decisions/2026-11-23-undo-of-our-own.md`. A step takes back what is still as the step
 * left it; what another wrote, made or deleted since stays. One press is one step, also where nothing of it is left.
 */
import * as Y from 'yjs';
import { copyOf, entriesIn } from './checked-record.ts';
import type { Entries } from './same-value.ts';
import { type KeyChange, type RecordChange, Step } from './step.ts';
import { sameVersions, Versions } from './versions.ts';

export interface UndoState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

interface Surroundings {
  records: Y.Map<unknown>;
  /** Runs `write` as one change of the document that the editor follows. */
  write(write: () => void): void;
  /** What the editor has done and the document doesn't hold yet is part of the latest step. */
  flush(): void;
  isWritable(): boolean;
}

/** As many as anybody goes back; beyond it the oldest are forgotten. */
const mostSteps = 1_000;

export class Undo {
  private readonly versions = new Versions();
  private readonly undone: Step[] = [];
  private readonly done: Step[] = [];
  private open: Step | null = null;
  private lastNumber = 0;
  private shown: UndoState = { canUndo: false, canRedo: false };
  private readonly listeners = new Set<() => void>();
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  // ── Told by the binding ───────────────────────────────────────────────────────────────────────────────────
  created(id: string, entries: Entries): void {
    this.current().created(id, entries);
  }
  changed(id: string, key: string, before: unknown, after: unknown): void {
    this.current().changed(id, key, before, after);
  }
  deleted(id: string, entries: Entries): void {
    this.current().deleted(id, entries);
  }
  othersTook(id: string): void {
    this.versions.othersTook(id);
  }
  othersChanged(id: string, key: string): void {
    this.versions.othersChanged(id, key);
  }

  // ── For the page ──────────────────────────────────────────────────────────────────────────────────────────
  get state(): UndoState {
    return this.shown;
  }
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** A stopping point: what comes after it is a step of its own. Between two of them everything is one step, as one gesture is. */
  mark(): void {
    this.around.flush();
    this.closeOpen();
    this.tell();
  }
  /** `changed`: whether anything was left to take back. Nothing left still uses the step up, and no earlier one goes in its stead. */
  undo(): { changed: boolean } {
    return this.move(this.done, this.undone, (id, change) => this.takeBack(id, change));
  }
  redo(): { changed: boolean } {
    return this.move(this.undone, this.done, (id, change) => this.doAgain(id, change));
  }

  private current(): Step {
    this.undone.length = 0;
    this.open ??= new Step(++this.lastNumber, this.versions);
    return this.open;
  }

  private closeOpen(): void {
    this.open?.close();
    if (this.open && !this.open.isEmpty) this.done.push(this.open);
    if (this.done.length > mostSteps) this.done.shift();
    this.open = null;
  }

  private move(
    from: Step[],
    to: Step[],
    apply: (id: string, change: RecordChange) => RecordChange,
  ): { changed: boolean } {
    this.around.flush();
    this.closeOpen();
    const step = this.around.isWritable() ? from.pop() : undefined;
    const applied = new Step(step?.number ?? 0, this.versions);
    if (step)
      this.around.write(() => {
        for (const [id, change] of step.records) {
          const happened = apply(id, change);
          if (happened.exists || happened.keys.size > 0) applied.records.set(id, happened);
        }
      });
    if (!applied.isEmpty) to.push(applied);
    this.tell();
    return { changed: !applied.isEmpty };
  }

  private takeBack(id: string, change: RecordChange): RecordChange {
    const { records } = this.around;
    const { exists } = change;
    const happened: RecordChange = { exists: null, keys: new Map() };
    if (exists?.kind === 'deleted') {
      if (records.has(id) || this.versions.of(id).exists !== exists.to) return happened;
      this.bringBack(id, exists.held, exists.from);
      happened.exists = exists;
    }
    for (const [key, each] of change.keys)
      if (this.write(id, key, each.before, each.to, each.from)) happened.keys.set(key, each);
    const entries = entriesIn(records, id);
    if (exists?.kind !== 'created' || !entries || this.versions.of(id).exists !== exists.to) return happened;
    if (!this.versions.isWhollyOwn(id)) return happened;
    happened.exists = { ...exists, held: { entries: copyOf(entries), version: this.versions.of(id) } };
    records.delete(id);
    this.versions.set(id, { exists: exists.from, base: exists.from, keys: new Map() });
    return happened;
  }

  private doAgain(id: string, change: RecordChange): RecordChange {
    const { records } = this.around;
    const { exists } = change;
    const happened: RecordChange = { exists: null, keys: new Map() };
    if (exists?.kind === 'created') {
      if (records.has(id) || this.versions.of(id).exists !== exists.from) return happened;
      this.bringBack(id, exists.held, exists.to);
      happened.exists = exists;
    }
    for (const [key, each] of change.keys)
      if (this.write(id, key, each.after, each.from, each.to)) happened.keys.set(key, each);
    if (exists?.kind !== 'deleted' || !exists.held || !entriesIn(records, id)) return happened;
    const version = this.versions.of(id);
    if (version.exists !== exists.from || !sameVersions(version, exists.held.version)) return happened;
    records.delete(id);
    this.versions.set(id, { exists: exists.to, base: exists.to, keys: new Map() });
    happened.exists = exists;
    return happened;
  }

  private bringBack(id: string, held: NonNullable<RecordChange['exists']>['held'], exists: number): void {
    if (!held) throw new Error(`nothing was kept of ${id}`);
    this.around.records.set(id, new Y.Map(held.entries));
    this.versions.set(id, { ...held.version, exists });
  }

  private write(id: string, key: string, value: unknown, wanted: KeyChange['to'], next: number): boolean {
    const entries = entriesIn(this.around.records, id);
    if (!entries || this.versions.ofKey(id, key) !== wanted) return false;
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
    this.versions.setKey(id, key, next);
    return true;
  }

  /** Told by the binding as well, once what the editor did is written. */
  tell(): void {
    const canUndo = this.done.length > 0 || (this.open !== null && !this.open.isEmpty);
    const canRedo = this.undone.length > 0;
    if (canUndo === this.shown.canUndo && canRedo === this.shown.canRedo) return;
    this.shown = { canUndo, canRedo };
    for (const listener of this.listeners) listener();
  }
}
