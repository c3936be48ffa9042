/** Who stands behind the ids by which Yjs tells replicas apart. Known before anything of theirs is passed on, and kept for good. */
import { Prisma } from '../db.ts';
import type { Sql } from '../sql.ts';
import type { DocumentAt } from './document.ts';

export interface Writer {
  accountId: string | null;
  guestId: string | null;
  name: string;
}

export const sameWriter = (
  a: Pick<Writer, 'accountId' | 'guestId'>,
  b: Pick<Writer, 'accountId' | 'guestId'>,
) => a.accountId === b.accountId && a.guestId === b.guestId;

/** Writes down whose these ids are, unless they are somebody's already; answers whose each is now. */
export async function claimWriters(
  sql: Sql,
  at: DocumentAt,
  ids: readonly number[],
  writer: Writer,
  now: Date,
): Promise<Map<number, Writer>> {
  if (ids.length > 0)
    await sql.run(Prisma.sql`
      INSERT INTO scheme_writer (scheme_id, generation, yjs_client, account_id, guest_id, name, first_at)
      SELECT ${at.schemeId}::uuid, ${at.generation}, yjs_client, ${writer.accountId}::uuid, ${writer.guestId}::uuid,
        ${writer.name}, ${now}
      FROM unnest(${[...ids]}::bigint[]) AS yjs_client
      ON CONFLICT DO NOTHING`);
  return readWriters(sql, at, ids);
}

/** Whose these ids are; without ids, whose all of the document's are. */
export async function readWriters(
  sql: Sql,
  at: DocumentAt,
  ids: readonly number[] | null = null,
): Promise<Map<number, Writer>> {
  const rows = await sql.rows<{
    yjs_client: string;
    account_id: string | null;
    guest_id: string | null;
    name: string;
  }>(Prisma.sql`
    SELECT yjs_client::text, account_id, guest_id, name FROM scheme_writer
    WHERE scheme_id = ${at.schemeId}::uuid AND generation = ${at.generation}
      AND (${ids === null} OR yjs_client = ANY (${[...(ids ?? [])]}::bigint[]))`);
  return new Map(
    rows.map((row) => [
      Number(row.yjs_client),
      { accountId: row.account_id, guestId: row.guest_id, name: row.name },
    ]),
  );
}
