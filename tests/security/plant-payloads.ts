/** Puts payloads into whatever people write in words, in every row there is, behind the product's back. */
import { withClient } from '../../scripts/migrate.ts';

/** Words of the program, or what has a form that the database doesn't check. */
const codes = new Set([
  'accent_color',
  'action',
  'actor_kind',
  'any_specialist_rule',
  'bookable_by',
  'channel',
  'command',
  'content_type',
  'currency',
  'default_locale',
  'entity_type',
  'fingerprint',
  'group_key',
  'holder_key',
  'key',
  'kind',
  'locale',
  'mapping',
  'opened_by',
  'order_key',
  'outcome',
  'owner',
  'password_hash',
  'pin_hash',
  'send_key',
  'source_key',
  'start_alignment',
  'status',
  'stored_name',
  'subject_kind',
  'subject_type',
  'template_key',
  'time_zone',
  'topic',
]);

export function chunksOf(texts: readonly string[], size: number): string[] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
    texts.slice(index * size, (index + 1) * size).join(' '),
  );
}

/**
 * Every text becomes one of the chunks, another one each round, so that after as many rounds as there are chunks each has stood
 * everywhere: where there was nothing, too, if nothing may be there. Texts that were equal stay equal, and different ones different.
 * Answers which columns were written, as `table.column`.
 */
export function plantPayloads(ownerUrl: string, chunks: readonly string[], round: number): Promise<string[]> {
  return withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ table: string; column: string; fills: boolean }>(
      `SELECT c.table_name AS table, c.column_name AS column, c.is_nullable = 'YES' AS fills
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND c.data_type = 'text' AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE '\\_%'
       ORDER BY 1, 2`,
    );
    await owner.query('SET session_replication_role = replica');
    const written: string[] = [];
    for (const { table, column, fills } of rows) {
      // Somebody has to be able to sign in.
      if (codes.has(column) || (table === 'account' && column === 'email')) continue;
      const write = (isEverywhere: boolean) =>
        owner.query(
          `UPDATE "${table}" SET "${column}" = ($1::text[])[1 + (of.mark + $2) % $3] || ' #' || of.mark
           FROM (SELECT ctid AS at, coalesce(substring("${column}" from '#(\\d+)$')::bigint, abs(hashtext(coalesce("${column}", ctid::text))::bigint)) AS mark
             FROM "${table}" WHERE ${isEverywhere} OR "${column}" IS NOT NULL) of
           WHERE "${table}".ctid = of.at`,
          [chunks, round, chunks.length],
        );
      // A code that the database itself knows all values of, or one that goes with another column, stays as it is.
      const done = await write(fills).catch(() => write(false).catch(() => null));
      if (done?.rowCount) written.push(`${table}.${column}`);
    }
    await owner.query('SET session_replication_role = DEFAULT');
    return written;
  });
}
