/**
 * Which rows of a document are in the room. Known by their ids: they are given out before they are committed, so a lower one may show
 * up after a higher one.
 */
import type { KeptDocument } from '../src/server/schemes/document.ts';

/** No transaction lasts as long: below what was seen so long ago, nothing comes any more. */
const settledAfterMs = 60_000;

export class RowsSeen {
  #seen = new Map<bigint, number>();
  #above = 0n;
  #foldedAt: number | null;
  /** What was added to the log since it was folded. */
  count: number;
  bytesSince = 0;

  constructor(kept: KeptDocument, now: number) {
    this.#foldedAt = kept.foldedAt?.getTime() ?? null;
    this.count = kept.ids.length;
    for (const id of kept.ids) this.#seen.set(id, now);
  }

  has(id: bigint): boolean {
    return id <= this.#above || this.#seen.has(id);
  }

  add(ids: readonly bigint[], bytes: number, now: number): void {
    for (const id of ids) {
      if (this.has(id)) continue;
      this.#seen.set(id, now);
      this.count++;
    }
    this.bytesSince += bytes;
  }

  /** From where on to look for rows that nobody told of. */
  above(now: number): bigint {
    for (const [id, at] of this.#seen) {
      if (now - at < settledAfterMs) continue;
      this.#seen.delete(id);
      if (id > this.#above) this.#above = id;
    }
    return this.#above;
  }

  isFoldedElsewhere(foldedAt: number | null): boolean {
    return foldedAt !== this.#foldedAt;
  }

  folded(ids: readonly bigint[], foldedAt: Date): void {
    this.#foldedAt = foldedAt.getTime();
    const left = Math.max(0, this.count - ids.length);
    this.bytesSince = this.count === 0 ? 0 : Math.round((this.bytesSince * left) / this.count);
    this.count = left;
  }

  /** Read anew as a whole. */
  reset(kept: KeptDocument, now: number): void {
    this.#foldedAt = kept.foldedAt?.getTime() ?? null;
    this.count = kept.ids.length;
    this.bytesSince = 0;
    for (const id of kept.ids) if (!this.has(id)) this.#seen.set(id, now);
  }
}
