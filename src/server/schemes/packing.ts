/** What is kept for good is kept small: texts and states deflated, and read back whole. */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, deflateSync, inflateSync } from 'node:zlib';
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

const pressed = promisify(brotliCompress);

/** What is kept of a finished scheme: a fifth smaller than deflated, and slow enough to be done on another thread. */
export async function pressText(text: string): Promise<Bytes> {
  const bytes = Buffer.from(text);
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return new Uint8Array(await pressed(bytes, { params }));
}
export const unpressText = (packed: Uint8Array): string =>
  brotliDecompressSync(packed, { maxOutputLength }).toString();

/** The records of a finished revision, as they were checked on finishing. */
export function unpressRecords(packed: Uint8Array): SchemeRecord[] {
  const kept: unknown = JSON.parse(unpressText(packed));
  if (!Array.isArray(kept)) throw new Error('a revision that holds no records');
  const byId = new Map<string, unknown>();
  for (const record of kept as unknown[])
    if (typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'string')
      byId.set(record.id, record);
  const { records, bad } = readRecords(byId);
  if (bad.length > 0 || byId.size !== kept.length) throw new Error('a revision whose records don’t read');
  return records;
}
