// npm run import -- …: exports of an old system, from the command line. The same steps as in the app under Settings → Import.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Deps } from '../src/server/deps.ts';
import { createDb } from '../src/server/db.ts';
import { createAnnouncer } from '../src/server/live/announcer.ts';
import { openQueue } from '../src/server/queue.ts';
import { prepareEmbedded } from './first-run.ts';
import { runtimeUrlOf } from './database-service.ts';
import { startDb } from './db.ts';
import { importCommand, importOptions, importUsage } from './import-commands.ts';
import { loadSecrets } from './secrets.ts';

const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');

/** The operator's database, or the embedded one of the data folder, joined where it runs and started where it doesn't. */
async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  const server = await startDb({ dir: path.join(dataDir, 'postgres') });
  const secrets = loadSecrets(dataDir);
  const url = runtimeUrlOf(server.ownerUrl, secrets.DATABASE_APP_PASSWORD);
  await prepareEmbedded({ ownerUrl: server.ownerUrl, runtimeUrl: url }, dataDir, {
    ...process.env,
    ...secrets,
  });
  return { url, stop: () => server.stop() };
}

process.stdout.on('error', () => undefined); // whoever read our output may leave; the import goes on
if (existsSync('.env')) process.loadEnvFile(path.resolve('.env'));
let parsed: ReturnType<typeof parseArgs<{ options: typeof importOptions; allowPositionals: true }>>;
try {
  parsed = parseArgs({ options: importOptions, allowPositionals: true });
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${importUsage}`);
  process.exit(2);
}
if (parsed.positionals.length === 0 || parsed.values.help) {
  console.log(importUsage);
  process.exit(parsed.values.help ? 0 : 2);
}
const database = await openDatabase();
const db = createDb(database.url, 4);
const queue = await openQueue(database.url);
const deps: Deps = { db, queue, announcer: createAnnouncer(db), now: () => new Date(), newId: randomUUID };
try {
  process.exitCode = await importCommand(deps, dataDir, parsed.positionals, parsed.values);
} finally {
  await deps.announcer.stop();
  await queue.stop();
  await db.$disconnect();
  await database.stop();
}
