/** Asks again and again who may stay: within two seconds of a change, sockets are closed or what they may do is told anew. */
import { standingMarks } from '../src/server/schemes/standing-marks.ts';
import { standingOf } from '../src/server/schemes/standing.ts';
import type { House } from './house.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

const atOnce = 4;

interface Seat {
  room: Room;
  member: Member;
}

export class Standings {
  readonly #house: House;
  readonly #rooms: Rooms;
  #looking: Promise<void> | null = null;

  constructor(house: House, rooms: Rooms) {
    this.#house = house;
    this.#rooms = rooms;
  }

  /** One cheap question about everybody; who changed is asked about in full. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce()
      .catch(() => undefined)
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const seats = this.#rooms.members();
    const marks = await standingMarks(
      this.#house.db,
      seats.map(({ room, member }) => ({ schemeId: room.at.schemeId, who: member.who })),
    );
    const now = this.#house.now();
    const changed = seats.filter(({ member }, index) => {
      const mark = marks[index] ?? '';
      if (mark === member.mark && now < member.until) return false;
      member.mark = mark;
      return true;
    });
    await this.#ask(changed);
  }

  /** Something about this scheme was changed on purpose. */
  async heard(schemeId: string): Promise<void> {
    const seats = this.#rooms.members().filter(({ room }) => room.at.schemeId === schemeId);
    await this.#ask(seats).catch(() => undefined);
  }

  async #ask(seats: readonly Seat[]): Promise<void> {
    const left = [...seats];
    const lane = async () => {
      for (let seat = left.shift(); seat; seat = left.shift()) await this.#askOne(seat);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  async #askOne({ room, member }: Seat): Promise<void> {
    if (member.isClosed) return;
    try {
      const now = new Date(this.#house.now());
      const standing = await standingOf(this.#house.db, member.who, room.at.schemeId, now);
      if (!standing.ok) return member.close(standing.close);
      const { access, generation, until } = standing.value;
      if (generation !== room.at.generation) return member.close('otherGeneration');
      member.until = until.getTime();
      if (JSON.stringify(access) !== JSON.stringify(member.access)) room.setAccess(member, access);
    } catch (error) {
      // Asked again at the next look.
      member.mark = null;
      throw error;
    }
  }
}
