/** What the doctor asks the database: whether it is ours, current, guarded, and whether the worker does its part. */
import pg from 'pg';
import { exemptTables } from '../../src/server/exempt-tables.ts';
import { jobNames } from '../../src/server/queue.ts';
import { overreachOf } from '../../src/server/runtime-role.ts';
import { standFor } from '../../src/server/standing.ts';
import { keyFor } from '../../src/server/keys.ts';
import { readHead } from '../../src/server/trail/head-file.ts';
import { pendingMigrations, withClient } from '../migrate.ts';
import { type Finding, guarded, largeDriftMs, said, type Setup } from './finding.ts';

const oldestServer = 150_000;
const patienceMinutes = 5;
const smallDriftMs = 2_000;
const migrate = 'start Dermis once (npm start migrates), or look at what stopped it';

export async function lookAtDatabase(setup: Setup): Promise<Finding[]> {
  const { runtimeUrl, ownerUrl } = setup;
  if (runtimeUrl === null)
    return [said('database').fail('there is none here yet, or it doesn’t run', 'start Dermis: npm start')];
  const reached = await guarded(
    'database',
    () => withClient(runtimeUrl, (line) => lookAtServer(line)),
    'look at DATABASE_URL: server, name, role and password',
  );
  if (reached.some(({ state }) => state === 'fail')) return reached;
  const asOwner = ownerUrl === null || ownerUrl === runtimeUrl ? null : ownerUrl;
  return [
    ...reached,
    ...(asOwner === null
      ? []
      : await guarded(
          'owner',
          () => withClient(asOwner, async () => [said('owner').ok('reachable, for migrations')]),
          'look at DATABASE_OWNER_URL: without it nothing can be migrated',
        )),
    ...(await guarded('role', () => lookAtRole(runtimeUrl), migrate)),
    ...(await guarded('clock', () => withClient(runtimeUrl, (line) => lookAtClock(line, setup)), migrate)),
    ...(await guarded(
      'schema',
      () => withClient(asOwner ?? runtimeUrl, (line) => lookAtSchema(line)),
      migrate,
    )),
    ...(await guarded(
      'worker',
      () => withClient(runtimeUrl, (line) => standing(line, () => lookAtWorker(line, setup))),
      migrate,
    )),
  ];
}

/** Row security gives nobody anything: the doctor asks as the system. */
async function standing(line: pg.Client, work: () => Promise<Finding[]>): Promise<Finding[]> {
  await line.query(`BEGIN READ ONLY; ${standFor({ kind: 'system', task: 'doctor' })}`);
  try {
    return await work();
  } finally {
    await line.query('ROLLBACK');
  }
}

async function lookAtServer(line: pg.Client): Promise<Finding[]> {
  const { rows } = await line.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  );
  const [{ number, version } = { number: 0, version: '' }] = rows;
  const about = said('database');
  return [
    number >= oldestServer
      ? about.ok(`PostgreSQL ${version} answers`)
      : about.fail(`PostgreSQL ${version} is too old`, 'use 15 or newer'),
  ];
}

async function lookAtRole(runtimeUrl: string): Promise<Finding[]> {
  const about = said('role');
  const remedy = 'let DATABASE_URL be that of dermis_app, and DATABASE_OWNER_URL the owner’s';
  const found = (await overreachOf(runtimeUrl)).map((each) => {
    switch (each.kind) {
      case 'superuser':
        return about.fail('the processes run as a superuser: row security doesn’t bind it', remedy);
      case 'bypasses_row_security':
        return about.fail('the role of the processes bypasses row security', remedy);
      case 'owns':
        return about.fail(`the role of the processes owns ${few(each.names)}`, remedy);
      case 'member_of':
        return about.fail(`the role of the processes may become ${few(each.roles)}`, remedy);
    }
  });
  return found.length > 0 ? found : [about.ok('owns nothing and bypasses nothing')];
}

const few = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');

async function lookAtClock(line: pg.Client, { now }: Setup): Promise<Finding[]> {
  const about = said('clock');
  const before = now().getTime();
  const { rows } = await line.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  const after = now().getTime();
  const at = rows[0]?.at.getTime() ?? 0;
  const driftMs = Math.max(0, before - at, at - after);
  const says = `this machine and the database differ by ${(driftMs / 1_000).toFixed(1)} s`;
  const remedy = 'let both take the time from the network (NTP)';
  if (driftMs > largeDriftMs) return [about.fail(says, remedy)];
  if (driftMs > smallDriftMs) return [about.warn(says, remedy)];
  return [about.ok(says)];
}

