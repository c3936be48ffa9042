/** Figures over HTTP against production web processes: the search for starts as the table grows, and P3, many clients on one slot. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { WebProcess } from '../support/web-process.ts';
import { arrange } from './booking-load.ts';
import type { Figure } from './reporter.ts';

const day = 86_400_000;
const midnight = Math.floor(Date.now() / day) * day;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/**
 * Fills the table: the same busy month ahead for everybody, whatever the total, and the rest in the past, as a clinic's years pile up.
 */
async function fill(
  ownerUrl: string,
  total: number,
  progress: (done: number, all: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Years of rows, not years of changes: nothing is to be told of them.
    await client.query('SET session_replication_role = replica');
    const ahead = 20 * 30 * 16;
    await insertVisits(client, midnight + day, 30, 16);
    const daysBack = Math.ceil(Math.max(0, total - ahead) / (20 * 24));
    for (let done = 0; done < daysBack; done += 100) {
      const days = Math.min(100, daysBack - done);
      await insertVisits(client, midnight - (done + days) * day, days, 24);
      progress(done + days, daysBack);
    }
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

/** So many half hours a day for every specialist, from 08:00 Berlin on, every second hour left free where there are fewer than 24. */
async function insertVisits(client: pg.Client, fromMs: number, days: number, perDay: number): Promise<void> {
  await client.query(
    `WITH slot AS MATERIALIZED (
       SELECT gen_random_uuid() AS id, s.id AS specialist_id,
         $1::timestamptz + make_interval(days => d, hours => 6, mins => 30 * n) AS starts_at
       FROM specialist s, generate_series(0, $2::int - 1) d, generate_series(0, 23) n
       WHERE $3::int = 24 OR n % 3 < 2 AND n < $3::int * 3 / 2
     ), visit AS (
       INSERT INTO appointment (id, location_id, client_id, status, starts_at, ends_at, service_date, price_minor, currency, channel, created_at, updated_at)
       SELECT slot.id, (SELECT id FROM location), (SELECT id FROM client), 'booked', starts_at, starts_at + interval '30 min', starts_at::date,
         5000, 'EUR', 'staff', now(), now() FROM slot
     ), item AS (
       INSERT INTO appointment_item (id, appointment_id, position, service_id, service_name, specialist_id, starts_at, ends_at, minutes,
         buffer_before_minutes, buffer_after_minutes, price_minor)
       SELECT gen_random_uuid(), slot.id, 0, (SELECT id FROM service), 'Half an hour', specialist_id, starts_at, starts_at + interval '30 min', 30, 0, 0, 5000
       FROM slot
     )
     INSERT INTO claim (id, resource_id, starts_at, ends_at, kind, appointment_id)
     SELECT gen_random_uuid(), specialist_id, starts_at, starts_at + interval '30 min', 'appointment', slot.id FROM slot`,
    [new Date(fromMs), days, perDay],
  );
}

const growth: Figure = {
  name: 'booking.starts_http_growth',
  unit: 'ratio',
  reach: '≤ 1.3: p95 with 1,000,000 appointments ÷ p95 with 10,000; memory flat',
  async run({ log, progress }) {
    const databases = [await openScratchDatabase(), await openScratchDatabase()] as const;
    const webs: WebProcess[] = [];
    try {
      const asked: { locationId: string; items: unknown[]; fromDate: string; days: number }[] = [];
      for (const [index, database] of databases.entries()) {
        const [first] = await arrange(database.url, 1);
        if (!first) throw new Error('nothing to ask for');
        asked.push({
          locationId: first.locationId,
          items: first.items,
          fromDate: dateOf(midnight + day),
          days: 30,
        });
        await fill(database.url, index === 0 ? 10_000 : 1_000_000, progress);
        webs.push(await WebProcess.start(database.runtimeUrl));
      }
      const times: [number[], number[]] = [[], []];
      const rounds = 400;
      let memoryBefore = 0;
      let starts = 0;
      for (let round = 0; round < rounds; round++) {
        // Interleaved: whatever else the machine does, it does to both.
        for (const which of [0, 1] as const) {
          const answer = await webs[which]?.query('booking.starts', asked[which]);
          if (answer?.status !== 200)
            throw new Error(`starts answered ${answer?.status} ${answer?.refusalCode}`);
          if (round >= 50) times[which].push(answer.millis);
          if (round === 50 && which === 1) starts = Reflect.get(Object(answer.data), 'starts').length;
        }
        if (round === 100) memoryBefore = webs[1]?.residentMegabytes() ?? 0;
        progress(round, rounds);
      }
      const memoryAfter = webs[1]?.residentMegabytes() ?? 0;
      const [small, large] = [quantile(times[0], 0.95), quantile(times[1], 0.95)];
      const ratio = large / small;
      log(`${starts} starts an answer`);
      return {
        value: ratio,
        ok: ratio <= 1.3 && memoryAfter <= memoryBefore * 1.25 && starts > 100,
        detail: `p95 ${large.toFixed(1)} ms against ${small.toFixed(1)} ms; memory ${memoryBefore.toFixed(0)} → ${memoryAfter.toFixed(0)} MB over 300 answers`,
      };
    } finally {
      for (const web of webs) await web.stop();
      for (const database of databases) await database.close();
    }
  },
};

const clients = 200;
const rounds = 50;

const oneSlot: Figure = {
  name: 'P3.one_slot',
  unit: 'rounds',
  reach: `${rounds} of ${rounds} with one winner among ${clients} clients over HTTP, no 5xx, no orphan`,
  async run({ progress }) {
    const database = await openScratchDatabase();
    let web: WebProcess | undefined;
    const owner = new pg.Client({ connectionString: database.url });
    try {
      const [first] = await arrange(database.url, 1);
      if (!first) throw new Error('nothing to book');
      await owner.connect();
      const server = await WebProcess.start(database.runtimeUrl, {
        DATABASE_POOL_SIZE: '16',
        TRUSTED_PROXIES: '1',
      });
      web = server;
      const times: number[] = [];
      const faults: string[] = [];
      let good = 0;
      for (let round = 0; round < rounds; round++) {
        const startsAt =
          midnight + (2 + Math.floor(round / 20)) * day + 7 * 3_600_000 + (round % 20) * 1_800_000;
        const answers = await Promise.all(
          Array.from({ length: clients }, (_, client) =>
            server.mutate(
              'booking.hold',
              { locationId: first.locationId, items: first.items, startsAt, idempotencyKey: randomUUID() },
              // As the configured proxy tells: every client from an address of its own.
              { 'x-forwarded-for': `198.18.${round}.${client}` },
            ),
          ),
        );
        const winners = answers.filter(({ status }) => status === 200).length;
        const others = answers.filter(
          ({ status, refusalCode }) => status !== 200 && refusalCode !== 'slot_taken',
        );
        for (const { millis } of answers) times.push(millis);
        for (const { status, refusalCode } of others.slice(0, 2)) faults.push(`${status} ${refusalCode}`);
        if (winners === 1 && others.length === 0) good++;
        progress(round + 1, rounds);
      }
      const left = await owner.query<{ holds: number; claims: number; jobs: number }>(
        `SELECT (SELECT count(*)::int FROM appointment) AS holds, (SELECT count(*)::int FROM claim) AS claims,
           (SELECT count(*)::int FROM pgboss.job WHERE name = 'expire-hold') AS jobs`,
      );
      const { holds, claims, jobs } = left.rows[0] ?? { holds: -1, claims: -1, jobs: -1 };
      return {
        value: good,
        ok: good === rounds && holds === rounds && claims === rounds && jobs === rounds,
        detail: `p99 ${quantile(times, 0.99).toFixed(0)} ms, median ${quantile(times, 0.5).toFixed(0)} ms; left: ${holds} holds, ${claims} claims, ${jobs} jobs ${faults.slice(0, 3).join(', ')}`,
      };
    } finally {
      await owner.end().catch(() => undefined);
      await web?.stop();
      await database.close();
    }
  },
};

export const figures: Figure[] = [growth, oneSlot];
