/** All open rooms of this process: opened once for however many come at once, and closed when the last has left. */
import { readDocument, type DocumentAt } from '../src/server/schemes/document.ts';
import { foldDocument } from '../src/server/schemes/fold.ts';
import { readWriters } from '../src/server/schemes/writers.ts';
import { straight } from '../src/server/sql.ts';
import type { House } from './house.ts';
import type { Member } from './member.ts';
import { Room } from './room.ts';

/** Somebody who reloads the page finds the room as it was. */
const lingerMs = 3_000;
const foldAt = { rows: 500, bytes: 1024 * 1024 } as const;
/** What is left of a room is folded where it is worth a transaction. */
const foldOnLeavingRows = 20;
const foldAgainAfterMs = 5_000;

interface Opened {
  at: DocumentAt;
  loading: Promise<Room>;
  room: Room | null;
  /** Who has asked for it and hasn't left: seated or about to be. */
  holds: number;
  linger: NodeJS.Timeout | undefined;
  foldAfter: number;
}

export interface Entered {
  room: Room;
  /** Once. */
  leave(): void;
}

const keyOf = ({ schemeId, generation }: DocumentAt): string => `${schemeId} ${generation}`;

export class Rooms {
  readonly #house: House;
  readonly #opened = new Map<string, Opened>();
  #folding: Promise<void> = Promise.resolve();

  constructor(house: House) {
    this.#house = house;
  }

  /** Loaded ones. */
  all(): Room[] {
    return [...this.#opened.values()].flatMap(({ room }) => room ?? []);
  }

  members(): { room: Room; member: Member }[] {
    return this.all().flatMap((room) => [...room.audience.members].map((member) => ({ room, member })));
  }

  /** The room of this document, if it is open here or just being opened. */
  find(at: DocumentAt): Promise<Room> | null {
    return this.#opened.get(keyOf(at))?.loading ?? null;
  }

  /** Whoever enters leaves, whatever comes between. Rejects where the database can't be read. */
  async enter(at: DocumentAt): Promise<Entered> {
    const key = keyOf(at);
    let opened = this.#opened.get(key);
    if (!opened || opened.room?.isSpent) {
      opened = { at, loading: this.#load(at), room: null, holds: 0, linger: undefined, foldAfter: 0 };
      this.#opened.set(key, opened);
      this.#house.metrics.rooms = this.#opened.size;
    }
    const held = opened;
    held.holds++;
    clearTimeout(held.linger);
    held.linger = undefined;
    try {
      const room = await held.loading;
      if (!held.room) this.#house.roomOpened(room);
      held.room = room;
      return { room, leave: () => this.#leave(key, held) };
    } catch (error) {
      this.#forget(key, held);
      throw error;
    }
  }

  async #load(at: DocumentAt): Promise<Room> {
    const [kept, writers] = await Promise.all([
      readDocument(this.#house.db, at),
      readWriters(straight(this.#house.db), at),
    ]);
    return new Room(this.#house, at, kept, writers);
  }

  #leave(key: string, opened: Opened): void {
    if (--opened.holds > 0) return;
    clearTimeout(opened.linger);
    opened.linger = setTimeout(() => void this.#close(key, opened), lingerMs);
  }

  #forget(key: string, opened: Opened): void {
    if (this.#opened.get(key) === opened) this.#opened.delete(key);
    this.#house.metrics.rooms = this.#opened.size;
  }

  async #close(key: string, opened: Opened): Promise<void> {
    await opened.room?.keeper.flush();
    if (opened.holds > 0) return;
    this.#forget(key, opened);
    opened.room?.doc.destroy();
    if ((opened.room?.rows.count ?? 0) >= foldOnLeavingRows) this.#fold(opened);
  }

  /** Folds the logs that have grown, one after the other. */
  foldGrown(): void {
    const now = this.#house.now();
    for (const opened of this.#opened.values()) {
      const { rows } = opened.room ?? {};
      if (!rows || now < opened.foldAfter) continue;
      if (rows.count > foldAt.rows || rows.bytesSince > foldAt.bytes) {
        opened.foldAfter = now + foldAgainAfterMs;
        this.#fold(opened);
      }
    }
  }

  #fold({ at, room }: Opened): void {
    this.#folding = this.#folding.then(async () => {
      try {
        const folded = await foldDocument(this.#house.db, at, new Date(this.#house.now()));
        if (!folded) return;
        this.#house.metrics.count('folds_total');
        room?.folded(folded.bytes, folded.foldedAt, folded.ids);
      } catch {
        // It stays as it was; the next time comes.
        this.#house.metrics.count('folds_failed_total');
      }
    });
  }

  /** Everything that was taken in is committed, or this long was waited for it. */
  async flush(withinMs: number): Promise<void> {
    const rooms = this.all();
    const cutOff = setTimeout(() => {
      for (const { keeper } of rooms) keeper.giveUp();
    }, withinMs);
    await Promise.all(rooms.map(({ keeper }) => keeper.flush()));
    await this.#folding;
    clearTimeout(cutOff);
  }

  stop(): void {
    for (const { room, linger } of this.#opened.values()) {
      clearTimeout(linger);
      room?.keeper.stop();
    }
    this.#opened.clear();
  }
}
