import type pg from 'pg';
import { fingerprint, migrate, withClient } from '../../scripts/migrate.ts';
import { asRuntimeRole } from '../../scripts/scratch-database.ts';

export { asRuntimeRole };

/** Databases of tests begin so; the time of their making follows, so that what a killed run left can be told. */
const clonePrefix = 'dermis_test_';
const templatePrefix = 'dermis_template_';
const templateLock = 4_711_002;
const leftoverAfterMinutes = 60;

/** The same server and user, another database. */
export function onDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Makes the migrated template unless this checkout's version exists; parallel starters take turns. */
export async function makeTemplate(serverUrl: string): Promise<string> {
  const name = `${templatePrefix}${fingerprint().slice(0, 16)}`;
  await withClient(onDatabase(serverUrl, 'postgres'), async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [templateLock]);
    if (await exists(admin, name)) return;
    const draft = `${name}_draft`; // renamed when whole
    await admin.query(`drop database if exists ${draft} with (force)`);
    await admin.query(`create database ${draft}`);
    const ownerUrl = onDatabase(serverUrl, draft);
    await migrate({ ownerUrl, runtimeUrl: asRuntimeRole(ownerUrl) });
    await admin.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** A database of its own for one test file. */
export async function cloneTemplate(serverUrl: string, template: string): Promise<string> {
  const name = `${clonePrefix}${Date.now()}_${process.pid}_${Math.trunc(performance.now())}`;
  await withClient(onDatabase(serverUrl, 'postgres'), (admin) =>
    admin.query(`create database ${name} template ${template}`),
  );
  return onDatabase(serverUrl, name);
}

/** Drops the database behind a URL, whoever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withClient(onDatabase(url, 'postgres'), (admin) =>
    admin.query(`drop database if exists ${admin.escapeIdentifier(name)} with (force)`),
  );
}

/** Removes what killed runs left behind, and templates of other versions that nobody has used for an hour. */
export async function dropLeftovers(serverUrl: string): Promise<void> {
  await withClient(onDatabase(serverUrl, 'postgres'), async (admin) => {
    const found = await admin.query<{ name: string }>(
      `select datname as name from pg_database d
       where (datname like $1 or datname like $2)
         and not exists (select from pg_stat_activity a where a.datid = d.oid)`,
      [`${clonePrefix}%`, `${templatePrefix}%`],
    );
    const current = `${templatePrefix}${fingerprint().slice(0, 16)}`;
    const limit = Date.now() - leftoverAfterMinutes * 60_000;
    for (const { name } of found.rows) {
      const madeAt = Number(name.slice(clonePrefix.length).split('_')[0]);
      const stale = name.startsWith(clonePrefix) ? madeAt < limit : !name.startsWith(current);
      if (stale)
        await admin.query(`drop database if exists ${admin.escapeIdentifier(name)}`).catch(() => undefined);
    }
  });
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
  return found.rowCount !== 0;
}
