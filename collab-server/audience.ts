/** Everybody in a room, and what they see of each other. */
import type { Member } from './member.ts';
import { readStates, shown, stamped, writeStates } from './presence.ts';
import { awarenessMessage } from './protocol.ts';

export class Audience {
  readonly members = new Set<Member>();
  #clock = 0;

  add(member: Member): void {
    this.members.add(member);
  }

  remove(member: Member, now: number): void {
    if (!this.members.delete(member) || !member.presence) return;
    const { client } = member.presence;
    member.presence = null;
    this.#tell([{ client, state: null }], now, member);
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
      this.#tell([{ client, state }], now, member);
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
    this.#tell([member.presence], now, member);
  }

  /** All others, to one. */
  show(member: Member): void {
    const others = [...this.members].flatMap(({ presence }) =>
      presence?.state && presence !== member.presence ? [{ ...presence, clock: this.#clock }] : [],
    );
    if (others.length > 0) member.send(awarenessMessage(writeStates(others)));
  }

  #tell(
    states: readonly Pick<NonNullable<Member['presence']>, 'client' | 'state'>[],
    now: number,
    from: Member,
  ): void {
    // Our own clock: it never goes back, whichever instance or page told it before.
    this.#clock = Math.max(now, this.#clock + 1);
    const message = awarenessMessage(
      writeStates(states.map(({ client, state }) => ({ client, state, clock: this.#clock }))),
    );
    for (const member of this.members) if (member !== from) member.send(message);
  }
}
