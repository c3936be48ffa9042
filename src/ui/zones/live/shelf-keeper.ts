/** Puts on the shelf what a line can't call kept, and takes it off again: one write at a time, of the newest state only. */
import type { LiveLine } from './live-line.ts';
import type { Shelf } from './kept-on-device.ts';

const writeAfterMs = 250;

export class ShelfKeeper {
  private readonly line: LiveLine;
  private readonly shelf: Shelf;
  private readonly at: { schemeId: string; generation: number; tab: string };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work: Promise<void> = Promise.resolve();
  private lies = false;
  private readonly stop: () => void;

  constructor(line: LiveLine, shelf: Shelf, at: { schemeId: string; generation: number; tab: string }) {
    this.line = line;
    this.shelf = shelf;
    this.at = at;
    this.stop = line.on('unkept', () => {
      this.timer ??= setTimeout(() => void this.flush(), writeAfterMs);
    });
  }

  /** At once: the page may be gone a moment later. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // a device that keeps nothing is no reason to stop drawing
    this.work = this.work.then(() => this.write()).catch(() => undefined);
    return this.work;
  }

  private async write(): Promise<void> {
    const update = this.line.unkeptUpdate();
    if (update) {
      this.lies = true;
      await this.shelf.keep(this.at, update);
    } else if (this.lies) {
      await this.shelf.forget(this.at);
      this.lies = false;
    }
  }

  async close(): Promise<void> {
    this.stop();
    await this.flush();
  }
}
