/**
 * Reads the change events of all processes and hands them to the streams of this one.
 * Woken by NOTIFY, and once a second without it. Where it goes on is a transaction id: the oldest one that was still
 * open at the last read. Whatever commits later has that id or a higher one, so nothing is missed, however late.
 */
import { Line, openPool } from '../line.ts';
import { lookChannel } from './announcer.ts';

export interface LiveEvent {
  id: string;
  topic: string;
  locationId: string | null;
  /** Local days touched, YYYY-MM-DD. */
  dateFrom: string | null;
  dateTo: string | null;
  entityId: string | null;
}

export interface LiveBatch {
  events: LiveEvent[];
  /** Give this back to catch up after a break; events may come twice, never not at all. */
  cursor: string;
  /** The cursor is from another time: read everything again. */
  reset: boolean;
}

export interface EventHub {
  /** Calls back with every batch from now on; the answer ends it. */
  subscribe(onBatch: (batch: LiveBatch) => void): () => void;
  since(cursor: string | null): Promise<LiveBatch>;
  stop(): Promise<void>;
}

interface Row {
  xmin: string;
  id: string | null;
  topic: string;
  location_id: string | null;
  date_from: string | null;
  date_to: string | null;
  entity_id: string | null;
}

const readSql = `
  WITH snapshot AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin)
  SELECT snapshot.xmin::text, e.id::text, e.topic, e.location_id, e.date_from::text, e.date_to::text, e.entity_id
  FROM snapshot LEFT JOIN change_event e ON e.tx >= $1::text::xid8
  ORDER BY e.id LIMIT 5001`;
const maxBehind = 5000;
const tickMs = 1_000;
/** An ear on a dead line hears nothing and doesn't know: it is asked at every tick, and given up after so long a silence. */
const deafAfterMs = 4_000;
/** Transaction ids have 64 bits. */
const lastXid = 2n ** 63n - 1n;

export async function openEventHub(databaseUrl: string): Promise<EventHub> {
  const pool = openPool({
    connectionString: databaseUrl,
    max: 2,
    connectionTimeoutMillis: 5_000,
    answerWithinMs: 4_000,
    application_name: 'dermis live',
  });
  const listeners = new Set<(batch: LiveBatch) => void>();
  let stopped = false;
  let ear: Line | undefined;
  /** A statement is under way on the ear's line. */
  let asking = false;
  let cursor =
    (await pool.query<{ xmin: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin'))
      .rows[0]?.xmin ?? '0';
  let delivered = new Set<string>();
  let reading = false;
  let again = false;

  async function since(from: string | null): Promise<LiveBatch> {
    // Whoever has just come wants to know where to go on: that is known, and a whole house coming at once costs nothing.
    if (from === null) return { events: [], cursor, reset: false };
    const valid = /^\d{1,20}$/.test(from) && BigInt(from) <= lastXid;
    const { rows } = await pool.query<Row>(readSql, [valid ? from : lastXid.toString()]);
    const xmin = rows[0]?.xmin ?? '0';
    const ahead = valid && BigInt(from) > BigInt(xmin) + 1_000_000n;
    if (!valid || ahead || rows.length > maxBehind) return { events: [], cursor: xmin, reset: true };
    const events = rows.flatMap((row) =>
      row.id === null
        ? []
        : [
            {
              id: row.id,
              topic: row.topic,
              locationId: row.location_id,
              dateFrom: row.date_from,
              dateTo: row.date_to,
              entityId: row.entity_id,
            },
          ],
    );
    return { events, cursor: xmin, reset: false };
  }

  async function look(): Promise<void> {
    if (stopped) return;
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const batch = await since(cursor);
      const fresh = batch.events.filter(({ id }) => !delivered.has(id));
      delivered = new Set(batch.events.map(({ id }) => id));
      cursor = batch.cursor;
      if (fresh.length > 0 || batch.reset) for (const tell of listeners) tell({ ...batch, events: fresh });
    } catch {
      // The database is away; the next tick looks again and misses nothing.
    } finally {
      reading = false;
      if (again) {
        again = false;
        void look();
      }
    }
  }

  async function listen(): Promise<void> {
    if (stopped) return;
    if (ear) {
      if (asking) return;
      asking = true;
      await ear.query('SELECT 1').catch(() => undefined);
      asking = false;
      return;
    }
    const client = new Line({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      application_name: 'dermis ear',
    });
    ear = client;
    asking = true;
    client.on('notification', () => void look());
    client.on('error', () => undefined);
    client.on('end', () => {
      if (ear === client) ear = undefined;
    });
    try {
      await client.connect();
      client.limitSilence(deafAfterMs);
      await client.query(`LISTEN ${lookChannel}`);
    } catch {
      if (ear === client) ear = undefined;
      await client.end().catch(() => undefined);
    }
    asking = false;
  }

  // What was committed before this process began to listen is no news to anybody.
  await look();
  await listen();
  const timer = setInterval(() => {
    void listen();
    void look();
  }, tickMs);
  timer.unref();

  return {
    subscribe(onBatch) {
      listeners.add(onBatch);
      return () => listeners.delete(onBatch);
    },
    since,
    async stop() {
      stopped = true;
      clearInterval(timer);
      listeners.clear();
      await ear?.end().catch(() => undefined);
      await pool.end();
    },
  };
}
