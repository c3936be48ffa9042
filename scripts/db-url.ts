// npm run -s db:url [-- --runtime]: the address of the embedded database, started if it doesn't run yet.
import path from 'node:path';
import { runtimeUrlOf } from './database-service.ts';
import { startDb } from './db.ts';
import { loadSecrets } from './secrets.ts';

const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');
const server = await startDb({ dir: path.join(dataDir, 'postgres') });
const runtime = process.argv.includes('--runtime');
console.log(
  runtime ? runtimeUrlOf(server.ownerUrl, loadSecrets(dataDir).DATABASE_APP_PASSWORD) : server.ownerUrl,
);
if (!server.joined) {
  console.error('The server runs until Ctrl-C.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.stop().finally(() => process.exit(0)));
  setInterval(() => undefined, 2 ** 30);
}
