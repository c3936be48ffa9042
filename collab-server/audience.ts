/** Everybody in a room, and what they see of each other. */
import type { Member } from './member.ts';
import type { Presence } from '../src/domain/scheme/wire.ts';
import { readStates, shown, stamped, writeStates } from './presence.ts';
import { awarenessMessage } from './protocol.ts';

export interface Shown {
  client: number;
  /** Null: gone. */
  state: Presence | null;
}

/** Of another instance, which repeats what it shows; what it hasn't repeated for so long is gone with it. */
const goneAfterMs = 25_000;

export class Audience {
  readonly members = new Set<Member>();
  readonly #elsewhere = new Map<number, { state: Presence; heardAt: number }>();
  readonly #onShown: (shown: readonly Shown[]) => void;
  #clock = 0;

  /** `onShown` hears what changed among the members here. */
  constructor(onShown: (shown: readonly Shown[]) => void) {
    this.#onShown = onShown;
  }

  add(member: Member): void {
    this.members.add(member);
  }

  remove(member: Member, now: number): void {
    if (!this.members.delete(member) || !member.presence) return;
    const { client } = member.presence;
    member.presence = null;
    this.#tellOfOwn([{ client, state: null }], now, member);
  }

  /** Passes bytes on as they are. */
  pass(frame: Uint8Array, from: Member | null): void {
    for (const member of this.members) if (member !== from && member.isSynced) member.send(frame);
  }

  /**
   * Takes what a page says of itself. The stock provider repeats what it hears of others: that is left out. False where it is no
   * message at all; what doesn't fit is not shown.
   */
  hear(member: Member, states: Uint8Array, now: number, mayShow: (client: number) => boolean): boolean {
    const sent = readStates(states);
    if (!sent) return false;
    for (const { client, text } of sent) {
      if (!this.#isOwn(member, client) || !mayShow(client)) continue;
      const state = shown(text, member.access);
      if (state === undefined) continue;
      this.#takeOver(member, client);
      member.presence = { client, state };
      this.#tellOfOwn([{ client, state }], now, member);
    }
    return true;
  }

  /** The first it names that isn't another's here. */
  #isOwn(member: Member, client: number): boolean {
    if (member.presence) return member.presence.client === client;
    for (const other of this.members)
      if (other.presence?.client === client && other.person !== member.person) return false;
    return true;
  }

  /** A page that came back before its old socket was known to be dead. */
  #takeOver(member: Member, client: number): void {
    for (const other of this.members)
      if (other !== member && other.presence?.client === client) other.presence = null;
  }

  restamp(member: Member, now: number): void {
    if (!member.presence?.state) return;
    member.presence.state = stamped(member.presence.state, member.access);
    this.#tellOfOwn([member.presence], now, member);
  }

  /** All others, to one. */
  show(member: Member): void {
    const others = [...this.own(), ...this.#shownElsewhere()].filter(
      ({ client }) => client !== member.presence?.client,
    );
    if (others.length > 0) member.send(this.#message(others));
  }

  /** Who is here, on this instance. */
  own(): Shown[] {
    return [...this.members].flatMap(({ presence }) => (presence?.state ? [presence] : []));
  }

  #shownElsewhere(): Shown[] {
    return [...this.#elsewhere].map(([client, { state }]) => ({ client, state }));
  }

  /** What another instance shows. */
  takeElsewhere(shown: readonly Shown[], now: number): void {
    const news = shown.filter(
      ({ client }) => ![...this.members].some(({ presence }) => presence?.client === client),
    );
    for (const { client, state } of news) {
      if (state) this.#elsewhere.set(client, { state, heardAt: now });
      else this.#elsewhere.delete(client);
    }
    this.#tell(news, now, null);
  }

  dropSilent(now: number): void {
    const gone = [...this.#elsewhere].filter(([, { heardAt }]) => now - heardAt > goneAfterMs);
    for (const [client] of gone) this.#elsewhere.delete(client);
    this.#tell(
      gone.map(([client]) => ({ client, state: null })),
      now,
      null,
    );
  }

  #tellOfOwn(shown: readonly Shown[], now: number, from: Member): void {
    for (const { client } of shown) this.#elsewhere.delete(client);
    this.#tell(shown, now, from);
    this.#onShown(shown);
  }

  #tell(shown: readonly Shown[], now: number, from: Member | null): void {
    if (shown.length === 0) return;
    // Our own clock: it never goes back, whichever instance or page told it before.
    this.#clock = Math.max(now, this.#clock + 1);
    const message = this.#message(shown);
    for (const member of this.members) if (member !== from) member.send(message);
  }

  #message(shown: readonly Shown[]): Uint8Array {
    return awarenessMessage(
      writeStates(shown.map(({ client, state }) => ({ client, state, clock: this.#clock }))),
    );
  }
}
