/** What travels between page and collab-server: the stock protocol of Yjs, and four messages of ours. */
import { z } from 'zod';

/** The first number of each message. 0, 1 and 3 are the stock provider's. */
export const messageTypes = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Page to server: a running number, sent after updates. Asks to be told once everything sent before is committed. */
  mark: 100,
  /** Server to page: everything sent before this mark is committed. */
  kept: 101,
  /** Server to page: a JSON of `access`, on entering and on every change. */
  access: 102,
  /** Server to page: what the server's document holds, as `checksum`; whoever differs asks for step 1 again. */
  sum: 103,
} as const;

/** `watch` sees, `point` shows a cursor as well, `draw` changes. */
export const drawingModes = ['watch', 'point', 'draw'] as const;
export type DrawingMode = (typeof drawingModes)[number];

export const drawingAccess = z.strictObject({
  mode: z.enum(drawingModes),
  name: z.string().max(200),
  /** Theme hue of this person's cursor and strokes. */
  hue: z.number().int().min(1).max(10),
  kind: z.enum(['staff', 'client', 'guest']),
});
export type DrawingAccess = z.output<typeof drawingAccess>;

/** What is kept about somebody in a room; name, hue and kind are the server's word, the rest the page's own. */
export const presence = z.strictObject({
  /** Page units; null while the pointer is elsewhere. */
  cursor: z.strictObject({ x: z.number(), y: z.number() }).nullable(),
  selected: z.array(z.string().max(80)).max(50),
  name: z.string().max(200).optional(),
  hue: z.number().int().min(1).max(10).optional(),
  kind: z.enum(['staff', 'client', 'guest']).optional(),
});
export type Presence = z.output<typeof presence>;

export const drawingBounds = {
  messageBytes: 1024 * 1024,
  documentBytes: 16 * 1024 * 1024,
  socketsPerRoom: 24,
  socketsPerPerson: 6,
  /** Waiting to be read by one socket, before it is given up as too slow. */
  bufferedBytes: 4 * 1024 * 1024,
  messagesPerTenSeconds: 2_000,
} as const;
