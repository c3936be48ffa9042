/** Why a drawing's socket was closed. Codes from 4000 are ours; the page decides by them what to say and whether to try again. */
export const closeCodes = {
  /** The server ends or makes room: try again at once, another instance may answer. */
  goingAway: 1001,
  /** No ticket, a wrong, used or expired one: fetch a fresh one. */
  unauthenticated: 4401,
  /** The ticket is good, but not for this scheme, or the right to it is gone: don't try again. */
  forbidden: 4403,
  /** There is no such scheme. */
  notFound: 4404,
  /** Buffered more than is reasonable: try again with a fresh ticket, the document comes anew. */
  tooSlow: 4408,
  /** The scheme was opened anew since (cancelled, corrected): load the page again. */
  otherGeneration: 4409,
  /** Finished or cancelled: it is read from now on, not drawn. */
  closed: 4410,
  /** A frame, or the whole document, above the limit. */
  tooLarge: 4413,
  /** What was sent is no Yjs update, or makes a record that the schema refuses. */
  refused: 4422,
  /** More sockets than a room or a person may have, or more messages than a hand can draw. */
  tooMany: 4429,
  /** Signed out, blocked, or no longer admitted: sign in again. */
  revoked: 4440,
} as const;

export type CloseName = keyof typeof closeCodes;
export type CloseCode = (typeof closeCodes)[CloseName];

const names = new Map<number, CloseName>(
  Object.entries(closeCodes).map(([name, code]) => [code, name as CloseName]),
);

/** The name of a code of ours; null for every other, which is a network's end and tried again. */
export const closeNameOf = (code: number): CloseName | null => names.get(code) ?? null;
