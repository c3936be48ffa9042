/** Whoever is turned away leaves an entry: at a door, at a file, and asking for a record that isn't theirs to see. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleImportReport } from '../../src/api/http/import-report.ts';
import { handleImportUpload } from '../../src/api/http/import-upload.ts';
import { handleTrailExport } from '../../src/api/http/trail-export.ts';
import { call } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { addCast, type Cast } from '../support/cast.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl);
  cast = await addCast(database().db, new Date());
});
afterAll(() => server.close());

/** The newest entry about a refusal, of whoever was refused. */
async function noted() {
  const entry = await database().db.auditEntry.findFirstOrThrow({
    where: { action: { startsWith: 'door.' } },
    orderBy: { id: 'desc' },
  });
  return { ...entry, door: Object(entry.detail).door };
}

test('at a procedure', async () => {
  const cookie = cast.cookies.specialist;
  expect((await call(server, 'query', 'people.staff', { cookie })).status).toBe(403);
  expect(await noted()).toMatchObject({
    action: 'door.refused',
    door: 'people.staff',
    actorId: cast.accounts.specialist,
  });
});

test('at a file', async () => {
  const asked = (path: string, method = 'GET') =>
    new Request(`${appUrl}${path}`, {
      method,
      headers: { cookie: cast.cookies.specialist, origin: appUrl },
      ...(method === 'POST' ? { body: 'Code,Name' } : {}),
    });
  const batchId = randomUUID();
  const files = {
    'imports.report': () => handleImportReport(asked(`/api/imports/${batchId}/report`), batchId, server),
    'imports.upload': () => handleImportUpload(asked('/api/imports?name=a.csv', 'POST'), server),
    'trail.export': () => handleTrailExport(asked('/api/trail/export'), server),
  };
  for (const [door, ask] of Object.entries(files)) {
    expect((await ask()).status).toBe(403);
    expect(await noted()).toMatchObject({ action: 'door.refused', door, actorId: cast.accounts.specialist });
  }
});

test('one id after another', async () => {
  const { clientId } = cast.clinic;
  await database().db.clientTag.deleteMany({ where: { clientId } });
  const cookie = cast.cookies.specialist;
  for (const id of [clientId, randomUUID()]) {
    const answer = await call(server, 'query', 'clients.card', { input: { clientId: id }, cookie });
    expect(answer.refusalCode).toBe('not_found');
    expect(await noted()).toMatchObject({
      action: 'door.refused_record',
      subjectType: 'client',
      subjectId: id,
      door: 'clients.card',
      actorId: cast.accounts.specialist,
    });
  }
  // What is nobody's in particular, and who is nobody, leave none.
  const before = await database().db.auditEntry.count();
  const nothing = { serviceId: randomUUID() };
  await call(server, 'query', 'catalogue.service', { input: nothing, cookie: cast.cookies.administrator });
  await call(server, 'query', 'clients.card', { input: { clientId }, cookie: cast.cookies.nobody });
  expect(await database().db.auditEntry.count()).toBe(before);
});
