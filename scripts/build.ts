import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock-file.ts';
import { type Say, spawnNode } from './supervised-process.ts';

const root = path.resolve(import.meta.dirname, '..');
const nextCli = 'node_modules/next/dist/bin/next';

/** Everything a build depends on. The generated database client follows from the schema. */
const sources = [
  'src/**/*',
  'public/**/*',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig*.json',
  'package-lock.json',
  'prisma/schema.prisma',
];

/** Builds the web app unless the build in `distDir` is of exactly these sources. */
export async function ensureBuild(distDir: string, env: NodeJS.ProcessEnv, say: Say): Promise<void> {
  const stamp = path.join(root, distDir, 'BUILD');
  const isCurrent = (wanted: string) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  const wanted = fingerprintOfSources(env);
  if (isCurrent(wanted)) return;
  await withLock(path.join(root, `${distDir}.lock`), async () => {
    if (isCurrent(wanted)) return; // another starter has just built it
    say('build', 'The web app is being built (only after a change) …');
    const lines: string[] = []; // of interest only if it fails
    rmSync(stamp, { force: true });
    const plan = {
      name: 'build',
      args: [nextCli, 'build'],
      env: { ...env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' },
    };
    const child = spawnNode(plan, (_name, line) => lines.push(line));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0) throw new Error(`The web app could not be built:\n${lines.join('\n')}`);
    writeFileSync(stamp, wanted);
  });
}

function fingerprintOfSources(env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}generated${path.sep}`))
    .sort();
  for (const file of files)
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  for (const name of Object.keys(env).sort())
    if (name.startsWith('NEXT_PUBLIC_')) hash.update(`${name}=${env[name]}\0`); // baked into the scripts
  return hash.digest('hex');
}
