/** What is kept for good is kept small: texts and states deflated, and read back whole. */
import { deflateSync, inflateSync } from 'node:zlib';
import { readRecords } from '../../domain/scheme/check.ts';
import type { SchemeRecord } from '../../domain/scheme/marks.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const level = 9;
/** Nothing of ours is as large; what claims to be isn't unpacked. */
const maxOutputLength = 64 * 1024 * 1024;

export const packText = (text: string): Bytes => new Uint8Array(deflateSync(text, { level }));
export const unpackText = (packed: Uint8Array): string => inflateSync(packed, { maxOutputLength }).toString();

export const packBytes = (bytes: Uint8Array): Bytes => new Uint8Array(deflateSync(bytes, { level }));
export const unpackBytes = (packed: Uint8Array): Bytes =>
  new Uint8Array(inflateSync(packed, { maxOutputLength }));

/** The records of a finished revision, as they were checked on finishing. */
export function unpackRecords(packed: Uint8Array): SchemeRecord[] {
  const kept: unknown = JSON.parse(unpackText(packed));
  if (!Array.isArray(kept)) throw new Error('a revision that holds no records');
  const byId = new Map<string, unknown>();
  for (const record of kept as unknown[])
    if (typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'string')
      byId.set(record.id, record);
  const { records, bad } = readRecords(byId);
  if (bad.length > 0 || byId.size !== kept.length) throw new Error('a revision whose records don’t read');
  return records;
}
