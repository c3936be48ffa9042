/** Why a socket was closed. Codes from 4000 are ours; the browser decides by them whether to try again. */
export const closeCodes = {
  /** The server ends: try again soon, another instance may answer. */
  goingAway: 1001,
  /** No ticket, or one that isn't valid: don't try again with it. */
  unauthenticated: 4401,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
