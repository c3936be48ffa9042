/**
 * The house, kept in the process between changes. Right by construction, not by luck:
 * - every write to these tables leaves an event in its own transaction (triggers of the migration `house_changes`);
 * - what is kept remembers a snapshot taken before it was read. One index probe per use asks for events that were not
 *   visible in that snapshot, however late they were committed; any answer means reading anew;
 * - what a transaction reads after changing the house itself is used and never kept: it may yet be undone.
 */
import { type Db, isClient, Prisma, rootOf, type Tx } from '../db.ts';
import { quickest } from '../sql.ts';
import { type House, readHouse } from './state.ts';

interface Kept {
  house: House;
  /** What was visible when the house was read or last looked at, as PostgreSQL writes a snapshot. */
  snapshot: string;
  /** When that was, by the process's own clock. */
  lookedAtMs: number;
}

interface Look {
  /** Tells databases apart: a process of tests speaks to several. */
  database: string;
  snapshot: string;
  changed: boolean;
  own: boolean;
}

const kept = new Map<string, Kept>();
const maxKept = 8;
/** Old events are swept away, so a house not looked at for long is not trusted: they may have been about it. */
const maxUnseenMs = 10 * 60_000;
const topics = ['catalogue', 'hours', 'people', 'settings'];
/** A snapshot in which everything is visible: where nothing is kept, there is nothing to ask for. */
const allSeen = '9223372036854775807:9223372036854775807:';
let lastDatabase = '';

async function look(client: Db | Tx, since: string): Promise<Look> {
  const [row] = await quickest(client).rows<Look>(Prisma.sql`
    SELECT current_database() || ' ' || pg_postmaster_start_time()::text || ' ' || coalesce(inet_server_port(), 0) AS database,
      pg_current_snapshot()::text AS snapshot,
      EXISTS (SELECT FROM change_event WHERE tx >= pg_snapshot_xmin(${since}::text::pg_snapshot)
        AND NOT pg_visible_in_snapshot(tx, ${since}::text::pg_snapshot) AND topic = ANY (${topics}::text[])) AS changed,
      EXISTS (SELECT FROM change_event WHERE tx = pg_current_xact_id_if_assigned()
        AND topic = ANY (${topics}::text[])) AS own`);
  if (!row) throw new Error('the database answered a look with no row');
  return row;
}

/** Promises the house as committed now, seen with the caller's own changes. One small query while nothing changed. */
export async function loadHouse(client: Db | Tx): Promise<House> {
  const guess = kept.get(lastDatabase);
  let seen = await look(client, guess?.snapshot ?? allSeen);
  let entry = kept.get(seen.database);
  if (entry && entry !== guess) seen = await look(client, entry.snapshot);
  lastDatabase = seen.database;
  const lookedAtMs = performance.now();
  if (entry && !seen.changed && !seen.own && lookedAtMs - entry.lookedAtMs < maxUnseenMs) {
    entry.snapshot = seen.snapshot;
    entry.lookedAtMs = lookedAtMs;
    return entry.house;
  }
  entry = {
    house: await readHouse(isClient(client) ? rootOf(client) : client),
    snapshot: seen.snapshot,
    lookedAtMs,
  };
  if (seen.own) return entry.house;
  if (kept.size >= maxKept) kept.clear();
  kept.set(seen.database, entry);
  return entry.house;
}
