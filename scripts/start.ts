// npm start: one parent for the database, the web app, the worker and the collab-server.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEnv } from '../src/server/env.ts';
import { refuseOverreach } from '../src/server/runtime-role.ts';
import { ensureBuild } from './build.ts';
import { openDatabase, type RunningDatabase } from './database-service.ts';
import { readDemoAccounts } from './first-run.ts';
import { claimDataDir, type Claim } from './claim.ts';
import { runtimeRole } from './migrate.ts';
import { onParentGone } from './parent-watch.ts';
import { plan } from './plan.ts';
import { firstTaken } from './ports.ts';
import { isReady } from './readiness.ts';
import { loadSecrets } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';
import { watchSources } from './source-watch.ts';
import { type Crash, type Say, SupervisedProcess } from './supervised-process.ts';

/** A process that crashes so often before the first page answers will not get better by itself. */
const crashesBeforeGivingUp = 3;
/** Stands for the embedded database's address while settings are looked at: its port isn't known before it runs. */
const embeddedAddress = `postgres://${runtimeRole}@127.0.0.1/dermis`;

const startedAt = Date.now();
const say: Say = (name, line) => console.log(`${name.padEnd(8)} | ${line}`);
process.stdout.on('error', () => undefined); // whoever read our output may leave; we go on

let claim: Claim | undefined;
let opening: Promise<RunningDatabase> | undefined;
const processes: SupervisedProcess[] = [];
let stopping: Promise<void> | undefined;

/** Processes first, then the database they use. */
function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    await Promise.all(processes.map((child) => child.stop()));
    const database = await opening?.catch(() => undefined);
    await database?.stop();
    claim?.release();
    process.exit(exitCode);
  })();
  return stopping;
}

function fail(error: unknown): void {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  void stop(1);
}

async function start(settings: Settings): Promise<void> {
  claim = await claimDataDir(settings.dataDir);
  const taken = await firstTaken([...settings.webPorts, ...settings.collabPorts], settings.host);
  if (taken !== undefined)
    throw new Error(
      `Port ${taken} is in use by another program. Choose others, for example: PORT=3100 COLLAB_PORT=3101 npm start`,
    );
  const secrets = loadSecrets(settings.dataDir);
  // Said once here, instead of by every process as it ends.
  for (const each of plan(settings, settings.external?.runtimeUrl ?? embeddedAddress, secrets))
    readEnv({ ...each.env, DATABASE_OWNER_URL: settings.external?.ownerUrl });
  const env = { ...process.env, ...secrets, DATA_DIR: settings.dataDir, NEXT_TELEMETRY_DISABLED: '1' };
  opening = openDatabase(settings, secrets, env, say);
  const [database] = await Promise.all([
    opening,
    settings.dev ? undefined : ensureBuild(settings.distDir, env, say),
  ]);
  if (stopping) return;
  const planned = plan(settings, database.runtimeUrl, secrets);
  await refuseOverreach({ ...planned[0]?.env, DATABASE_URL: database.runtimeUrl });

  const ready = Promise.withResolvers<void>();
  const onCrash = ({ name, crashes, lastWords }: Crash) => {
    claim?.remember(processes.flatMap((child) => child.pid ?? []));
    if (crashes >= crashesBeforeGivingUp)
      ready.reject(
        new Error(`Dermis does not come up: ${name} ends again and again. Its last words:\n${lastWords}`),
      );
  };
  for (const each of planned) processes.push(new SupervisedProcess(each, say, onCrash));
  for (const child of processes) child.start();
  claim.remember(processes.flatMap((child) => child.pid ?? []));
  isReady(settings).then(ready.resolve, ready.reject);
  await ready.promise;
  if (settings.dev) watchSources(processes, say);
  announce(settings, secrets.DEMO_PASSWORD);
}

function announce(settings: Settings, demoPassword: string): void {
  const address = settings.appUrl ?? `http://localhost:${settings.webPorts[0]}`;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const lines = ['', `Dermis is ready at ${address} (${seconds} s)`];
  for (const port of settings.webPorts.slice(1)) lines.push(`  and at http://localhost:${port}`);
  const accounts = settings.external ? [] : readDemoAccounts(settings.dataDir);
  if (accounts.length > 0) lines.push('', `  Demo accounts, all with the password ${demoPassword}`);
  for (const { role, email } of accounts) lines.push(`    ${role.padEnd(14)} ${email}`);
  lines.push(
    '',
    settings.smtp ? '  Mail goes out by SMTP_URL.' : `  Mail lands in the outbox: ${address}/messages`,
  );
  lines.push('  Ctrl-C stops everything.', '');
  console.log(lines.join('\n'));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stopping) console.log('\nStopping …');
    void stop(0);
  });
onParentGone(() => void stop(0));

try {
  if (existsSync('.env')) process.loadEnvFile(path.resolve('.env'));
  await start(readSettings(process.argv.slice(2), process.env));
} catch (error) {
  fail(error);
}
