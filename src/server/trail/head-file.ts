/**
 * The latest head, kept outside of the database and under the installation's key: whoever cuts the trail's end off there can't make this
 * forget it, nor write an older head in its place.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isSame } from './marks.ts';

const kept = z.object({ sealId: z.coerce.bigint(), head: z.hex(), mac: z.hex() });
export interface KeptHead {
  sealId: bigint;
  /** Of that seal, in hex. */
  head: string;
}

const fileOf = (dataDir: string) => path.join(dataDir, 'trail-head.json');

const macOf = (key: Buffer, { sealId, head }: KeptHead): Buffer =>
  createHmac('sha256', key).update(`kept head\0${sealId}\0${head}`).digest();

/** What was kept last; null where nothing is, or nothing that was written with this key. */
export async function readHead(dataDir: string, key: Buffer): Promise<KeptHead | null> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const read = kept.safeParse(jsonOf(text));
  if (!read.success) return null;
  const { mac, ...head } = read.data;
  return isSame(Buffer.from(mac, 'hex'), macOf(key, head)) ? head : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no file, or what somebody made of it
  }
}

/** On disk before it returns; a crash leaves the old one or the new one. */
export async function writeHead(dataDir: string, key: Buffer, head: KeptHead): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${fileOf(dataDir)}.${randomUUID()}.draft`;
  const file = await open(draft, 'w', 0o600);
  const mac = macOf(key, head).toString('hex');
  try {
    await file.writeFile(`${JSON.stringify({ sealId: String(head.sealId), head: head.head, mac })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, fileOf(dataDir));
}
