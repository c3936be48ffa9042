import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDb } from '../../scripts/db.ts';
import { withClient } from '../../scripts/migrate.ts';
import { freePort } from '../../scripts/ports.ts';
import { removeCluster } from '../../scripts/postgres-home.ts';
import { survivors } from '../support/running-house.ts';

let folder = '';
const dirOf = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dermis-postgres-'));
  chmodSync(folder, 0o755);
});
afterAll(() => {
  for (const name of ['one', 'two']) removeCluster(dirOf(name));
  rmSync(folder, { recursive: true, force: true });
});

const ask = (url: string) =>
  withClient(url, async (client) => (await client.query('select 42 as answer')).rows);

it('starts, is joined by others, and only its starter stops it', async () => {
  const port = await freePort();
  const [first, second] = await Promise.all([
    startDb({ dir: dirOf('one'), port, durable: false }),
    startDb({ dir: dirOf('one'), port, durable: false }),
  ]);
  expect(first.ownerUrl).toBe(second.ownerUrl);
  const third = await startDb({ dir: dirOf('one'), port, durable: false });
  expect(third.joined).toBe(true);
  await third.stop();
  expect(await ask(first.ownerUrl)).toEqual([{ answer: 42 }]);
  await Promise.all([first.stop(), second.stop()]);
  await expect(ask(first.ownerUrl)).rejects.toThrow();
});

it('moves on from a port that somebody else uses, and remembers where it went', async () => {
  const port = await freePort();
  const visitors = new Set<Socket>();
  const stranger = createServer((socket) => visitors.add(socket));
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  const server = await startDb({ dir: dirOf('two'), port, durable: false });
  expect(server.port).toBeGreaterThan(port);
  await server.stop();
  for (const socket of visitors) socket.destroy();
  await new Promise((resolve) => stranger.close(resolve));
  const again = await startDb({ dir: dirOf('two'), port, durable: false });
  expect(again.port).toBe(server.port);
  await again.stop();
});

it('dies with a starter that is killed, and starts again', async () => {
  const script = path.join(folder, 'starter.ts');
  const database = path.resolve(import.meta.dirname, '../../scripts/db.ts');
  writeFileSync(
    script,
    `import { startDb } from '${database}'; await startDb({ dir: '${dirOf('one')}', durable: false }); console.log('up'); setInterval(() => {}, 1000);`,
  );
  const starter = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => starter.stdout.once('data', resolve));
  const again = await startDb({ dir: dirOf('one'), durable: false });
  const pidFile = path.join(again.dir, 'pg/postmaster.pid');
  const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  starter.kill('SIGKILL');
  if (process.platform === 'linux') expect(await survivors([postmaster], 10_000)).toEqual([]);
  const revived = await startDb({ dir: dirOf('one'), durable: false });
  expect(await ask(revived.ownerUrl)).toEqual([{ answer: 42 }]);
  await revived.stop();
  expect(await survivors([postmaster], 0)).toEqual([]);
});

it('is not fooled by the id of a dead server that another process has now', async () => {
  const server = await startDb({ dir: dirOf('one'), durable: false });
  const pidFile = path.join(server.dir, 'pg/postmaster.pid');
  const content = readFileSync(pidFile, 'utf8');
  await server.stop();
  writeFileSync(pidFile, content.replace(/^\d+/, String(process.pid)));
  const again = await startDb({ dir: dirOf('one'), durable: false });
  expect(await ask(again.ownerUrl)).toEqual([{ answer: 42 }]);
  await again.stop();
});
