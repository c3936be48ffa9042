import { readEnv } from '../src/server/env.ts';
import { startCollabServer } from './server.ts';

const env = readEnv();
const server = await startCollabServer({
  host: env.HOST,
  port: env.COLLAB_PORT,
  databaseUrl: env.DATABASE_URL,
  appUrl: env.APP_URL,
  poolSize: env.DATABASE_POOL_SIZE,
});
console.log(`listening on ${env.HOST}:${server.port}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
