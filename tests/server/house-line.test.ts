import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../src/server/line.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();

describe('one line to the database', () => {
  // The driver warns once a process, and only where somebody made it keep statements waiting.
  const warnings: string[] = [];
  const heard = ({ message }: Error) => void warnings.push(message);
  beforeEach(() => process.on('warning', heard));
  afterEach(() => void process.off('warning', heard));

  it('reads many relations of a record in one transaction, which the client does all at once', async () => {
    const found = await database().db.$transaction((tx) =>
      tx.account.findMany({
        include: { client: true, specialist: true, roles: { include: { role: true } }, sessions: true },
      }),
    );
    expect(found).toEqual([]);
    const appointments = await database().db.$transaction((tx) =>
      Promise.all([tx.appointment.count(), tx.client.count(), tx.service.count(), tx.claim.count()]),
    );
    expect(appointments).toEqual([0, 0, 0, 0]);
    await sleep(10);
    expect(warnings).toEqual([]);
  });

  it('keeps the order in which it was asked, and a statement that fails spoils no other', async () => {
    const pool = openPool({ connectionString: database().runtimeUrl, max: 1, answerWithinMs: 5_000 });
    const client = await pool.connect();
    try {
      const order: number[] = [];
      const asked = [1, 2, 3].map(async (number) => {
        const { rows } = await client.query<{ number: number }>(
          number === 1 ? 'select 1 as number, pg_sleep(0.05)' : 'select $1::int as number',
          number === 1 ? [] : [number],
        );
        order.push(rows[0]?.number ?? 0);
      });
      const failing = client.query('select 1 / 0');
      const after = client.query<{ number: number }>('select 4 as number');
      await expect(failing).rejects.toMatchObject({ code: '22012' });
      expect((await after).rows).toEqual([{ number: 4 }]);
      await Promise.all(asked);
      expect(order).toEqual([1, 2, 3]);
      expect((await client.query('select 5 as number')).rows).toEqual([{ number: 5 }]);
    } finally {
      client.release();
      await pool.end();
    }
    expect(warnings).toEqual([]);
  });

  it('keeps the plan of what comes again, and not of what comes once', async () => {
    const pool = openPool({ connectionString: database().runtimeUrl, max: 1, answerWithinMs: 5_000 });
    const client = await pool.connect();
    try {
      const again = { text: 'select id from client where id = $1::uuid', values: [randomUUID()] };
      const onlyOnce = { text: 'select id from client where card_number = $1', values: ['7'] };
      const kept = async () =>
        (await client.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(
          ({ statement }) => statement,
        );
      await client.query(onlyOnce);
      await client.query(again);
      expect(await kept()).toEqual([]);
      for (let round = 0; round < 3; round++) await client.query(again);
      expect(await kept()).toEqual([again.text]);
    } finally {
      client.release();
      await pool.end();
    }
  });

  it('fails everything that waits on it when it is cut', async () => {
    const pool = openPool({ connectionString: database().runtimeUrl, max: 1, answerWithinMs: 5_000 });
    const client = await pool.connect();
    client.on('error', () => undefined);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const waiting = [client.query('select pg_sleep(5)'), client.query('select 1'), client.query('select 2')];
    const settled = Promise.allSettled(waiting);
    await database().db.$queryRaw`select pg_terminate_backend(${rows[0]?.pid}::int)`;
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    client.release(true);
    await pool.end();
  });
});
