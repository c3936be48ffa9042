/** Uploaded exports rest under random names until their rows are read; nothing a browser says becomes a path. */
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { maxFileBytes, UnreadableFile } from './unreadable.ts';

export interface StoredFile {
  /** Absolute. */
  path: string;
  /** As the person called it; shown, never used as a path. */
  fileName: string;
  bytes: number;
  sha256: Buffer;
}

const keptMs = 30 * 86_400_000;

/** A name fit to be shown: its last part, printable, at most 120 characters. */
export const shownName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{C}<>]/gu, '')
    .trim()
    .slice(0, 120) || 'file';

/** Streams a body into a file of its own, counting and hashing. Throws `too_large` and removes it beyond 200 MB. */
export async function storeUpload(
  dataDir: string,
  fileName: string,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const folder = path.resolve(dataDir, 'imports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = path.join(folder, randomBytes(18).toString('hex'));
  const hash = createHash('sha256');
  let bytes = 0;
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maxFileBytes) throw new UnreadableFile('too_large', String(maxFileBytes));
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(Readable.from(measured()), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return { path: target, fileName: shownName(fileName), bytes, sha256: hash.digest() };
}

export const removeStored = (storedPath: string | null): Promise<void> =>
  storedPath === null ? Promise.resolve() : rm(storedPath, { force: true });

/** Removes what nobody finished importing for a month. */
export async function sweepUploads(dataDir: string, now: Date): Promise<void> {
  const folder = path.resolve(dataDir, 'imports');
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^[0-9a-f]{36}$/.test(each))) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > keptMs) await rm(file, { force: true });
  }
}
