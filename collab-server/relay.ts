/** Hears what other instances kept, and looks for what nobody told of: a notice that is lost costs a second. */
import type { DrawnNotice } from '../src/server/schemes/append.ts';
import { readDocument } from '../src/server/schemes/document.ts';
import { type DrawnRow, lookForUpdates, readNotice, readUpdates } from '../src/server/schemes/drawn.ts';
import type { House } from './house.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

export class Relay {
  readonly #house: House;
  readonly #rooms: Rooms;
  #wanted = new Set<bigint>();
  #fetching = false;
  #looking: Promise<void> | null = null;

  constructor(house: House, rooms: Rooms) {
    this.#house = house;
    this.#rooms = rooms;
  }

  /** A notice of rows. Those of rooms that aren't open here are nobody's business. */
  heard(payload: string): void {
    const notice = readNotice(payload);
    if (!notice || notice.from === this.#house.instance) return;
    const opening = this.#rooms.find({ schemeId: notice.s, generation: notice.g });
    if (opening) void opening.then(() => this.#want(notice)).catch(() => undefined);
  }

  #want({ ids }: DrawnNotice): void {
    for (const id of ids) this.#wanted.add(BigInt(id));
    void this.#fetch();
  }

  /** What is asked for while one question is under way goes into the next. */
  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#wanted.size > 0) {
        const ids = [...this.#wanted];
        this.#wanted = new Set();
        await this.#give(await readUpdates(this.#house.db, ids));
      }
    } catch {
      // The database is away: `look` finds them.
    } finally {
      this.#fetching = false;
    }
  }

  async #give(rows: readonly DrawnRow[]): Promise<void> {
    const byRoom = new Map<Promise<Room>, DrawnRow[]>();
    for (const row of rows) {
      const room = this.#rooms.find(row);
      if (room) byRoom.set(room, [...(byRoom.get(room) ?? []), row]);
    }
    for (const [opening, own] of byRoom) await (await opening).takeKept(own);
  }

  /** Looks at every open room for rows that weren't heard of. One look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce()
      .catch(() => undefined)
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const now = this.#house.now();
    const rooms = this.#rooms.all();
    const looked = await lookForUpdates(
      this.#house.db,
      rooms.map(({ at, rows }) => ({ at, above: rows.above(now) })),
    );
    const missed: bigint[] = [];
    for (const [index, room] of rooms.entries()) {
      const found = looked[index];
      if (!found) continue;
      missed.push(...found.ids.filter((id) => !room.rows.has(id)));
      if (room.rows.isFoldedElsewhere(found.foldedAt))
        await room.takeState(await readDocument(this.#house.db, room.at));
    }
    await this.#give(await readUpdates(this.#house.db, missed));
  }
}
