/** A socket without a provider: for what no page of ours would send. */
import { WebSocket } from 'ws';
import { closeNameOf, type CloseName } from '../../src/domain/scheme/close-codes.ts';
import { vectorMessage, answerMessage, updateMessage } from '../../collab-server/protocol.ts';
import { appUrl } from './drawing-stage.ts';

export interface BareSocket {
  socket: WebSocket;
  heard: Uint8Array[];
  /** Null for a code that has no name, such as after a cut. */
  closed: Promise<CloseName | null>;
  isClosed(): boolean;
  send(frame: Uint8Array): void;
}

export function openSocket(
  port: number,
  path: string,
  { origin = appUrl }: { origin?: string | undefined } = {},
): BareSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, origin === '' ? {} : { origin });
  const heard: Uint8Array[] = [];
  let isClosed = false;
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    if (data instanceof Buffer) heard.push(new Uint8Array(data));
  });
  const closed = new Promise<CloseName | null>((resolve) => {
    socket.once('close', (code) => {
      isClosed = true;
      resolve(closeNameOf(code));
    });
  });
  return {
    socket,
    heard,
    closed,
    isClosed: () => isClosed,
    send: (frame) => socket.readyState === socket.OPEN && socket.send(frame),
  };
}

/** What the server says first: rights, and what it has. */
export const isWelcomed = ({ heard }: BareSocket): boolean => heard.length >= 2;

const nothing = Uint8Array.of(0, 0);
/** As a page that has nothing yet: asks, answers, and may draw from then on. */
export function greet(page: BareSocket): void {
  page.send(vectorMessage(Uint8Array.of(0)));
  page.send(answerMessage(nothing));
}

export { updateMessage };
