import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runtimeUrlOf } from '../../scripts/database-service.ts';
import { type EmbeddedDatabase, startDb } from '../../scripts/db.ts';
import { prepareEmbedded, readDemoAccounts } from '../../scripts/first-run.ts';
import { type DatabaseUrls, migrate, withClient } from '../../scripts/migrate.ts';
import { removeCluster } from '../../scripts/postgres-home.ts';

let folder = '';
let server: EmbeddedDatabase;
let urls: DatabaseUrls;
const env = { ...process.env, DEMO_PASSWORD: 'kuvo-rami-selo-tanu' };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dermis-first-run-'));
  chmodSync(folder, 0o755);
  server = await startDb({ dir: path.join(folder, 'postgres'), port: 5733, durable: false });
  urls = { ownerUrl: server.ownerUrl, runtimeUrl: runtimeUrlOf(server.ownerUrl, 'some-password-of-tests') };
});
afterAll(async () => {
  await server.stop();
  removeCluster(path.join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

const countOf = async (table: string) =>
  withClient(
    urls.ownerUrl,
    async (client) => (await client.query(`select count(*)::int as n from ${table}`)).rows[0].n,
  );

it('begins a first run that was interrupted again from nothing', async () => {
  // what a kill in the middle of seeding leaves: the mark, the tables and half of a clinic
  await withClient(urls.ownerUrl, (client) =>
    client.query(`comment on database dermis is 'dermis: first run unfinished'`),
  );
  await migrate(urls);
  await withClient(urls.ownerUrl, (client) => client.query('create table half_of_a_clinic (id int)'));

  await prepareEmbedded(urls, folder, env);

  await expect(countOf('half_of_a_clinic')).rejects.toMatchObject({ code: '42P01' });
  expect(await countOf('clinic')).toBe(1);
  expect(readDemoAccounts(folder).map(({ role }) => role)).toContain('administrator');
});

it('seeds once: what the clinic deletes stays deleted, also after an update', async () => {
  await withClient(urls.ownerUrl, (client) => client.query('create table made_by_the_clinic (id int)'));
  const accounts = readDemoAccounts(folder);
  await prepareEmbedded(urls, folder, { ...env, DEMO_PASSWORD: 'a seed now would fail on this' });
  expect(await countOf('made_by_the_clinic')).toBe(0);
  expect(readDemoAccounts(folder)).toEqual(accounts);
});
