/**
 * What travels between page and collab-server beside the stock messages of y-websocket (0 sync, 1 awareness, 3 query awareness).
 * Every frame begins with its type as a var-uint, like theirs.
 */
export const wire = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Page → server: var-uint n. "Tell me once everything I sent before this is committed." */
  mark: 100,
  /** Server → page: var-uint n of a mark, or a larger one. Everything before it is in the database. */
  kept: 101,
  /** Server → page: JSON of `DrawingAccess`, on entering and whenever it changes. */
  access: 102,
  /** Server → page: var-uint CRC-32 of the state vector as committed; a page that differs for long asks for step 1 again. */
  sum: 103,
} as const;

/** watch: sees. point: sees, and the others see the pointer. draw: everything. */
export type DrawingMode = 'watch' | 'point' | 'draw';

export interface DrawingAccess {
  mode: DrawingMode;
  /** Whose strokes these are on the others' screens. */
  name: string;
  /** One of the theme’s ten hues: the person’s pointer, and the strokes of guests. */
  hue: number;
  kind: 'staff' | 'client' | 'guest';
}

export const bounds = {
  frameBytes: 1024 * 1024,
  documentBytes: 16 * 1024 * 1024,
  socketsPerRoom: 24,
  socketsPerPerson: 6,
  /** A socket with more than this waiting to be sent is dropped. */
  bufferedBytes: 4 * 1024 * 1024,
  /** Within 10 seconds; a hand draws some 60 a second at most. */
  messagesPer10s: 2_000,
} as const;