async function lookAtSchema(line: pg.Client): Promise<Finding[]> {
  const findings: Finding[] = [];
  const pending = await pendingMigrations(line);
  findings.push(
    pending.length === 0
      ? said('migrations').ok('all of this version are applied')
      : said('migrations').fail(`${pending.length} to apply: ${few(pending)}`, migrate),
  );
  const extension = await line.query(`SELECT 1 FROM pg_extension WHERE extname = 'pgcrypto'`);
  if (extension.rowCount === 0)
    findings.push(said('pgcrypto').fail('is not there: the trail can’t hide personal values', migrate));
  const tables = await line.query<{ name: string; secured: boolean; policies: number }>(`
    SELECT c.relname::text AS name, c.relrowsecurity AS secured,
      (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`);
  const open = tables.rows.filter(({ name, secured }) => !secured && !exemptTables.includes(name));
  findings.push(
    open.length === 0
      ? said('row security').ok(`on ${tables.rows.filter(({ secured }) => secured).length} tables`)
      : said('row security').fail(
          `is off for ${few(open.map(({ name }) => name))}`,
          'ALTER TABLE … ENABLE ROW LEVEL SECURITY, and find out who switched it off',
        ),
  );
  const queues = await line
    .query<{ name: string }>('SELECT name FROM pgboss.queue')
    .then(({ rows }) => new Set(rows.map(({ name }) => name)))
    .catch(() => new Set<string>());
  const missing = jobNames.filter((name) => !queues.has(name));
  findings.push(
    missing.length === 0
      ? said('queue').ok(`${jobNames.length} queues are there`)
      : said('queue').fail(`is not installed: ${few(missing)}`, migrate),
  );
  return findings;
}

/** Sends mail, ends holds and seals the trail: seen by its lines to the database, and by what waits for it. */
async function lookAtWorker(line: pg.Client, { now, dataDir, given }: Setup): Promise<Finding[]> {
  const lines = await line.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dermis worker'`,
  );
  const waiting = await line.query<{ count: number; minutes: number | null }>(`
    SELECT count(*)::int AS count, extract(epoch FROM now() - min(start_after))::float / 60 AS minutes
    FROM pgboss.job WHERE state IN ('created', 'retry') AND start_after < now() - interval '${patienceMinutes} minutes'`);
  const unsealed = await line.query<{ count: number; oldest: Date | null; sealed: string | null }>(`
    SELECT count(*)::int AS count, min(e.at) AS oldest, (SELECT max(id)::text FROM audit_seal) AS sealed
    FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id`);
  const findings: Finding[] = [];
  const about = said('worker');
  const remedy = 'see that the worker runs beside the web app, and what it says';
  const jobs = waiting.rows[0] ?? { count: 0, minutes: null };
  if (lines.rows[0]?.count === 0) findings.push(about.fail('none is connected to this database', remedy));
  else if (jobs.count > 0)
    findings.push(
      about.fail(`${jobs.count} jobs wait, the oldest for ${Math.round(jobs.minutes ?? 0)} minutes`, remedy),
    );
  else findings.push(about.ok('is connected, and nothing waits for it'));
  findings.push(...(await lookAtTrail(unsealed.rows[0], { now, dataDir, given })));
  return findings;
}

async function lookAtTrail(
  found: { count: number; oldest: Date | null; sealed: string | null } | undefined,
  { now, dataDir, given }: Pick<Setup, 'now' | 'dataDir' | 'given'>,
): Promise<Finding[]> {
  const about = said('trail');
  const waitsMinutes = found?.oldest ? (now().getTime() - found.oldest.getTime()) / 60_000 : 0;
  const kept = await readHead(dataDir, keyFor(given.MASTER_KEY ?? '', 'trail'));
  const lastSeal = BigInt(found?.sealed ?? 0);
  if (kept && lastSeal < kept.sealId)
    return [
      about.fail('its end is gone: fewer seals than were made here', 'npm run audit:verify, and keep a copy'),
    ];
  if (lastSeal > 0n && !kept)
    return [
      about.fail(
        'its latest head is not kept in DATA_DIR: a trail that is cut off would not be noticed',
        'bring trail-head.json back from the backup, or find out where the worker keeps it',
      ),
    ];
  if (waitsMinutes > patienceMinutes)
    return [
      about.fail(
        `${found?.count} entries wait for their seal, the oldest for ${Math.round(waitsMinutes)} minutes`,
        'see what the worker says about sealing',
      ),
    ];
  return [about.ok(`sealed up to ${lastSeal}; ${found?.count ?? 0} entries wait for the next seal`)];
}
