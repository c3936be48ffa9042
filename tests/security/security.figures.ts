/** The promises of the door: nothing undeclared, nothing run for strangers, no fault from whatever is sent. */
import { systemDb } from '../../src/server/deps.ts';
import { jobNames } from '../../src/server/queue.ts';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { migrate } from '../../scripts/migrate.ts';
import { actions } from '../../src/domain/access/policy.ts';
import type { Figure } from '../bench/reporter.ts';
import { openServer } from '../support/api-server.ts';
import { addCast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { asRuntimeRole } from '../support/template.ts';
import { handlerProblems, routeFiles, socketProblems } from './declared-handlers.ts';
import { jobProblems } from './declared-jobs.ts';
import { loaderFiles, pageProblems } from './declared-pages.ts';
import { fuzz } from './fuzz.ts';
import { procedures } from './procedures.ts';
import { readSources } from './syntax.ts';

const ladder: readonly unknown[] = ['anyone', 'client', 'signed_in', 'staff', 'administrator'];
const known: readonly unknown[] = actions;

const undeclared: Figure = {
  name: 'P2.undeclared',
  unit: 'doors',
  reach:
    '0 procedures, route handlers, pages, jobs or socket messages that do not say who may come in, or do otherwise',
  run: () => {
    const silent = procedures.filter(({ who, action }) => !ladder.includes(who) || !known.includes(action));
    const problems = [
      ...silent.map(({ path }) => path),
      ...handlerProblems(),
      ...pageProblems(),
      ...jobProblems(),
      ...socketProblems(),
    ];
    const sources = readSources('src/app/**/*.{ts,tsx}');
    const [routes, loaders] = [routeFiles(sources).length, loaderFiles(sources).length];
    return Promise.resolve({
      value: problems.length,
      ok: problems.length === 0,
      detail: `${procedures.length} procedures, ${routes} route handlers, ${loaders} pages and layouts, ${jobNames.length} jobs, no socket whose messages are read ${problems.join(', ')}`,
    });
  },
};

const perProcedure = 200;

const fuzzed: Figure = {
  name: 'P15.fuzz',
  unit: 'faults',
  reach: `0 answers of 500, 0 stack traces: at least ${perProcedure} inputs looked at by every single procedure, streams among them, sent as each who gets in and as those who don’t`,
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
          roles: ['administrator', 'client', 'otherClient', 'specialist', 'nobody'],
          seed: Number(process.env.FUZZ_SEED ?? Date.now() % 100_000),
          progress,
        });
        for (const fault of result.faults.slice(0, 20)) log(fault);
        return {
          value: result.faults.length,
          ok: result.faults.length === 0 && result.fewest.lookedAt >= perProcedure,
          detail: `${result.sent} sent to ${procedures.length} procedures with seed ${result.seed}, looked at by each at least ${result.fewest.lookedAt} (${result.fewest.path}); listened to as a stream: ${result.streams.join(', ')}; answers ${JSON.stringify(result.statuses)}; slowest ${result.slowest.path} ${result.slowest.millis.toFixed(0)} ms; inputs never accepted: ${result.unreached.join(', ') || 'none'}`,
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
