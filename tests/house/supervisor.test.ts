import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDb } from '../../scripts/db.ts';
import { withClient } from '../../scripts/migrate.ts';
import { consecutiveFreePorts, isFree } from '../../scripts/ports.ts';
import { removeCluster } from '../../scripts/postgres-home.ts';
import { RunningHouse, survivors } from '../support/running-house.ts';

let folder = '';
let house: RunningHouse;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dermis-house-'));
  chmodSync(folder, 0o755); // the user that PostgreSQL runs as has to get in
  const [port = 0] = await consecutiveFreePorts(3);
  house = new RunningHouse(path.join(folder, 'data'), port);
});

afterAll(async () => {
  house.kill('SIGTERM');
  await house.exitCode();
  for (const name of ['data', 'external']) removeCluster(path.join(folder, name, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

const secretsOf = () => readFileSync(path.join(house.dataDir, 'secrets.env'), 'utf8');

describe('npm start, in the order of a life', () => {
  it('makes its own secrets, seeds its own database, and says where everything is', async () => {
    house.start();
    await house.says('Ctrl-C stops everything');
    const page = await fetch(`http://localhost:${house.port}/`);
    expect(page.status).toBe(200);
    expect(house.output).toContain(`Dermis is ready at http://localhost:${house.port}`);
    expect(house.output).toMatch(/Demo accounts, all with the password \w{4}-\w{4}-\w{4}-\w{4}\n/);
    expect(house.output).toMatch(/admin\w*\s+\S+@\S+/);
    expect(house.output).toContain(`/messages`);
    expect(statSync(path.join(house.dataDir, 'secrets.env')).mode & 0o777).toBe(0o600);
  });

  it('listens on loopback alone', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) throw new Error('this machine has no address besides loopback to try');
    for (const port of [house.port, house.port + 1])
      await expect(fetch(`http://${outside.address}:${port}/`)).rejects.toThrow();
  });

  it('refuses to run twice on one data folder', async () => {
    const second = new RunningHouse(house.dataDir, house.port);
    second.start();
    expect(await second.exitCode()).toBe(1);
    expect(second.output).toContain(`already runs here (process ${house.pid})`);
    expect(second.output).not.toContain('    at ');
  });

  it('starts a process that died again, and the database too', async () => {
    const [web = 0] = house.childPids();
    process.kill(web, 'SIGKILL');
    await house.says('stopped unexpectedly (signal SIGKILL); starting again');
    process.kill(house.databasePid(), 'SIGKILL');
    await house.says('is back', 60_000);
    await expect
      .poll(
        () =>
          fetch(`http://localhost:${house.port}/`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(200);
  });

  it('takes every process along when it is killed, and the next start just works', async () => {
    const children = house.childPids();
    const secrets = secretsOf();
    house.kill('SIGKILL');
    house.start();
    expect(await survivors(children, 10_000)).toEqual([]);
    await house.says('Ctrl-C stops everything');
    expect(secretsOf()).toBe(secrets);
    expect((await fetch(`http://localhost:${house.port}/`)).status).toBe(200);
  });

  it('ends cleanly and leaves nothing behind', async () => {
    const children = house.childPids();
    house.kill('SIGTERM');
    expect(await house.exitCode()).toBe(0);
    expect(await survivors(children, 0)).toEqual([]);
    expect(await isFree(house.port, '127.0.0.1')).toBe(true);
  });

  it('reaches the first page within seconds when it is warm', async () => {
    const startedAt = Date.now();
    house.start({}, ['--web', '2']);
    await house.says('Dermis is ready');
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    const second = await fetch(`http://localhost:${house.port + 2}/`);
    expect(second.status).toBe(200);
    house.kill('SIGINT');
    expect(await house.exitCode()).toBe(0);
  });

  it('names the port that somebody else uses', async () => {
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(house.port, '127.0.0.1', resolve));
    house.start();
    expect(await house.exitCode()).toBe(1);
    expect(house.output).toContain(`Port ${house.port} is in use by another program`);
    expect(house.output).not.toContain('    at ');
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('names settings that are wrong', async () => {
    house.start({ PORT: 'three thousand' });
    expect(await house.exitCode()).toBe(1);
    expect(house.output).toContain('PORT');
    expect(house.output).not.toContain('    at ');
  });

  it('migrates a database of the operator’s but never seeds it', async () => {
    const external = await startDb({
      dir: path.join(folder, 'external/postgres'),
      port: 5633,
      durable: false,
    });
    house.start({ DATABASE_URL: external.ownerUrl });
    await house.says('Dermis is ready');
    const rows = await withClient(external.ownerUrl, (client) =>
      client.query('select count(*)::int as clinics from clinic'),
    );
    expect(rows.rows).toEqual([{ clinics: 0 }]);
    expect(house.output).toContain('Only DATABASE_URL is set');
    expect(house.output).not.toContain('Demo accounts');
    house.kill('SIGTERM');
    expect(await house.exitCode()).toBe(0);
    await external.stop();
  });
});
