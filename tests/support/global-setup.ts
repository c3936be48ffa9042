// Before any test that needs PostgreSQL: a server for tests, and the template that every test file clones.
// TEST_DATABASE_URL (a superuser's) takes a server of your own instead of the embedded one.
import path from 'node:path';
import pg from 'pg';
import { startDb } from '../../scripts/db.ts';
import { removeCluster } from '../../scripts/postgres-home.ts';
import { dropLeftovers, makeTemplate, onDatabase } from './template.ts';

const userName = 'dermis test run';

export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await dropLeftovers(given);
    process.env.DERMIS_TEST_TEMPLATE = await makeTemplate(given);
    return async () => undefined;
  }
  const dir = path.resolve(import.meta.dirname, '../../.data/test-postgres');
  const server = await startDb({ dir, port: 5533, durable: false, shared: true });
  process.env.TEST_DATABASE_URL = server.ownerUrl;
  const user = new pg.Client({
    connectionString: onDatabase(server.ownerUrl, 'postgres'),
    application_name: userName,
  });
  user.on('error', () => undefined);
  await user.connect();
  await dropLeftovers(server.ownerUrl);
  process.env.DERMIS_TEST_TEMPLATE = await makeTemplate(server.ownerUrl);
  return async () => {
    // Several runs may share the server: the last one out stops it.
    const found = await user.query(
      'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [userName],
    );
    await user.end();
    if (found.rows[0].others > 0) return;
    await server.stop();
    // a checkout that PostgreSQL's user can't enter keeps its cluster elsewhere: leave nothing there
    if (server.dir !== dir) removeCluster(dir);
  };
}
