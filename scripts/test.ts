// npm test: everything, with its own set-up, and one plain closing line.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.ts';
import { ensureBuild } from './build.ts';
import { removeCluster } from './postgres-home.ts';
import { consecutiveFreePorts } from './ports.ts';
import { type Suite, suites } from './suites.ts';
import { closingLine, crashed, sumOf, type Tally, tallyPlaywright, tallyVitest } from './tally.ts';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
mkdirSync('.data', { recursive: true });
const reports = mkdtempSync(path.resolve('.data/test-run-'));
/** A build of its own: one that a running `npm start` serves from must not change under it. */
const testDistDir = '.next-test';
process.env.NEXT_DIST_DIR ??= testDistDir;
process.env.NEXT_TELEMETRY_DISABLED = '1';

const wanted = process.argv.slice(2).filter((argument) => argument !== '--only');
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = wanted.length === 0 ? suites : suites.filter(({ name }) => wanted.includes(name));

/** Runs Node on `args`; what it says goes to our own output, or is kept where it only matters after a failure. */
function run(
  args: string[],
  env: Record<string, string> = {},
  keep = false,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: keep ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function runCheck({ name, commands }: Extract<Suite, { kind: 'check' }>): Promise<Tally> {
  for (const command of commands) {
    const { code, output } = await run(command, { NEXT_DIST_DIR: '.next' }, true);
    if (code === 0) continue;
    console.log(`\n── ${name} ──\n${output}`);
    return crashed(name, 'see above');
  }
  return { suite: name, passed: 1, failed: 0, skipped: 0 };
}

async function runVitest(names: string[]): Promise<Tally[]> {
  const report = path.join(reports, 'vitest.json');
  const projects = names.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(['node_modules/vitest/vitest.mjs', 'run', ...projects, ...reporters]);
  return tallyVitest(readJson(report), names, path.join(root, 'tests'), code);
}

/** A browser mostly waits: two parts at once, each with a clinic of its own; whoever is through takes the next. */
const shards = ['1/4', '2/4', '3/4', '4/4'];
const atOnce = 2;

async function runPlaywright(name: string): Promise<Tally> {
  const browser = await findBrowser();
  const ports = await consecutiveFreePorts(3 * shards.length);
  const left = shards.map((shard, index) => ({ shard, browser, port: ports[3 * index] ?? 0 }));
  const tallies: Tally[] = [];
  const lane = async () => {
    for (let part = left.shift(); part; part = left.shift()) tallies.push(await runPart(name, part));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return sumOf(name, tallies);
}

async function runPart(name: string, part: { shard: string; browser: string; port: number }): Promise<Tally> {
  const ownName = `e2e-${part.shard.replace('/', '-of-')}`;
  const report = path.join(reports, `${ownName}.json`);
  const dataDir = path.join(reports, ownName);
  const env = {
    PW_CHROMIUM: part.browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    E2E_PORT: String(part.port),
    E2E_DATA_DIR: dataDir,
    E2E_OUTPUT_DIR: path.join('test-results', ownName),
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
  };
  const args = ['test', `--shard=${part.shard}`, '--reporter=list,json'];
  const { code } = await run(['node_modules/@playwright/test/cli.js', ...args], env);
  removeCluster(path.join(dataDir, 'postgres'));
  if (code !== 0) sayWhatPagesShowed(env.E2E_OUTPUT_DIR);
  return tallyPlaywright(readJson(report), name, code);
}

/** Where nobody can open the screenshots afterwards, the log itself tells what stood on a page that failed. */
function sayWhatPagesShowed(outputDir: string): void {
  if (!existsSync(outputDir)) return;
  for (const file of readdirSync(outputDir, { recursive: true, encoding: 'utf8' })) {
    if (path.basename(file) !== 'error-context.md') continue;
    const shown = readFileSync(path.join(outputDir, file), 'utf8').match(/^```yaml\n[\s\S]*?^```/gm) ?? [];
    console.log(`\n── what ${path.dirname(file)} showed ──`);
    for (const page of shown) console.log(page.split('\n').slice(1, -1).slice(0, 120).join('\n'));
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the run ended before it wrote its report; counted as a crash
  }
}

/** Whatever goes wrong around a suite fails that suite, not the count. */
async function guarded(names: string[], work: () => Promise<Tally[]>): Promise<Tally[]> {
  try {
    return await work();
  } catch (error) {
    console.error(error);
    return names.map((name) => crashed(name, error instanceof Error ? error.message : String(error)));
  }
}

const checks = chosen.filter((suite) => suite.kind === 'check');
const units = chosen.filter((suite) => suite.kind === 'vitest');
const browserSuites = chosen.filter((suite) => suite.kind === 'playwright');
const tallies: Tally[] = [];
for (const check of checks)
  tallies.push(...(await guarded([check.name], async () => [await runCheck(check)])));

let buildFailure: unknown;
if (browserSuites.length > 0 || units.some(({ needsBuild }) => needsBuild)) {
  const say = (name: string, line: string) => console.log(`${name.padEnd(8)} | ${line}`);
  await ensureBuild(process.env.NEXT_DIST_DIR, process.env, say).catch((error: unknown) => {
    buildFailure = error;
    console.error(error instanceof Error ? error.message : error);
  });
}
const runnable = units.filter(({ needsBuild }) => !(needsBuild && buildFailure));
const blocked = [...units, ...browserSuites].filter(
  (suite) => buildFailure && !runnable.some(({ name }) => name === suite.name),
);
if (runnable.length > 0) {
  const names = runnable.map(({ name }) => name);
  tallies.push(...(await guarded(names, () => runVitest(names))));
}
for (const { name } of blocked) tallies.push(crashed(name, 'the web app could not be built'));
if (!buildFailure)
  for (const { name } of browserSuites)
    tallies.push(...(await guarded([name], async () => [await runPlaywright(name)])));
rmSync(reports, { recursive: true, force: true });

console.log('');
for (const { suite, passed, failed, skipped, note } of tallies) {
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`;
  console.log(`${suite.padEnd(12)}${counts}${note ? `   ${note}` : ''}`);
}
console.log('');
console.log(closingLine(tallies));
process.exit(tallies.some(({ failed }) => failed > 0) ? 1 : 0);
