/** What was done here and isn't known to be kept: the server has acknowledged it or it is still in this list. */
import * as Y from 'yjs';

export class Unkept {
  private updates: { number: number; update: Uint8Array }[] = [];
  private marks = new Map<number, number>();
  private lastNumber = 0;
  private lastMark = 0;
  /** A mark sent after the two documents were compared has come back. Before, nothing says what the server really has. */
  isConfirmed = false;

  get isEmpty(): boolean {
    return this.updates.length === 0;
  }
  get isMarkWaiting(): boolean {
    return this.marks.size > 0;
  }

  add(update: Uint8Array): void {
    this.updates.push({ number: ++this.lastNumber, update });
  }

  /** The number to send: it stands for everything so far. */
  mark(): number {
    this.marks.set(++this.lastMark, this.lastNumber);
    return this.lastMark;
  }

  /** False for a mark of a line before this one, or of a time when the server still asked what there is. */
  kept(mark: number): boolean {
    const covers = this.marks.get(mark);
    if (covers === undefined) return false;
    for (const earlier of this.marks.keys()) if (earlier <= mark) this.marks.delete(earlier);
    this.updates = this.updates.filter(({ number }) => number > covers);
    this.isConfirmed = true;
    return true;
  }

  /** A new line, or the server asks anew: no mark sent before says anything. */
  startAnew(): void {
    this.marks.clear();
    this.isConfirmed = false;
  }

  /** All of it as one update; null where there is none. */
  merged(): Uint8Array | null {
    const [first, ...others] = this.updates.map(({ update }) => update);
    if (!first) return null;
    const whole = others.length === 0 ? first : Y.mergeUpdates([first, ...others]);
    // one instead of many, so that an hour without a line doesn't merge the same again and again
    const covers = this.updates.at(-1)?.number ?? this.lastNumber;
    if (![...this.marks.values()].some((number) => number < covers))
      this.updates = [{ number: covers, update: whole }];
    return whole;
  }
}
