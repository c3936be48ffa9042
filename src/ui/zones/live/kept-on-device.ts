/**
 * What was drawn and isn't known to be kept lies on the device meanwhile: a closed tab or a dead battery loses nothing. It lies there as
 * it is, for nobody but who drew it, and is gone once the server has it, on signing out, or after a month.
 */
import * as Y from 'yjs';
import { drawingBounds } from '../../../domain/scheme/wire.ts';

export interface ShelfRecord {
  /** Scheme, generation and tab: two tabs on one drawing keep what is theirs. */
  key: string;
  schemeId: string;
  generation: number;
  /** Whose it is; another who signs in on this device is not offered it. */
  owner: string;
  update: Uint8Array;
  /** Epoch milliseconds. */
  savedAt: number;
}

/** Where records lie: the browser's database, or a test's. */
export interface ShelfBackend {
  put(record: ShelfRecord): Promise<void>;
  /** In no order. */
  all(): Promise<ShelfRecord[]>;
  remove(keys: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

export interface Found {
  /** Of this drawing as it is now: to be taken in. */
  own: ShelfRecord[];
  /** Drawn on a beginning that was thrown back since: shown as found, never merged. */
  earlier: ShelfRecord[];
}

const keptForMs = 30 * 24 * 60 * 60 * 1_000;

export class Shelf {
  private readonly backend: ShelfBackend;
  private readonly owner: string;
  private readonly now: () => number;

  constructor(backend: ShelfBackend, { owner, now }: { owner: string; now: () => number }) {
    this.backend = backend;
    this.owner = owner;
    this.now = now;
  }

  async find(schemeId: string, generation: number): Promise<Found> {
    const all = await this.backend.all();
    const isOver = ({ savedAt }: ShelfRecord) => savedAt < this.now() - keptForMs;
    const over = all.filter(isOver).map(({ key }) => key);
    if (over.length > 0) await this.backend.remove(over);
    const here = all.filter(
      (record) =>
        !isOver(record) && record.schemeId === schemeId && record.owner === this.owner && isUpdate(record),
    );
    return {
      own: here.filter((record) => record.generation === generation),
      earlier: here.filter((record) => record.generation !== generation),
    };
  }

  /** False where it is more than a drawing may ever hold: it stays where it is, in the tab. */
  async keep(
    at: { schemeId: string; generation: number; tab: string },
    update: Uint8Array,
  ): Promise<boolean> {
    if (update.length > drawingBounds.documentBytes) return false;
    const { schemeId, generation } = at;
    await this.backend.put({
      key: keyOf(at),
      schemeId,
      generation,
      owner: this.owner,
      update,
      savedAt: this.now(),
    });
    return true;
  }

  forget(at: { schemeId: string; generation: number; tab: string }): Promise<void> {
    return this.backend.remove([keyOf(at)]);
  }

  /** Taken in and kept, or not wanted. What its tab has added since stays. */
  async forgetFound(found: readonly ShelfRecord[]): Promise<void> {
    const now = new Map((await this.backend.all()).map(({ key, savedAt }) => [key, savedAt]));
    const same = found.filter(({ key, savedAt }) => now.get(key) === savedAt);
    if (same.length > 0) await this.backend.remove(same.map(({ key }) => key));
  }
}

const keyOf = ({ schemeId, generation, tab }: { schemeId: string; generation: number; tab: string }) =>
  `${schemeId} ${generation} ${tab}`;

/** A record that was written half, or by a page before this one, is none. */
function isUpdate({ update }: ShelfRecord): boolean {
  try {
    Y.decodeUpdate(update);
    return update.length <= drawingBounds.documentBytes;
  } catch {
    return false;
  }
}
