// One process that answers the API on a loopback port, for tests that kill it. It ends with whoever started it.
import { listen, openServer } from './api-server.ts';

/** A clock that stands still, where the caller's does. */
function standing(instant: string): () => Date {
  return () => new Date(instant);
}

const server = await openServer(process.env.DATABASE_URL ?? '', {
  poolSize: Number(process.env.POOL_SIZE ?? 10),
  ...(process.env.NOW ? { now: standing(process.env.NOW) } : {}),
});
const http = await listen(server, Number(process.env.PORT ?? 0));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.send?.({ port: http.port });
