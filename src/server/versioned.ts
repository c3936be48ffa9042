/** One way to refuse an edit of something that somebody else changed since it was read. */
import { refuse } from '../domain/refusal.ts';
import { undo } from './refused-write.ts';

/** What the write of a version sets besides its own fields. */
export const nextVersion = { increment: 1 } as const;

/**
 * Writes over the version that was read, and no other: `write` updates the row where its version is the given one and raises it by
 * `nextVersion`. Promises the new version. Undoes the transaction with `not_found` where the row is gone, else with `stale`;
 * call it before anything that depends on what was read. A null version is that of nothing, and always stale.
 */
export async function writeOver(
  noun: string,
  readVersion: number | null,
  row: {
    write: (version: number) => Promise<{ count: number }>;
    exists: () => Promise<number>;
  },
): Promise<number> {
  const version = readVersion ?? 0;
  const { count } = await row.write(version);
  if (count > 0) return version + 1;
  throw undo((await row.exists()) === 0 ? refuse('not_found', { noun }) : refuse('stale', { noun }));
}
