/** Bytes → text without ever guessing silently: a mark decides, strict UTF-8 is itself, everything else a person names. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Encoding } from '../../domain/import-settings.ts';
import { UnreadableFile } from './unreadable.ts';

const chunkBytes = 256 * 1024;

export async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The encoding a byte-order mark names; null without one. */
export function markedEncoding(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * Decodes a file in chunks. Throws `encoding` at the first byte the encoding has no character for, and at control
 * characters, which no text has: a wrong choice is refused instead of imported as nonsense.
 */
export async function* decodeFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const checked = (text: string): string => {
    if (/[^\P{Cc}\t\n\v\f\r]/u.test(text)) throw new UnreadableFile('encoding', String(line));
    line += text.split('\n').length - 1;
    return text;
  };
  for await (const bytes of createReadStream(path, { highWaterMark: chunkBytes })) {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: true });
    } catch {
      throw new UnreadableFile('encoding', String(line));
    }
    if (text !== '') yield checked(text);
  }
  try {
    const rest = decoder.decode();
    if (rest !== '') yield checked(rest);
  } catch {
    throw new UnreadableFile('encoding', String(line));
  }
}

/** Whether every byte reads as this encoding. */
export async function readsAs(path: string, encoding: Encoding): Promise<boolean> {
  try {
    for await (const _ of decodeFile(path, encoding)) {
      // Only whether it goes through.
    }
    return true;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}

/** The first lines that hold anything but plain ASCII (else the first lines), as this encoding reads them. */
export async function previewAs(path: string, encoding: Encoding, count = 4): Promise<string[]> {
  const special: string[] = [];
  const plain: string[] = [];
  try {
    for await (const text of decodeFile(path, encoding)) {
      for (const line of text.split(/\r?\n/)) {
        if (line.trim() === '') continue;
        (/\P{ASCII}/u.test(line) ? special : plain).push(line.slice(0, 200));
        if (special.length >= count) return special;
      }
      if (plain.length > 2_000) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return [...special, ...plain].slice(0, count);
}
