/** Alive and ready: what whoever stands in front asks each web process. */
import { afterAll, expect, test } from 'vitest';
import { sayingBusy } from '../../src/api/deps.ts';
import { handleLiveness, handleReadiness } from '../../src/api/http/health.ts';
import { createDb } from '../../src/server/db.ts';
import { listen, openServer } from '../support/api-server.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
const nobodyThere = createDb('postgresql://nobody:nothing@127.0.0.1:9/dermis', 1, 1_000);
afterAll(() => nobodyThere.$disconnect());

test('a process with its database is alive and ready', async () => {
  const server = await openServer(database().runtimeUrl);
  const http = await listen(server);
  try {
    for (const address of ['/livez', '/readyz']) {
      const response = await fetch(`${http.origin}${address}`);
      expect([response.status, await response.text()], address).toEqual([200, 'ok\n']);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  } finally {
    await http.close();
    await server.close();
  }
});

test('one whose database is away is alive, and not ready', async () => {
  expect((await handleLiveness()).status).toBe(200);
  const answer = await sayingBusy(() => handleReadiness({ deps: { db: nobodyThere } }));
  expect([answer.status, await answer.json()]).toEqual([503, { error: 'busy' }]);
});
