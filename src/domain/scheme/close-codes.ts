/** Why a drawing's socket was closed. The page explains each and decides by it whether to try again. Codes from 4000 are ours. */
export const closeCodes = {
  /** The server ends: try again at once, another instance answers. */
  goingAway: 1001,
  /** No ticket, or one that is used, too old or unknown: fetch a fresh one. */
  unauthenticated: 4401,
  /** The ticket is good, and this person may not see the scheme (any more). */
  forbidden: 4403,
  notFound: 4404,
  /** So much waited to be read that the socket was given up: try again. */
  tooSlow: 4408,
  /** The scheme was discarded to an earlier state: open it anew, what was drawn on the old one is not merged. */
  otherGeneration: 4409,
  /** The scheme is finished or cancelled: nothing more is drawn on it. */
  closed: 4410,
  /** A message above the limit, or a document that has no more room. */
  tooLarge: 4413,
  /** What was sent is no update of ours. */
  refused: 4422,
  /** Too many sockets, or too many messages. */
  tooMany: 4429,
  /** Signed out, blocked, or no longer a guest: nothing is tried again. */
  revoked: 4440,
} as const;

export type CloseName = keyof typeof closeCodes;
export type CloseCode = (typeof closeCodes)[CloseName];

const names = new Map<number, CloseName>(
  (Object.entries(closeCodes) as [CloseName, CloseCode][]).map(([name, code]) => [code, name]),
);

/** The name of a code; null for one that isn't ours, as after a lost connection. */
export const closeNameOf = (code: number): CloseName | null => names.get(code) ?? null;

const retried: ReadonlySet<CloseName> = new Set(['goingAway', 'unauthenticated', 'tooSlow', 'tooMany']);

/** Whether a page tries again by itself, always with a fresh ticket. A connection that was merely lost is tried again as well. */
export const isRetried = (name: CloseName | null): boolean => name === null || retried.has(name);
