import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createDb } from '../src/server/db.ts';
import { type Deps, systemDb } from '../src/server/deps.ts';
import { readEnv } from '../src/server/env.ts';
import { createAnnouncer } from '../src/server/live/announcer.ts';
import { openMailer } from '../src/server/ports/mail.ts';
import { keyFor } from '../src/server/keys.ts';
import { openQueue } from '../src/server/queue.ts';
import { refuseOverreach } from '../src/server/runtime-role.ts';
import { startSealer } from '../src/server/trail/seal.ts';
import { handlersWith } from './handlers.ts';
import { startWorker } from './worker.ts';

const env = readEnv();
await refuseOverreach(env);
const log = pino({ level: env.LOG_LEVEL, base: null });
const db = createDb(env.DATABASE_URL, env.DATABASE_POOL_SIZE);
const queue = await openQueue(env.DATABASE_URL);
const deps: Deps = { db, queue, announcer: createAnnouncer(db), now: () => new Date(), newId: randomUUID };
const mailer = openMailer(env);
const handlers = handlersWith({ mailer, appUrl: env.APP_URL, mailFrom: env.MAIL_FROM });
const worker = await startWorker(env.DATABASE_URL, deps, handlers, (event) => log.warn(event));
const sealer = startSealer(
  {
    db: systemDb(db, 'seal the trail'),
    key: keyFor(env.MASTER_KEY, 'trail'),
    dataDir: env.DATA_DIR,
    now: () => new Date(),
  },
  (event) => log.error(event),
);
log.info({ event: 'ready', queues: Object.keys(handlers) });

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });

/** Running jobs first, then what they use. */
async function stop(): Promise<void> {
  await worker.stop();
  await sealer.stop();
  mailer.close();
  await queue.stop();
  await deps.announcer.stop();
  await db.$disconnect();
}
