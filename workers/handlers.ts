/** Job name → command. Each re-reads what its ids name, claims it and acts once: any job may be delivered twice. */
import type { Deps } from '../src/server/deps.ts';
import type { JobName, JobPayload } from '../src/server/queue.ts';

export interface JobContext {
  jobId: string;
  /** 0 the first time. */
  retryCount: number;
  /** Aborted when the job has run out of time or the worker stops. */
  signal: AbortSignal;
}

export type JobHandler<N extends JobName> = (
  deps: Deps,
  payload: JobPayload<N>,
  context: JobContext,
) => Promise<void>;

export type JobHandlers = { [N in JobName]?: JobHandler<N> };

export const handlers: JobHandlers = {};
