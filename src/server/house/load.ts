/**
 * The house, kept in the process between changes. Right by construction, not by luck:
 * - every write to these tables leaves an event in its own transaction (triggers of the migration `house_changes`);
 * - what is kept remembers the oldest transaction that was open before it was read, so whatever it can't have seen
 *   has an id at or above that one. One index probe per use asks for such events; any answer means reading anew;
 * - what a transaction reads after changing the house itself is used and never kept: it may yet be undone.
 */
import type { Db, Tx } from '../db.ts';
import { type House, readHouse } from './state.ts';

interface Kept {
  house: House;
  /** All transactions below this one were over, and seen, when the house was read or last looked at. */
  xmin: string;
}

interface Look {
  /** Tells databases apart: a process of tests speaks to several. */
  database: string;
  xmin: string;
  changed: boolean;
  own: boolean;
}

const kept = new Map<string, Kept>();
const maxKept = 8;
const topics = ['catalogue', 'hours', 'people', 'settings'];
/** Where nothing is kept yet, no transaction is too old to be asked for; the newest id keeps the probe empty. */
const never = '18446744073709551615';
let lastDatabase = '';

async function look(client: Db | Tx, since: string): Promise<Look> {
  const [row] = await client.$queryRaw<Look[]>`
    SELECT current_database() || ' ' || pg_postmaster_start_time()::text || ' ' || coalesce(inet_server_port(), 0) AS database,
      pg_snapshot_xmin(pg_current_snapshot())::text AS xmin,
      EXISTS (SELECT FROM change_event WHERE tx >= ${since}::text::xid8 AND topic = ANY (${topics}::text[])) AS changed,
      EXISTS (SELECT FROM change_event WHERE tx = pg_current_xact_id_if_assigned()
        AND topic = ANY (${topics}::text[])) AS own`;
  if (!row) throw new Error('the database answered a look with no row');
  return row;
}

/** Promises the house as committed now, seen with the caller's own changes. One small query while nothing changed. */
export async function loadHouse(client: Db | Tx): Promise<House> {
  const guess = kept.get(lastDatabase);
  let seen = await look(client, guess?.xmin ?? never);
  let entry = kept.get(seen.database);
  if (entry && entry !== guess) seen = await look(client, entry.xmin);
  lastDatabase = seen.database;
  if (entry && !seen.changed && !seen.own) {
    entry.xmin = seen.xmin;
    return entry.house;
  }
  entry = { house: await readHouse(client), xmin: seen.xmin };
  if (seen.own) return entry.house;
  if (kept.size >= maxKept) kept.clear();
  kept.set(seen.database, entry);
  return entry.house;
}
