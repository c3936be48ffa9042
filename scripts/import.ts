// npm run import -- …: exports of an old system, from the command line. The same steps as in the app under Settings → Import.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { asSystem, type Deps } from '../src/server/deps.ts';
import { createDb } from '../src/server/db.ts';
import { createAnnouncer } from '../src/server/live/announcer.ts';
import { openQueue } from '../src/server/queue.ts';
import { importCommand, importOptions, importUsage } from './import-commands.ts';
import { openOwnDatabase } from './own-database.ts';

const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');

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
const database = await openOwnDatabase(dataDir);
const db = createDb(database.url, 4);
const queue = await openQueue(database.url);
const deps: Deps = { db, queue, announcer: createAnnouncer(db), now: () => new Date(), newId: randomUUID };
try {
  process.exitCode = await importCommand(
    asSystem(deps, 'import'),
    dataDir,
    parsed.positionals,
    parsed.values,
  );
} finally {
  await deps.announcer.stop();
  await queue.stop();
  await db.$disconnect();
  await database.stop();
}
