/** Who comes in: everybody is let through the upgrade and, where they may not stay, told why by a close code. */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { closeCodes, type CloseName } from '../src/domain/scheme/close-codes.ts';
import { drawingBounds } from '../src/domain/scheme/wire.ts';
import { isLoopback } from '../src/server/env.ts';
import { standingOf } from '../src/server/schemes/standing.ts';
import { redeemTicket } from '../src/server/schemes/tickets.ts';
import type { House } from './house.ts';
import { closeSocket, Member } from './member.ts';
import type { Rooms } from './rooms.ts';

/** Not seated yet: strangers can't hold more than this. */
const mostWaiting = 200;
const mostEarlyFrames = 50;
const wsTooLarge = 1009;

export class Door {
  readonly #house: House;
  readonly #rooms: Rooms;
  readonly #appUrl: URL;
  #waiting = 0;
  isOpen = true;

  constructor(house: House, rooms: Rooms, appUrl: string) {
    this.#house = house;
    this.#rooms = rooms;
    this.#appUrl = new URL(appUrl);
  }

  /** Takes a socket over; from here on it is seated or closed. */
  welcome(socket: WebSocket, request: IncomingMessage): void {
    nameTooLarge(socket);
    socket.on('error', () => socket.terminate());
    let member: Member | null = null;
    const early: Uint8Array[] = [];
    socket.on('message', (data, isBinary) => {
      const frame = isBinary && data instanceof Buffer ? data : null;
      if (member) return frame ? member.heard(frame, this.#house.now()) : member.close('refused');
      if (!frame || early.push(frame) > mostEarlyFrames) this.#turnAway(socket, 'refused');
    });
    const origin = this.#originProblem(request);
    const turnedAway = !this.isOpen
      ? 'goingAway'
      : (origin ?? (this.#waiting >= mostWaiting ? 'tooMany' : null));
    if (turnedAway) return this.#turnAway(socket, turnedAway);
    this.#waiting++;
    void this.#seat(socket, request, (seated) => {
      member = seated;
      for (const frame of early.splice(0)) seated.heard(frame, this.#house.now());
    })
      .catch((): CloseName => 'goingAway')
      .then((why) => {
        this.#waiting--;
        if (why) this.#turnAway(socket, why);
      });
  }

  #turnAway(socket: WebSocket, why: CloseName): void {
    if (socket.readyState !== socket.OPEN) return;
    this.#house.metrics.count(`turned_away_total{why="${why}"}`);
    closeSocket(socket, why);
  }

  /** A page of ours, or of the same host: in development each process has a port of its own. */
  #originProblem({ headers }: IncomingMessage): CloseName | null {
    const { origin, host } = headers;
    if (!origin || !URL.canParse(origin)) return 'forbidden';
    if (origin === this.#appUrl.origin) return null;
    const { hostname } = new URL(origin);
    // On one machine its names are one, too.
    if (isLoopback(hostname) && isLoopback(this.#appUrl.hostname)) return null;
    const asked = host && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
    return hostname === asked ? null : 'forbidden';
  }

  /** Why not; null once it is seated. */
  async #seat(
    socket: WebSocket,
    request: IncomingMessage,
    onSeated: (member: Member) => void,
  ): Promise<CloseName | null> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://collab');
    const schemeId = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname)?.[1];
    if (!schemeId) return 'notFound';
    const { db, metrics } = this.#house;
    const now = new Date(this.#house.now());
    const ticket = await redeemTicket(db, searchParams.get('ticket') ?? '', now);
    if (ticket?.schemeId !== schemeId) return 'unauthenticated';
    const standing = await standingOf(db, ticket.holder, schemeId, now);
    if (!standing.ok) return standing.close;
    const { access, generation, until } = standing.value;
    if (ticket.generation !== generation) return 'otherGeneration';
    const { room, leave } = await this.#rooms.enter({ schemeId, generation });
    const member = new Member(socket, { who: ticket.holder, access, until: until.getTime(), metrics });
    const { members } = room.audience;
    const own = [...members].filter(({ person }) => person === member.person).length;
    const isFull = members.size >= drawingBounds.socketsPerRoom || own >= drawingBounds.socketsPerPerson;
    if (isFull || !this.isOpen || socket.readyState !== socket.OPEN) {
      leave();
      return isFull ? 'tooMany' : 'goingAway';
    }
    metrics.sockets++;
    socket.once('close', () => {
      member.isClosed = true;
      metrics.sockets--;
      room.unseat(member);
      leave();
    });
    room.seat(member);
    onSeated(member);
    return null;
  }
}

/** A message above the limit is closed by the library, with a code that pages don't know. */
function nameTooLarge(socket: WebSocket): void {
  const close = socket.close.bind(socket);
  socket.close = (code, reason) => close(code === wsTooLarge ? closeCodes.tooLarge : code, reason);
}
