// A database of our own is filled once with one believable clinic. Somebody else's never is.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type DatabaseUrls, isFresh, migrate, withClient } from './migrate.ts';

const root = path.resolve(import.meta.dirname, '..');
const unfinished = 'dermis: first run unfinished';
const finished = 'dermis: seeded';

const accountsSchema = z.array(z.object({ role: z.string(), email: z.string() }));
export type DemoAccounts = z.infer<typeof accountsSchema>;

/**
 * Migrates the embedded database and seeds it on the very first run. A first run that was interrupted is begun
 * again from an empty database: nobody can have used it, the web app starts later.
 */
export async function prepareEmbedded(
  urls: DatabaseUrls,
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const fresh = await isFresh(urls.ownerUrl);
  if (fresh) await writeMark(urls.ownerUrl, unfinished);
  const seed = (await readMark(urls.ownerUrl)) === unfinished;
  if (seed && !fresh) await recreate(urls.ownerUrl);
  await migrate(urls);
  if (!seed) return;
  const accounts = await runSeed(urls, env);
  writeFileSync(accountsFile(dataDir), JSON.stringify(accounts, null, 2), { mode: 0o600 });
  await writeMark(urls.ownerUrl, finished);
}

/** The demo accounts of this data folder; empty where nothing was seeded. */
export function readDemoAccounts(dataDir: string): DemoAccounts {
  const file = accountsFile(dataDir);
  return existsSync(file) ? accountsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

const accountsFile = (dataDir: string) => path.join(dataDir, 'demo-accounts.json');

/** The seed says whom it made in one line of JSON, `{"accounts":[{"role","email"}]}`; its other lines are for people. */
async function runSeed(
  { ownerUrl, runtimeUrl }: DatabaseUrls,
  env: NodeJS.ProcessEnv,
): Promise<DemoAccounts> {
  const child = spawn(process.execPath, ['prisma/seed.ts'], {
    cwd: root,
    env: { ...env, DATABASE_URL: runtimeUrl, DATABASE_OWNER_URL: ownerUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`The first clinic could not be made (prisma/seed.ts):\n${complaint || output}`);
  const line = output.split('\n').findLast((candidate) => candidate.startsWith('{"accounts"'));
  return line ? z.object({ accounts: accountsSchema }).parse(JSON.parse(line)).accounts : [];
}

async function recreate(ownerUrl: string): Promise<void> {
  const maintenance = new URL(ownerUrl);
  const name = maintenance.pathname.slice(1);
  maintenance.pathname = '/postgres';
  await withClient(maintenance.href, async (admin) => {
    await admin.query(`drop database ${admin.escapeIdentifier(name)} with (force)`);
    await admin.query(`create database ${admin.escapeIdentifier(name)}`);
  });
  await writeMark(ownerUrl, unfinished);
}

/** The mark is a comment on the database itself, so it can't part from it. */
async function writeMark(ownerUrl: string, mark: string): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    const name = owner.escapeIdentifier(new URL(ownerUrl).pathname.slice(1));
    await owner.query(`comment on database ${name} is ${owner.escapeLiteral(mark)}`);
  });
}

async function readMark(ownerUrl: string): Promise<string | undefined> {
  return withClient(ownerUrl, async (owner) => {
    const found = await owner.query(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()`,
    );
    return found.rows[0]?.mark ?? undefined;
  });
}
