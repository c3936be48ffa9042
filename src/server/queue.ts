/** Job name → payload schema. Jobs carry ids only, and are enqueued in the transaction that makes them due. */
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Tx } from './db.ts';
import { asSql, type Sql } from './sql.ts';

export const jobSchemas = {
  /** Tidies a hold whose time is over and tells the calendars; the hold's end itself is decided by time. */
  'expire-hold': z.object({ appointmentId: z.uuid() }),
  /** Sends one message of the outbox. */
  'send-message': z.object({ messageId: z.uuid() }),
  /** Makes the code for one asked-for proof of an address and leaves it in the outbox. */
  'send-proof-code': z.object({ proofId: z.uuid() }),
  /** Tells the owner of an account that somebody signed in with it on a device it wasn't known on. */
  'notify-sign-in': z.object({ sessionId: z.uuid() }),
  /** Makes the token of one asked-for link to a new password and mails it; an account that isn't there gets nothing. */
  'send-reset': z.object({ resetId: z.uuid(), accountId: z.uuid() }),
  /** Tells the owner of an account what was changed about how it is entered. */
  'notify-account': z.object({
    noticeId: z.uuid(),
    accountId: z.uuid(),
    kind: z.enum(['password_changed', 'second_factor_on', 'second_factor_off']),
  }),
  /** Composes the confirmation (or change, or cancellation) of a visit and leaves it in the outbox. */
  'notify-appointment': z.object({
    appointmentId: z.uuid(),
    kind: z.enum(['requested', 'booked', 'moved', 'cancelled', 'declined']),
    version: z.number().int(),
  }),
  /** Works through a checked import, a stretch of rows a time. */
  'run-import': z.object({ batchId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobPayload<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;
export const jobNames = Object.keys(jobSchemas) as JobName[];

/** What happens to a job that fails: retried with growing pauses, then kept aside where staff see it. */
export const queueOptions = {
  retryLimit: 10,
  retryDelay: 5,
  retryBackoff: true,
  expireInSeconds: 300,
  heartbeatSeconds: 30,
  notify: true,
} as const;
export const deadLetterQueue = 'dead-letter';

/** Handed through to the driver: a statement of the queue's own that goes unanswered fails, and its line is given up. */
export const queueDriver = { query_timeout: 15_000 } as const;

export interface Queue {
  /** Enqueues inside the writing transaction: the job exists if and only if the change does. */
  send<N extends JobName>(
    tx: Tx | Sql,
    name: N,
    payload: JobPayload<N>,
    /** `startAfter`: not before an instant; `afterSeconds`: not before so many seconds have passed by the database's clock. */
    options?: { startAfter?: Date; afterSeconds?: number },
  ): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the queues; the owner of the database calls it after migrating, the runtime role can't. */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue(deadLetterQueue, { retentionSeconds: 90 * 86_400 });
  for (const name of jobNames) {
    await boss.createQueue(name, { ...queueOptions, deadLetter: deadLetterQueue });
    await boss.updateQueue(name, { ...queueOptions, deadLetter: deadLetterQueue });
  }
  await boss.stop({ graceful: false });
}

/** A sender without workers, for web processes and scripts. */
export async function openQueue(databaseUrl: string): Promise<Queue> {
  const boss = new PgBoss({
    ...queueDriver,
    connectionString: databaseUrl,
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  return {
    async send(tx, name, payload, { startAfter, afterSeconds } = {}) {
      const due = startAfter ?? afterSeconds;
      await boss.send(name, jobSchemas[name].parse(payload), {
        ...(due === undefined ? {} : { startAfter: due }),
        db: {
          executeSql: async (text: string, values?: unknown[]) => ({
            rows: await asSql(tx).raw(text, values),
          }),
        },
      });
    },
    stop: () => boss.stop({ graceful: false }),
  };
}
