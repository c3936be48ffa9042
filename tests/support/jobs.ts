/** What lies in the queue, for tests that run jobs by hand. */
import { type JobName, type JobPayload, jobSchemas } from '../../src/server/queue.ts';
import type { Db } from '../../src/server/db.ts';

/** Payloads of the jobs of one name that concern an account, oldest first. */
export async function jobsOf<N extends JobName>(
  db: Db,
  name: N,
  accountId: string,
): Promise<JobPayload<N>[]> {
  const rows = await db.$queryRaw<{ data: unknown }[]>`
    SELECT data FROM pgboss.job WHERE name = ${name} AND data ->> 'accountId' = ${accountId} ORDER BY created_on, id`;
  return rows.map(({ data }) => jobSchemas[name].parse(data) as JobPayload<N>);
}
