/** Whose the replicas of a room are, and what each may bring of whose. */
import type { DocumentAt } from '../src/server/schemes/document.ts';
import { claimWriters, readWriters, sameWriter, type Writer } from '../src/server/schemes/writers.ts';
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
  /** Nobody's, as far as was asked: what the document was begun with. */
  readonly #nobodys = new Set<number>();

  constructor(house: House, at: DocumentAt, known: ReadonlyMap<number, Writer>) {
    this.#house = house;
    this.#at = at;
    this.#known = new Map(known);
  }

  has(client: number): boolean {
    return this.#known.has(client);
  }

  isOf(member: Member, client: number): boolean {
    const owner = this.#known.get(client);
    return owner !== undefined && sameWriter(owner, member.writer);
  }

  /** Of these, whose owners were never heard of here: they draw on another instance. */
  strangers(clients: Iterable<number>): number[] {
    return [...clients].filter((client) => !this.#known.has(client) && !this.#nobodys.has(client));
  }

  /** Asks whose they are. Waits for the database as long as the socket is open. */
  async learn(member: Member, clients: readonly number[]): Promise<void> {
    await this.#persist(member, async () => {
      const owners = await readWriters(straight(this.#house.db), this.#at, clients);
      for (const client of clients) {
        const owner = owners.get(client);
        if (owner) this.#known.set(client, owner);
        else this.#nobodys.add(client);
      }
    });
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
    const isDone = await this.#persist(member, async () => {
      const now = new Date(this.#house.now());
      const owners = await claimWriters(straight(this.#house.db), this.#at, clients, member.writer, now);
      for (const [client, owner] of owners) this.#known.set(client, owner);
      member.claims += clients.length;
    });
    return isDone && clients.every((client) => this.isOf(member, client));
  }

  async #persist(member: Member, ask: () => Promise<void>): Promise<boolean> {
    while (!member.isClosed) {
      try {
        await ask();
        return true;
      } catch {
        await new Promise((wake) => setTimeout(wake, againAfterMs));
      }
    }
    return false;
  }
}
