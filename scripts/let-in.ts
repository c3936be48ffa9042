// npm run let-in -- ADDRESS: a way back in for a colleague whose password, phone and recovery codes are all lost, for whoever runs
// the server. Prints the new password once.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createDb } from '../src/server/db.ts';
import { createAnnouncer } from '../src/server/live/announcer.ts';
import { letIn } from '../src/server/people/let-in.ts';
import { openQueue } from '../src/server/queue.ts';
import { openOwnDatabase } from './own-database.ts';
import { loadSecrets } from './secrets.ts';

const [email] = process.argv.slice(2);
if (!email) {
  console.error('Whom? npm run let-in -- ada@clinic.example');
  process.exit(2);
}
if (existsSync('.env')) process.loadEnvFile(path.resolve('.env'));
const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');
const database = await openOwnDatabase(dataDir);
const db = createDb(database.url, 2);
const queue = await openQueue(database.url);
const announcer = createAnnouncer(db);
try {
  const deps = { db, queue, announcer, now: () => new Date(), newId: randomUUID };
  const result = await letIn(deps, { masterKey: loadSecrets(dataDir).MASTER_KEY }, email);
  if (result.ok) {
    console.log(`${result.value.name} can sign in with this password until they choose their own:`);
    console.log(`  ${result.value.password}`);
    console.log('Everything that was open is signed out, the second factor is gone, and the trail says so.');
  } else console.error(`No account of the staff has the address ${email}.`);
  process.exitCode = result.ok ? 0 : 1;
} finally {
  await announcer.stop();
  await queue.stop();
  await db.$disconnect();
  await database.stop();
}
