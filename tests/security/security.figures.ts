/** The promises of the door: nothing undeclared, nothing run for strangers, no fault from whatever is sent. */
import { systemDb } from '../../src/server/deps.ts';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { migrate } from '../../scripts/migrate.ts';
import { actions } from '../../src/domain/access/policy.ts';
import type { Figure } from '../bench/reporter.ts';
import { openServer } from '../support/api-server.ts';
import { addCast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { asRuntimeRole } from '../support/template.ts';
import { handlers } from './declared-handlers.ts';
import { fuzz } from './fuzz.ts';
import { procedures } from './procedures.ts';

const ladder: readonly unknown[] = ['anyone', 'client', 'signed_in', 'staff', 'administrator'];
const known: readonly unknown[] = actions;

const undeclared: Figure = {
  name: 'P2.undeclared',
  unit: 'doors',
  reach: '0 procedures or route handlers that do not say who may come in',
  run: () => {
    const procedureless = procedures.filter(
      ({ who, action }) => !ladder.includes(who) || !known.includes(action),
    );
    const app = path.resolve(import.meta.dirname, '../../src/app');
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /route\.tsx?$/.test(file),
    );
    const unknown = files.filter((file) => !(file in handlers));
    const names = [...procedureless.map((procedure) => procedure.path), ...unknown];
    return Promise.resolve({
      value: names.length,
      ok: names.length === 0,
      detail: `${procedures.length} procedures, ${files.length} route handlers ${names.join(', ')}`,
    });
  },
};

const perProcedure = 200;

const fuzzed: Figure = {
  name: 'P15.fuzz',
  unit: 'faults',
  reach: `0 answers of 500, 0 stack traces: ${perProcedure} inputs for every procedure, as each who gets in and as those who don't`,
  async run({ progress, log }) {
    const database = await openScratchDatabase();
    try {
      const runtimeUrl = asRuntimeRole(database.url);
      await migrate({ ownerUrl: database.url, runtimeUrl });
      const clock = fixedClock();
      const server = await openServer(runtimeUrl, { now: clock.now });
      try {
        const cast = await addCast(systemDb(server.deps.db, 'tests'), clock.now());
        const result = await fuzz(server, cast, {
          perProcedure,
          perOtherRole: 40,
          roles: ['administrator', 'client', 'specialist', 'nobody'],
          seed: Number(process.env.FUZZ_SEED ?? Date.now() % 100_000),
          progress,
        });
        for (const fault of result.faults.slice(0, 20)) log(fault);
        return {
          value: result.faults.length,
          ok: result.faults.length === 0 && result.sent >= perProcedure * procedures.length * 0.9,
          detail: `${result.sent} sent with seed ${result.seed}: ${JSON.stringify(result.statuses)}; slowest ${result.slowest.path} ${result.slowest.millis.toFixed(0)} ms; inputs never accepted: ${result.unreached.join(', ') || 'none'}`,
        };
      } finally {
        await server.close();
      }
    } finally {
      await database.close();
    }
  },
};

export const figures: Figure[] = [undeclared, fuzzed];
