/** Names of colleagues, for "changed by": nothing else of their accounts. */
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';

/** By account; those who are no staff are missing, and so is everybody where no staff asks. */
export async function staffNames(db: Db, accountIds: readonly string[]): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await straight(db).rows<{ account_id: string; name: string }>(
    Prisma.sql`SELECT account_id, name FROM staff_names(${[...new Set(accountIds)]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.account_id, row.name]));
}
