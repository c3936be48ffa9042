// Brings a database to the version of this checkout: migrations, job queues and the runtime role's rights.
// Everything here is the owner's work; the processes connect as the runtime role and could do none of it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { installQueues } from '../src/server/queue.ts';

export const runtimeRole = 'dermis_app';
const root = path.resolve(import.meta.dirname, '..');
/** Any number, the same everywhere: two starters take turns on one database. */
const migrationLock = 4_711_001;

export interface DatabaseUrls {
  ownerUrl: string;
  /** What the processes use; equal to `ownerUrl` where the operator gave only one. */
  runtimeUrl: string;
}

/**
 * Applies what is missing; a database that is up to date costs one connection and two reads. Safe to run by
 * several starters at once. Throws with the CLI's own words when a migration fails.
 */
export async function migrate({ ownerUrl, runtimeUrl }: DatabaseUrls): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query('select pg_advisory_lock($1)', [migrationLock]);
    if (!(await isMigrated(owner))) await deploy(ownerUrl);
    if ((await readMark(owner)) !== fingerprint()) {
      await installQueues(ownerUrl);
      await grantQueues(owner);
      await owner.query(`comment on schema pgboss is ${owner.escapeLiteral(fingerprint())}`);
    }
    if (runtimeUrl !== ownerUrl) await admitRuntimeRole(owner, runtimeUrl);
  });
}

/** Whether nothing was ever put into this database. */
export async function isFresh(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, async (owner) => {
    const found = await owner.query(`select to_regclass('public._prisma_migrations') is null as fresh`);
    return found.rows[0].fresh === true;
  });
}

/** Changes whenever a database has to be looked at again: names the template of the tests, too. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  const sources = ['prisma/migrations/*/migration.sql', 'src/server/queue.ts', 'scripts/migrate.ts'];
  const files = globSync([...sources, 'node_modules/pg-boss/package.json'], { cwd: root }).sort();
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

/** Connects, hands the client over and always closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a cut line fails the running query as well, which is what is reported
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const isMigrated = async (owner: pg.Client): Promise<boolean> =>
  (await pendingMigrations(owner)).length === 0;

/** Migrations of this checkout that the database hasn't seen, or saw with another text: by Prisma's own journal, checksums included. */
export async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const journal = await client.query(`select to_regclass('public._prisma_migrations') is not null as exists`);
  const applied = journal.rows[0].exists
    ? await client.query<{ migration_name: string; checksum: string }>(
        'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
      )
    : { rows: [] };
  const checksums = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
  return globSync('prisma/migrations/*/migration.sql', { cwd: root })
    .filter((file) => {
      const text = readFileSync(path.join(root, file));
      return checksums.get(nameOf(file)) !== createHash('sha256').update(text).digest('hex');
    })
    .map(nameOf)
    .sort();
}

const nameOf = (file: string): string => path.basename(path.dirname(file));

async function deploy(ownerUrl: string): Promise<void> {
  const cli = path.join(root, 'node_modules/prisma/build/index.js');
  const child = spawn(process.execPath, [cli, 'migrate', 'deploy'], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: ownerUrl,
      DATABASE_OWNER_URL: ownerUrl,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`The database could not be migrated:\n${output.trim()}`);
}

async function readMark(owner: pg.Client): Promise<string | undefined> {
  const found = await owner.query(
    `select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = 'pgboss'`,
  );
  return found.rows[0]?.mark ?? undefined;
}

/** The queue's tables are pg-boss's own; the runtime role may fill and empty them, not change their shape. */
async function grantQueues(owner: pg.Client): Promise<void> {
  await owner.query(`
    grant usage on schema pgboss to ${runtimeRole};
    grant select, insert, update, delete on all tables in schema pgboss to ${runtimeRole};
    grant usage, select on all sequences in schema pgboss to ${runtimeRole};
    grant execute on all functions in schema pgboss to ${runtimeRole};
    alter default privileges in schema pgboss grant select, insert, update, delete on tables to ${runtimeRole};
  `);
}

/** Lets the role of `runtimeUrl` in, unless it already gets in with the password it was given. */
async function admitRuntimeRole(owner: pg.Client, runtimeUrl: string): Promise<void> {
  const { username, password } = new URL(runtimeUrl);
  const name = decodeURIComponent(username);
  const refused = await withClient(runtimeUrl, async () => undefined).catch((error: unknown) => error);
  if (refused !== undefined) {
    const code = refused instanceof pg.DatabaseError ? refused.code : undefined;
    if (name !== runtimeRole || !code?.startsWith('28')) throw refused;
    const secret = owner.escapeLiteral(decodeURIComponent(password));
    await owner.query(`alter role ${runtimeRole} login password ${secret}`);
  }
  if (name === runtimeRole) return;
  const member = await owner.query('select pg_has_role($1, $2, $3) as yes', [name, runtimeRole, 'usage']);
  if (!member.rows[0].yes) await owner.query(`grant ${runtimeRole} to ${owner.escapeIdentifier(name)}`);
}
