// npm run doctor [-- --json]: looks whether a deployment is as it should be, and says of each thing what it means and what to do.
// Changes nothing. Ends with 1 when something has to be mended.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { runtimeUrlOf } from './database-service.ts';
import { addressOfDb } from './db.ts';
import { checkup } from './doctor/checkup.ts';
import { type Setup, tableOf } from './doctor/finding.ts';
import { readSettings } from './settings.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (existsSync('.env')) process.loadEnvFile(path.resolve('.env'));

/** As `npm start` would give them to the processes, without making anything that is missing. */
async function setup(): Promise<Setup> {
  const settings = readSettings([], process.env);
  const file = path.join(settings.dataDir, 'secrets.env');
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const secret = (name: string) => process.env[name] || kept[name];
  const ownerUrl =
    settings.external?.ownerUrl ?? (await addressOfDb(path.join(settings.dataDir, 'postgres')));
  const embeddedUrl =
    ownerUrl === null ? null : runtimeUrlOf(ownerUrl, secret('DATABASE_APP_PASSWORD') ?? '');
  const runtimeUrl = settings.external?.runtimeUrl ?? embeddedUrl;
  return {
    given: {
      ...process.env,
      NODE_ENV: 'production',
      APP_URL: settings.appUrl ?? `http://localhost:${settings.webPorts[0]}`,
      HOST: settings.host,
      NEXTAUTH_SECRET: secret('NEXTAUTH_SECRET'),
      MASTER_KEY: secret('MASTER_KEY'),
      DATABASE_URL: runtimeUrl ?? undefined,
      DATABASE_OWNER_URL: ownerUrl ?? undefined,
    },
    dataDir: settings.dataDir,
    runtimeUrl,
    ownerUrl,
    now: () => new Date(),
  };
}

try {
  const findings = await checkup(await setup());
  console.log(values.json ? JSON.stringify(findings, null, 2) : tableOf(findings));
  process.exitCode = findings.some(({ state }) => state === 'fail') ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
