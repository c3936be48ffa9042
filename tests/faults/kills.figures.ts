/** P4: what was acknowledged is kept, whatever is killed. P10: a hold ends by time, with every worker dead. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../bench/reporter.ts';
import { ApiProcess, WorkerProcess } from '../support/api-process.ts';
import { openServer } from '../support/api-server.ts';
import { Cluster } from '../support/cluster.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { addHouse, reckon, startLoad } from './load.ts';

const kills = 24;

const kept: Figure = {
  name: 'P4.acknowledged_kept',
  unit: 'lost or doubled',
  reach: `0 after ${kills} × kill -9 of the API, the worker and PostgreSQL at random points under load`,
  async run({ progress }) {
    const cluster = await Cluster.open();
    const webs = [new ApiProcess(cluster.runtimeUrl), new ApiProcess(cluster.runtimeUrl)];
    const worker = new WorkerProcess(cluster.runtimeUrl);
    try {
      const house = await addHouse(cluster.ownerUrl, 20_000);
      for (const web of webs) await web.start();
      worker.start();
      const load = startLoad(webs, house, 6);
      for (let kill = 0; kill < kills; kill++) {
        await sleep(300 + Math.random() * 900);
        const web = webs[kill % webs.length];
        if (kill % 4 === 3) {
          await cluster.end('SIGKILL');
          await cluster.start();
        } else if (kill % 4 === 1) {
          await worker.kill();
          worker.start();
        } else if (web) {
          await web.kill();
          await web.start();
        }
        progress(kill + 1, kills);
      }
      await sleep(1_000);
      await load.stop();
      const wrong = await cluster.asOwner((owner) => reckon(owner, load));
      return {
        value: wrong.length,
        ok: wrong.length === 0 && load.kept.length > kills * 5,
        detail: `${load.kept.length} acknowledged, sent again ${load.retries} times; ${wrong.join('; ') || 'each with its claim, its event and its job'}`,
      };
    } finally {
      await worker.kill();
      for (const web of webs) await web.kill();
      await cluster.close();
    }
  },
};

const lapses: Figure = {
  name: 'P10.lapsed_without_worker',
  unit: 's',
  reach:
    '≤ 1 from the hold’s end until another browser holds the slot over HTTP, never before; no worker anywhere',
  async run({ progress }) {
    const cluster = await Cluster.open();
    const web = new ApiProcess(cluster.runtimeUrl);
    const rounds = 10;
    try {
      const house = await addHouse(cluster.ownerUrl, 2_000);
      await web.start();
      // The first of a process pays for its making.
      for (const slot of house.slots.slice(1_000, 1_005))
        await web.mutate('booking.hold', { ...slot, idempotencyKey: randomUUID() });
      const server = await openServer(cluster.runtimeUrl);
      const waits: number[] = [];
      let early = 0;
      try {
        for (let round = 0; round < rounds; round++) {
          const slot = house.slots[round * 7];
          if (!slot) throw new Error('no slot');
          const first = await hold(
            server.deps,
            { kind: 'nobody', holderKey: randomUUID() },
            { ...slot, idempotencyKey: randomUUID() },
            1_200,
          );
          if (!first.ok || first.value.heldUntil === null)
            throw new Error(`not held: ${JSON.stringify(first)}`);
          for (;;) {
            const askedAt = Date.now();
            const answer = await web.mutate(
              'booking.hold',
              { ...slot, idempotencyKey: randomUUID() },
              `dermis.holder=${randomUUID()}`,
            );
            if (answer.status === 200) {
              if (Date.now() < first.value.heldUntil) early++;
              waits.push((Date.now() - first.value.heldUntil) / 1000);
              break;
            }
            if (answer.refusalCode !== 'slot_taken')
              throw new Error(`${answer.status} ${answer.refusalCode}`);
            await sleep(Math.max(0, 25 - (Date.now() - askedAt)));
          }
          progress(round + 1, rounds);
        }
      } finally {
        await server.close();
      }
      const longest = Math.max(...waits);
      return {
        value: longest,
        ok: longest <= 1 && early === 0,
        detail: `${rounds} holds; ${early} taken before their end`,
      };
    } finally {
      await web.kill();
      await cluster.close();
    }
  },
};

export const figures: Figure[] = [kept, lapses];
