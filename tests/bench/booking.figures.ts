/** Durable bookings a second: the command against the very statements it sends, replayed by bare pg. */
import pg from 'pg';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { arrange, rate, recorded, type Statement, withCommands } from './booking-load.ts';
import type { Figure } from './reporter.ts';

const atOnce = 8;
const perRound = 400;
const rounds = 5;

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What belongs to the wake-up and the listeners' reading is no part of a booking. */
const isOfBooking = ({ text }: Statement): boolean => !/pg_notify|LISTEN|FROM snapshot LEFT JOIN/.test(text);

async function emptied(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(
    'TRUNCATE appointment, claim, idempotency_key, change_event, audit_entry, audit_unsealed CASCADE; DELETE FROM pgboss.job',
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
}

const throughput: Figure = {
  name: 'booking.durable_rate',
  unit: 'ratio',
  reach:
    '≥ 0.5 × the same statements in the same transactions by bare pg, row security and trail on, calendars listening',
  async run({ log, progress }) {
    const database = await openScratchDatabase({ durable: true });
    try {
      const inputs = await arrange(database.url, perRound);
      // One after the other, each booking's statements on their own: the script that the bare peer plays.
      const scripts: Statement[][] = [];
      await withCommands(database.runtimeUrl, 1, async ({ book }) => {
        for (const input of inputs) scripts.push((await recorded(() => book(input))).filter(isOfBooking));
      });
      log(`a booking sends ${scripts[1]?.length ?? 0} statements`);
      const ours: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await emptied(database.url);
        ours.push(await withCommands(database.runtimeUrl, atOnce, ({ book }) => rate(inputs, atOnce, book)));
        await emptied(database.url);
        bare.push(await replay(database.runtimeUrl, scripts));
        progress(round + 1, rounds);
      }
      const ratio = median(ours.map((value, index) => value / (bare[index] ?? Number.NaN)));
      return {
        value: ratio,
        ok: ratio >= 0.5,
        detail: `${Math.round(median(ours))} bookings/s against ${Math.round(median(bare))} bare, ${atOnce} at once`,
      };
    } finally {
      await database.close();
    }
  },
};

async function replay(databaseUrl: string, scripts: readonly Statement[][]): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    }),
  );
  try {
    // The peer has the same listeners at work beside it, woken the same way.
    return await withCommands(databaseUrl, 1, ({ announce }) =>
      rate(scripts, atOnce, async (script, lane) => {
        for (const { text, values } of script)
          await clients[lane]?.query({ text, ...(values ? { values } : {}) });
        announce();
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

export const figures: Figure[] = [throughput];
