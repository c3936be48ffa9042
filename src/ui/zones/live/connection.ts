/**
 * One line after the other: the stock provider connects, but never again by itself, since each attempt needs a ticket of its own. Why a
 * line was closed decides whether there is another.
 */
import type { WebsocketProvider } from 'y-websocket';
import { closeNameOf, isRetried, type CloseName } from '../../../domain/scheme/close-codes.ts';
import type { Refusal, Result } from '../../../domain/refusal.ts';
import { type Surroundings, waitAfterGoingAway, waitBeforeTry } from './retry.ts';

export interface Ticket {
  /** Of the collab-servers, without the scheme; tried in turn. */
  addresses: string[];
  ticket: string;
}
export type FetchTicket = () => Promise<Result<Ticket>>;

/** Why there is no further attempt. */
export type EndReason = { kind: 'closed'; name: CloseName } | { kind: 'refused'; refusal: Refusal };

interface Told {
  onOpen(): void;
  /** The line is gone; another is being tried. */
  onLost(): void;
  onEnd(reason: EndReason): void;
}

/** Long for a network that is merely slow; after it the attempt is given up for the next. */
const openWithinMs = 10_000;
const passing: ReadonlySet<Refusal['code']> = new Set(['busy', 'wait']);

export class Connection {
  private readonly provider: WebsocketProvider;
  private readonly fetchTicket: FetchTicket;
  private readonly told: Told;
  private readonly random: () => number;
  private readonly stops: (() => void)[];
  private tries = 0;
  /** Each attempt has its number; an answer to an earlier one is late. */
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWaiting = false;
  private hasEnded = false;

  constructor(
    provider: WebsocketProvider,
    fetchTicket: FetchTicket,
    told: Told,
    surroundings: Surroundings,
    random: () => number,
  ) {
    this.provider = provider;
    this.fetchTicket = fetchTicket;
    this.told = told;
    this.random = random;
    provider.shouldReconnect = () => false;
    provider.on('connection-close', (event) => this.lost(event === null ? null : closeNameOf(event.code)));
    provider.on('status', ({ status }) => {
      if (status !== 'connected') return;
      clearTimeout(this.timer);
      this.told.onOpen();
    });
    this.stops = [
      surroundings.onWake(() => {
        if (this.isWaiting) this.start();
      }),
      surroundings.onOffline(() => this.drop()),
    ];
  }

  start(): void {
    if (this.hasEnded) return;
    clearTimeout(this.timer);
    this.isWaiting = false;
    void this.connect(++this.attempt);
  }

  private async connect(attempt: number): Promise<void> {
    // a network that is away fails like a server that is: both are tried again
    const fetched = await this.fetchTicket().catch(() => null);
    if (attempt !== this.attempt || this.hasEnded) return;
    if (!fetched || (!fetched.ok && passing.has(fetched.refusal.code))) {
      this.told.onLost();
      return this.again();
    }
    if (!fetched.ok) return this.end({ kind: 'refused', refusal: fetched.refusal });
    // any of them serves any drawing: where one has gone, the next is there
    const { addresses } = fetched.value;
    const address = addresses[(attempt - 1) % addresses.length] ?? '';
    this.provider.serverUrl = address.replace(/\/+$/, '');
    this.provider.params = { ticket: fetched.value.ticket };
    this.provider.connect();
    this.timer = setTimeout(() => this.drop(), openWithinMs);
  }

  private lost(name: CloseName | null): void {
    // the provider would go on with the ticket it has, which is used
    this.provider.shouldConnect = false;
    clearTimeout(this.timer);
    if (this.hasEnded) return;
    if (name !== null && !isRetried(name)) return this.end({ kind: 'closed', name });
    this.told.onLost();
    this.again(name === 'goingAway' && this.tries === 0 ? waitAfterGoingAway(this.random) : undefined);
  }

  private again(waitMs = waitBeforeTry(this.tries, this.random)): void {
    this.tries++;
    this.isWaiting = true;
    this.timer = setTimeout(() => this.start(), waitMs);
  }

  /** Both sides have compared what they hold: whatever comes next is a new misfortune. */
  isGood(): void {
    this.tries = 0;
  }

  /** Gives the line up, whatever became of it, for a new one. */
  drop(): void {
    if (this.provider.ws) this.provider.disconnect();
  }

  private end(reason: EndReason): void {
    this.stop();
    this.told.onEnd(reason);
  }

  stop(): void {
    this.hasEnded = true;
    this.attempt++;
    clearTimeout(this.timer);
    for (const stop of this.stops.splice(0)) stop();
  }
}
