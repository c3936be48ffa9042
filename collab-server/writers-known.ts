/** Whose the replicas of a room are, and what each may bring of whose. */
import type { DocumentAt } from '../src/server/schemes/document.ts';
import { claimWriters, sameWriter, type Writer } from '../src/server/schemes/writers.ts';
import { straight } from '../src/server/sql.ts';
import type { House } from './house.ts';
import type { Member } from './member.ts';
import type { Range } from './update-check.ts';

/** A page has one replica, and takes another should two have the same by chance; a device brings back what it kept of some. */
const mostClaims = { ofUpdates: 4, ofAnswers: 32 } as const;
const againAfterMs = 300;

export class Writers {
  readonly #house: House;
  readonly #at: DocumentAt;
  readonly #known: Map<number, Writer>;

  constructor(house: House, at: DocumentAt, known: ReadonlyMap<number, Writer>) {
    this.#house = house;
    this.#at = at;
    this.#known = new Map(known);
  }

  has(client: number): boolean {
    return this.#known.has(client);
  }

  /** Nobody appears under what is another's. */
  mayShow(member: Member, client: number): boolean {
    const owner = this.#known.get(client);
    return !owner || sameWriter(owner, member.writer);
  }

  /**
   * Whether this person may bring news of these replicas: `known`, or those that must be written down as theirs first. In an answer,
   * staff also bring back what others had drawn before a crash; a guest's waits (`later`) until they have.
   */
  judge(member: Member, news: readonly Range[], isAnswer: boolean): 'known' | 'foreign' | 'later' | number[] {
    const unknown: number[] = [];
    let isLater = false;
    for (const { client } of news) {
      const owner = this.#known.get(client);
      if (!owner) unknown.push(client);
      else if (!sameWriter(owner, member.writer)) {
        if (!isAnswer) return 'foreign';
        isLater ||= member.writer.accountId === null;
      }
    }
    if (isLater) return 'later';
    if (unknown.length === 0) return 'known';
    const most = isAnswer ? mostClaims.ofAnswers : mostClaims.ofUpdates;
    return member.claims + unknown.length > most ? 'foreign' : unknown;
  }

  /** Writes them down as this person's; false where one of them is another's. Waits for the database as long as the socket is open. */
  async claim(member: Member, clients: readonly number[]): Promise<boolean> {
    while (!member.isClosed) {
      try {
        const now = new Date(this.#house.now());
        const owners = await claimWriters(straight(this.#house.db), this.#at, clients, member.writer, now);
        for (const [client, owner] of owners) this.#known.set(client, owner);
        member.claims += clients.length;
        return clients.every((client) => {
          const owner = owners.get(client);
          return owner !== undefined && sameWriter(owner, member.writer);
        });
      } catch {
        await new Promise((wake) => setTimeout(wake, againAfterMs));
      }
    }
    return false;
  }
}
