// Makes a checkout runnable: installs what the lockfile names when something is missing, and generates the
// Prisma client when the schema is newer. Runs before any dependency exists, on any Node from 20 up.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (/** @type {string[]} */ ...parts) => path.join(root, ...parts);

/** The Node that the lockfile pins, whatever runs this script. */
export const pinnedNode = inRoot(
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const installedLock = inRoot('node_modules', '.package-lock.json');

/** npm keeps its own list of what it installed, written last: compare that, so an interrupted install is seen. */
function isInstalled() {
  if (!existsSync(installedLock) || !existsSync(pinnedNode)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  const declared = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const kind of ['dependencies', 'devDependencies'])
    for (const [name, version] of Object.entries(declared[kind] ?? {}))
      if (present[`node_modules/${name}`]?.version !== version) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional, link }]) =>
      place === '' || optional || link || present[place]?.version === version,
  );
}

function install() {
  console.log('Installing dependencies (once, about two minutes) …');
  const options = ['ci', '--include=dev', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const run = npm?.endsWith('.js')
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...options], {
        cwd: root,
        stdio: 'inherit',
      })
    : spawnSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status === 0) return;
  console.error('\nThe dependencies could not be installed. See npm’s message above; then start again.');
  process.exit(run.status ?? 1);
}

function generatePrismaClient() {
  const schema = inRoot('prisma', 'schema.prisma');
  if (!existsSync(schema)) return;
  const stamp = inRoot('src', 'generated', 'schema.sha256');
  const wanted = createHash('sha256')
    .update(readFileSync(schema))
    .update(readFileSync(inRoot('node_modules', 'prisma', 'package.json')))
    .digest('hex');
  const client = inRoot('src', 'generated', 'prisma', 'client.ts');
  if (existsSync(client) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const prisma = inRoot('node_modules', 'prisma', 'build', 'index.js');
  const run = spawnSync(pinnedNode, [prisma, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  if (run.status !== 0) {
    console.error(
      `The database client could not be generated:\n${run.stdout ?? ''}${run.stderr ?? run.error}`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

if (!isInstalled()) install();
generatePrismaClient();
