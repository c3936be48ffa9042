/** A change through one web process is heard on the streams of another within a second, whatever else goes on. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Figure } from '../bench/reporter.ts';
import { ApiProcess } from '../support/api-process.ts';
import { Cluster } from '../support/cluster.ts';
import { addHouse } from './load.ts';
import { openStream } from './stream.ts';

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

const withinASecond: Figure = {
  name: 'live.within_a_second',
  unit: 'ms',
  reach:
    '≤ 1,000 at most from the answer on one process to the event on another: 100 changes, 30 of them with a long write open elsewhere, and 20 more caught up with after a cut',
  async run({ progress }) {
    const cluster = await Cluster.open();
    const [here, there] = [new ApiProcess(cluster.runtimeUrl), new ApiProcess(cluster.runtimeUrl)];
    const writer = new pg.Client({ connectionString: cluster.ownerUrl });
    writer.on('error', () => undefined);
    try {
      const house = await addHouse(cluster.ownerUrl, 4_000);
      await Promise.all([here.start(), there.start()]);
      await writer.connect();
      let slot = 0;
      const change = async (): Promise<{ id: string; answeredAt: number }> => {
        const answer = await here.mutate(
          'booking.create',
          { ...house.slots[slot++], idempotencyKey: randomUUID() },
          house.cookie,
        );
        if (answer.status !== 200)
          throw new Error(`a change was answered ${answer.status} ${answer.refusalCode}`);
        return {
          id: String(Reflect.get(Object(answer.value), 'appointmentId')),
          answeredAt: performance.now(),
        };
      };
      let stream = await openStream(there, house.cookie);
      const delays: number[] = [];
      const listenFor = async ({ id, answeredAt }: { id: string; answeredAt: number }) => {
        while (stream.heardAt(id) === undefined && performance.now() - answeredAt < 10_000) await sleep(2);
        delays.push(Math.max(0, (stream.heardAt(id) ?? Number.POSITIVE_INFINITY) - answeredAt));
      };
      for (let count = 0; count < 100; count++) {
        if (count === 70) await writer.query(`BEGIN; INSERT INTO change_event (topic) VALUES ('calendar')`);
        await listenFor(await change());
        await sleep(Math.random() * 60);
        progress(count + 1, 120);
      }
      // Cut, with changes meanwhile; opened anew with the last event's id.
      for (let cut = 0; cut < 4; cut++) {
        const last = stream.lastEventId();
        stream.close();
        const missed = [];
        for (let count = 0; count < 5; count++) missed.push(await change());
        const openedAt = performance.now();
        stream = await openStream(there, house.cookie, last);
        for (const { id } of missed) await listenFor({ id, answeredAt: openedAt });
        progress(105 + cut * 5, 120);
      }
      await writer.query('COMMIT');
      stream.close();
      const longest = Math.max(...delays);
      return {
        value: longest,
        ok: longest <= 1_000 && delays.length === 120,
        detail: `median ${quantile(delays, 0.5).toFixed(0)} ms, p95 ${quantile(delays, 0.95).toFixed(0)} ms of ${delays.length}`,
      };
    } finally {
      await writer.end().catch(() => undefined);
      await Promise.all([here.kill(), there.kill()]);
      await cluster.close();
    }
  },
};

export const figures: Figure[] = [withinASecond];
