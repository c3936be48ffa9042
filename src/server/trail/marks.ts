/** The arithmetic of the seal: a MAC for each entry, a MAC for each seal over the one before. No database in here. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const macBytes = 32;
const idBytes = 8;
const markBytes = idBytes + macBytes;

/** An entry as the database writes it out: every column as text, jsonb in its own normal form. */
export type EntryText = readonly [id: string, ...columns: (string | null)[]];

export interface Mark {
  entryId: bigint;
  mac: Buffer;
}

export interface Seal {
  id: bigint;
  /** Epoch milliseconds. */
  at: number;
  marks: Uint8Array;
  previousHead: Uint8Array;
  head: Uint8Array;
}

export const macOf = (key: Buffer, entry: EntryText): Buffer =>
  createHmac('sha256', key).update('entry\0').update(JSON.stringify(entry)).digest();

export function writeMarks(marks: readonly Mark[]): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(marks.length * markBytes);
  for (const [index, { entryId, mac }] of marks.entries()) {
    bytes.writeBigInt64BE(entryId, index * markBytes);
    mac.copy(bytes, index * markBytes + idBytes);
  }
  return bytes;
}

export function readMarks(bytes: Uint8Array): Mark[] {
  const buffer = Buffer.from(bytes);
  return Array.from({ length: Math.floor(buffer.length / markBytes) }, (_, index) => ({
    entryId: buffer.readBigInt64BE(index * markBytes),
    mac: buffer.subarray(index * markBytes + idBytes, (index + 1) * markBytes),
  }));
}

export const headOf = (key: Buffer, seal: Omit<Seal, 'head'>): Buffer<ArrayBuffer> =>
  Buffer.from(
    createHmac('sha256', key)
      .update(`seal\0${seal.id}\0${seal.at}\0`)
      .update(seal.previousHead)
      .update(seal.marks)
      .digest(),
  );

export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** What the first seal follows. */
export const noHead: Buffer<ArrayBuffer> = Buffer.alloc(macBytes);
