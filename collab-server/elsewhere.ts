/**
 * Shows people of one room to each other who are on different instances: where they point is told by notices, a few times a second and
 * only while somebody else has the room open. What is lost is repeated soon.
 */
import { z } from 'zod';
import { presence } from '../src/domain/scheme/wire.ts';
import { presentChannel, tellOthers } from '../src/server/schemes/notices.ts';
import type { Shown } from './audience.ts';
import type { House } from './house.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

const pauseMs = 60;
/** A notice holds less than 8,000 bytes. */
const longestNotice = 7_500;
/** An instance greets its rooms' others every ten seconds. */
const goneAfterMs = 25_000;

const notice = z.strictObject({
  from: z.string().max(80),
  rooms: z.array(
    z.strictObject({
      s: z.uuid(),
      g: z.number().int(),
      /** Whoever has it open says who is there. */
      asks: z.boolean(),
      shown: z.array(z.strictObject({ client: z.number().int().min(0), state: presence.nullable() })),
    }),
  ),
});
type Told = z.output<typeof notice>['rooms'][number];

export class Elsewhere {
  readonly #house: House;
  readonly #rooms: Rooms;
  /** When another instance was last heard of in a room. */
  readonly #others = new WeakMap<Room, number>();
  #waiting = new Map<Room, { asks: boolean; shown: Map<number, Shown> }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(house: House, rooms: Rooms) {
    this.#house = house;
    this.#rooms = rooms;
  }

  tell(room: Room, shown: readonly Shown[]): void {
    if (this.#house.now() - (this.#others.get(room) ?? 0) < goneAfterMs) this.#add(room, shown, false);
  }

  /** Says who is here, and asks who is elsewhere. */
  greet(rooms: readonly Room[]): void {
    for (const room of rooms) this.#add(room, room.audience.own(), true);
  }

  /** Again and again: notices get lost, and instances. */
  repeat(): void {
    const rooms = this.#rooms.all();
    for (const room of rooms) room.audience.dropSilent(this.#house.now());
    this.greet(rooms);
  }

  heard(payload: string): void {
    let said: unknown;
    try {
      said = JSON.parse(payload);
    } catch {
      return;
    }
    const { data } = notice.safeParse(said);
    if (!data || data.from === this.#house.instance) return;
    for (const told of data.rooms)
      void this.#rooms
        .find({ schemeId: told.s, generation: told.g })
        ?.then((room) => this.#heardOf(room, told))
        .catch(() => undefined);
  }

  #heardOf(room: Room, { asks, shown }: Told): void {
    const now = this.#house.now();
    this.#others.set(room, now);
    room.audience.takeElsewhere(shown, now);
    if (asks) this.#add(room, room.audience.own(), false);
  }

  #add(room: Room, shown: readonly Shown[], asks: boolean): void {
    const waiting = this.#waiting.get(room) ?? { asks: false, shown: new Map() };
    waiting.asks ||= asks;
    for (const each of shown) waiting.shown.set(each.client, each);
    this.#waiting.set(room, waiting);
    this.#timer ??= setTimeout(() => this.#send(), pauseMs);
  }

  #send(): void {
    this.#timer = undefined;
    const told = [...this.#waiting].map(
      ([{ at }, { asks, shown }]): Told => ({
        s: at.schemeId,
        g: at.generation,
        asks,
        shown: [...shown.values()].map(({ client, state }) => ({ client, state })),
      }),
    );
    this.#waiting = new Map();
    for (const payload of packed(this.#house.instance, told))
      void tellOthers(this.#house.db, presentChannel, payload).catch(() => undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** As few notices as they fit into; a room that is too full for one is told of in parts. */
function packed(from: string, told: readonly Told[]): string[] {
  const payloads: string[] = [];
  let rooms: Told[] = [];
  const textOf = (all: readonly Told[]) => JSON.stringify({ from, rooms: all });
  const add = (one: Told) => {
    if (rooms.length > 0 && Buffer.byteLength(textOf([...rooms, one])) > longestNotice) {
      payloads.push(textOf(rooms));
      rooms = [];
    }
    rooms.push(one);
  };
  for (const one of told) {
    if (one.shown.length <= 1) add(one);
    else
      for (const [index, each] of one.shown.entries())
        add({ ...one, asks: one.asks && index === 0, shown: [each] });
  }
  if (rooms.length > 0) payloads.push(textOf(rooms));
  return payloads;
}
