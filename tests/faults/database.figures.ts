/** P16: the database comes back: restarted under load, and behind a network that swallows everything. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../bench/reporter.ts';
import { ApiProcess, WorkerProcess } from '../support/api-process.ts';
import { Cluster } from '../support/cluster.ts';
import { startFaultProxy } from '../support/proxy.ts';
import { addHouse, type Load, reckon, startLoad } from './load.ts';
import { openStream } from './stream.ts';

/** Seconds from now until so many more bookings were acknowledged. */
async function untilWell(load: Load, within = 30): Promise<number> {
  const began = performance.now();
  const target = load.succeeded() + 5;
  while (load.succeeded() < target) {
    if (performance.now() - began > within * 1000) return Number.POSITIVE_INFINITY;
    await sleep(10);
  }
  return (performance.now() - began) / 1000;
}

const restarts = 10;

const restarted: Figure = {
  name: 'P16.restarted',
  unit: 's',
  reach: `≤ 5 from the database's coming back to bookings going on, ${restarts} restarts under load, 0 double effects`,
  async run({ progress }) {
    const cluster = await Cluster.open();
    const webs = [new ApiProcess(cluster.runtimeUrl), new ApiProcess(cluster.runtimeUrl)];
    try {
      const house = await addHouse(cluster.ownerUrl, 20_000);
      for (const web of webs) await web.start();
      const load = startLoad(webs, house, 6);
      const waits: number[] = [];
      for (let restart = 0; restart < restarts; restart++) {
        await sleep(300 + Math.random() * 500);
        await cluster.end('SIGINT');
        await sleep(Math.random() * 300);
        await cluster.start();
        waits.push(await untilWell(load));
        progress(restart + 1, restarts);
      }
      const alive = webs.every((web) => web.isRunning);
      await load.stop();
      const wrong = await cluster.asOwner((owner) => reckon(owner, load));
      const longest = Math.max(...waits);
      return {
        value: longest,
        ok: longest <= 5 && wrong.length === 0 && alive,
        detail: `${load.kept.length} acknowledged, sent again ${load.retries} times; processes ${alive ? 'lived on' : 'DIED'}; ${wrong.join('; ') || 'nothing lost or doubled'}`,
      };
    } finally {
      for (const web of webs) await web.kill();
      await cluster.close();
    }
  },
};

const holeSeconds = 20;

const blackHole: Figure = {
  name: 'P16.black_hole',
  unit: 's',
  reach: `≤ 10 until requests fail and ≤ 10 until they recover, and live events too, around ${holeSeconds} s in which the network swallows everything`,
  async run({ log }) {
    const cluster = await Cluster.open();
    const proxy = await startFaultProxy({ host: '127.0.0.1', port: cluster.port });
    const through = new URL(cluster.runtimeUrl);
    through.port = String(proxy.port);
    const web = new ApiProcess(through.href);
    try {
      const house = await addHouse(cluster.ownerUrl, 20_000);
      await web.start();
      const load = startLoad([web], house, 6);
      await untilWell(load);
      const stream = await openStream(web, house.cookie);
      load.slowestMillis = 0;
      proxy.blackHole(true);
      await sleep(holeSeconds * 1000);
      const heardBefore = stream.count();
      proxy.blackHole(false);
      const recovered = await untilWell(load);
      const since = performance.now();
      while (stream.count() === heardBefore && performance.now() - since < 20_000) await sleep(20);
      const heard =
        stream.count() === heardBefore
          ? Number.POSITIVE_INFINITY
          : recovered + (performance.now() - since) / 1000;
      await load.stop();
      stream.close();
      const failed = load.slowestMillis / 1000;
      const wrong = await cluster.asOwner((owner) => reckon(owner, load));
      log(
        `failed within ${failed.toFixed(1)} s, recovered within ${recovered.toFixed(1)} s, live again within ${heard.toFixed(1)} s`,
      );
      return {
        value: Math.max(failed, recovered, heard),
        ok: failed <= 10 && recovered <= 10 && heard <= 10 && wrong.length === 0,
        detail: `longest request ${failed.toFixed(1)} s, recovered in ${recovered.toFixed(1)} s, live in ${heard.toFixed(1)} s; ${wrong.join('; ') || 'nothing lost or doubled'}`,
      };
    } finally {
      await web.kill();
      await proxy.stop();
      await cluster.close();
    }
  },
};

const workerHole: Figure = {
  name: 'P16.worker_black_hole',
  unit: 's',
  reach: `≤ 60 until a worker that lost its network for ${holeSeconds} s has done every job of that time`,
  async run() {
    const cluster = await Cluster.open();
    const proxy = await startFaultProxy({ host: '127.0.0.1', port: cluster.port });
    const through = new URL(cluster.runtimeUrl);
    through.port = String(proxy.port);
    const web = new ApiProcess(cluster.runtimeUrl);
    const worker = new WorkerProcess(through.href);
    /** Seconds until the jobs are as wanted. */
    const until = async (wanted: (jobs: { done: number; open: number }) => boolean, within: number) => {
      const began = performance.now();
      for (;;) {
        const jobs = await cluster.asOwner(async (owner) => {
          const { rows } = await owner.query<{ done: number; open: number }>(
            `SELECT count(*) FILTER (WHERE state = 'completed')::int AS done, count(*) FILTER (WHERE state <> 'completed')::int AS open
             FROM pgboss.job WHERE name = 'notify-appointment'`,
          );
          return rows[0] ?? { done: 0, open: 0 };
        });
        if (wanted(jobs)) return (performance.now() - began) / 1000;
        if (performance.now() - began > within * 1000) return Number.POSITIVE_INFINITY;
        await sleep(100);
      }
    };
    try {
      const house = await addHouse(cluster.ownerUrl, 4_000);
      await web.start();
      worker.start();
      const load = startLoad([web], house, 1);
      await until(({ done }) => done > 5, 60);
      proxy.blackHole(true);
      await sleep(holeSeconds * 1000);
      await load.stop();
      proxy.blackHole(false);
      const done = await until(({ open }) => open === 0, 120);
      return {
        value: done,
        ok: done <= 60 && worker.isRunning,
        detail: `${load.kept.length} jobs, the worker ${worker.isRunning ? 'lived on' : 'DIED'}`,
      };
    } finally {
      await worker.kill();
      await web.kill();
      await proxy.stop();
      await cluster.close();
    }
  },
};

export const figures: Figure[] = [restarted, blackHole, workerHole];
