/** What other collab-servers have kept: rows by their ids, and what one may not have heard of. */
import { z } from 'zod';
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';
import type { DrawnNotice } from './append.ts';
import type { DocumentAt } from './document.ts';

const notice = z.strictObject({
  s: z.uuid(),
  g: z.number().int(),
  ids: z.array(z.string().regex(/^\d{1,19}$/)).max(1_000),
  from: z.string().max(80).nullable(),
});

/** Null where it isn't one of ours. */
export function readNotice(payload: string): DrawnNotice | null {
  try {
    return notice.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

export interface DrawnRow {
  id: bigint;
  schemeId: string;
  generation: number;
  bytes: Uint8Array;
}

/** Those of these rows that are still there, in the order they were written. */
export async function readUpdates(db: Db, ids: readonly bigint[]): Promise<DrawnRow[]> {
  if (ids.length === 0) return [];
  const rows = await straight(db).rows<{
    id: string;
    scheme_id: string;
    generation: number;
    bytes: Buffer;
  }>(Prisma.sql`
    SELECT id::text, scheme_id, generation, bytes FROM scheme_update
    WHERE id = ANY (${ids.map(String)}::bigint[]) ORDER BY scheme_update.id`);
  return rows.map((row) => ({
    id: BigInt(row.id),
    schemeId: row.scheme_id,
    generation: row.generation,
    bytes: row.bytes,
  }));
}

export interface Look {
  at: DocumentAt;
  /** All rows up to this one were seen, and none of them can still be on its way. */
  above: bigint;
}

export interface Looked {
  ids: bigint[];
  foldedAt: number | null;
}

/** Which rows each document has above what was seen, and when it was folded. In the order of the question. */
export async function lookForUpdates(db: Db, looks: readonly Look[]): Promise<Looked[]> {
  if (looks.length === 0) return [];
  const rows = await straight(db).rows<{ place: string; ids: string[] | null; folded_at: Date | null }>(
    Prisma.sql`
    SELECT asked.place::text, s.folded_at,
      (SELECT array_agg(u.id::text) FROM scheme_update u
       WHERE u.scheme_id = asked.scheme_id AND u.generation = asked.generation AND u.id > asked.above) AS ids
    FROM unnest(${looks.map(({ at }) => at.schemeId)}::uuid[], ${looks.map(({ at }) => at.generation)}::int[],
      ${looks.map(({ above }) => String(above))}::bigint[]) WITH ORDINALITY AS asked (scheme_id, generation, above, place)
    LEFT JOIN scheme_state s ON s.scheme_id = asked.scheme_id AND s.generation = asked.generation`,
  );
  const looked: Looked[] = looks.map(() => ({ ids: [], foldedAt: null }));
  for (const { place, ids, folded_at } of rows)
    looked[Number(place) - 1] = { ids: (ids ?? []).map(BigInt), foldedAt: folded_at?.getTime() ?? null };
  return looked;
}
