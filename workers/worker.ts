import { type Job, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import { type Deps, onBehalfOf } from '../src/server/deps.ts';
import { type JobName, jobNames, type JobPayload, jobSchemas, queueDriver } from '../src/server/queue.ts';
import type { JobHandler, JobHandlers } from './handlers.ts';

/** Jobs of one queue that one process works on at a time. */
const concurrentJobs = 4;
/**
 * Immediate jobs wake the worker by NOTIFY; delayed ones and retries don't when they fall due, so the queues are also
 * looked at this often (left alone, pg-boss looks at notifying queues every 30 s).
 */
const lookEverySeconds = 0.5;
const drainWithinMillis = 10_000;

/** The same schemas, seen so that a name picks its own payload. */
const schemas: { [N in JobName]: z.ZodType<JobPayload<N>> } = jobSchemas;

export interface Worker {
  /** Takes no new job, lets the running ones finish (up to 10 s; what doesn't is delivered again), closes. */
  stop(): Promise<void>;
}

/** Starts working off every queue that has a handler. `log` hears about jobs that failed; payloads are ids only. */
export async function startWorker(
  databaseUrl: string,
  deps: Deps,
  handlers: JobHandlers,
  log: (event: { event: string; job?: string; jobId?: string; error?: string; at?: string }) => void,
): Promise<Worker> {
  const boss = new PgBoss({
    ...queueDriver,
    connectionString: databaseUrl,
    max: 5,
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    application_name: 'dermis worker',
  });
  boss.on('error', (error) => log({ event: 'queue error', error: error.message }));
  await boss.start();

  const register = async <N extends JobName>(name: N) => {
    const handler: JobHandler<N> | undefined = handlers[name];
    if (!handler) return;
    const schema: z.ZodType<JobPayload<N>> = schemas[name];
    await boss.work(
      name,
      {
        pollingIntervalSeconds: lookEverySeconds,
        notifyPollingIntervalSeconds: lookEverySeconds,
        localConcurrency: concurrentJobs,
      },
      async (jobs: Job<unknown>[]) => {
        for (const job of jobs) {
          try {
            await handler(onBehalfOf(deps, { kind: 'system', task: name }), schema.parse(job.data), {
              jobId: job.id,
              retryCount: job.retryCount,
              signal: job.signal,
            });
          } catch (error) {
            log({ event: 'job failed', job: name, jobId: job.id, ...describe(error) });
            throw error;
          }
        }
      },
    );
  };
  for (const name of jobNames) await register(name);
  return { stop: () => boss.stop({ graceful: true, timeout: drainWithinMillis }) };
}

/** Name and place only: a message may quote what a person typed. */
function describe(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: error.name,
    at: error.stack
      ?.split('\n')
      .find((line) => line.startsWith('    at '))
      ?.trim(),
  };
}
