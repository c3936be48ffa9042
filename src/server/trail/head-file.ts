/** The latest head, kept outside of the database: whoever cuts the trail's end off there can't make this forget it. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const kept = z.object({ sealId: z.coerce.bigint(), head: z.hex() });
export interface KeptHead {
  sealId: bigint;
  head: string;
}

const fileOf = (dataDir: string) => path.join(dataDir, 'trail-head.json');

/** Null where nothing was ever sealed here. Throws on a file that was tampered with beyond reading. */
export async function readHead(dataDir: string): Promise<KeptHead | null> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : kept.parse(JSON.parse(text));
}

/** On disk before it returns; a crash leaves the old one or the new one. */
export async function writeHead(dataDir: string, head: KeptHead): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${fileOf(dataDir)}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ sealId: String(head.sealId), head: head.head })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, fileOf(dataDir));
}
