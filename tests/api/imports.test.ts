/** Bringing a file over HTTP: who may, from where, how large; and what the answers say. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../src/api/deps.ts';
import { handleImportReport } from '../../src/api/http/import-report.ts';
import { handleImportUpload } from '../../src/api/http/import-upload.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { readEnv } from '../../src/server/env.ts';
import { settleImport } from '../../src/server/imports/run-file.ts';
import { openEventHub } from '../../src/server/live/hub.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { type Bench, makeAccount, makeRoles, openBench, origin } from '../support/people.ts';

const database = fileDatabase();
const appUrl = 'http://localhost:3000';
const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-upload-'));
const services = readFileSync(path.resolve(import.meta.dirname, '../data/imports/salon/services.csv'));
let bench: Bench;
let server: Server;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  const { runtimeUrl } = database();
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  const env = readEnv({
    DATABASE_URL: runtimeUrl,
    NEXTAUTH_SECRET: 'x'.repeat(32),
    MASTER_KEY: 'k'.repeat(32),
    APP_URL: appUrl,
    DATA_DIR: dataDir,
  });
  server = { env, deps: bench.deps, hub: await openEventHub(runtimeUrl) };
  for (const role of ['administrator', 'receptionist', 'client'] as const) {
    const accountId = await makeAccount(bench.db, { email: `${role}@example.com`, role });
    const token = await bench.db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now: bench.clock.now(), origin }),
    );
    cookies[role] = `${sessionCookieName(appUrl)}=${token}`;
  }
});
afterAll(async () => {
  await server.hub.stop();
  await bench.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Upload {
  who?: string | undefined;
  from?: string | null;
  body?: BodyInit | null;
  name?: string;
  length?: number;
}
async function upload({ who, from = appUrl, body = services, name = 'services.csv', length }: Upload) {
  const response = await handleImportUpload(
    new Request(`${appUrl}/api/imports?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: {
        host: 'localhost:3000',
        ...(from === null ? {} : { origin: from }),
        ...(who === undefined ? {} : { cookie: cookies[who] ?? '' }),
        ...(length === undefined ? {} : { 'content-length': String(length) }),
      },
      body,
    }),
    server,
  );
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}
async function call(route: string, input: unknown, who: string, isQuery = false) {
  const json = JSON.stringify(superjson.serialize(input));
  const request = new Request(
    `${appUrl}/api/trpc/${route}${isQuery ? `?input=${encodeURIComponent(json)}` : ''}`,
    {
      method: isQuery ? 'GET' : 'POST',
      headers: {
        origin: appUrl,
        host: 'localhost:3000',
        'content-type': 'application/json',
        cookie: cookies[who] ?? '',
      },
      ...(isQuery ? {} : { body: json }),
    },
  );
  const response = await handleTrpc(request, server);
  return { status: response.status, text: await response.text() };
}

describe('an upload', () => {
  it.each([
    ['another origin', { who: 'administrator', from: 'https://evil.example' }, 403],
    ['no origin', { who: 'administrator', from: null }, 403],
    ['nobody signed in', {}, 401],
    ['a receptionist', { who: 'receptionist' }, 403],
    ['a client', { who: 'client' }, 403],
    ['more than 200 MB announced', { who: 'administrator', length: 300_000_000 }, 413],
    ['no body', { who: 'administrator', body: null }, 400],
    ['an empty file', { who: 'administrator', body: '' }, 400],
    ['a broken workbook', { who: 'administrator', body: 'PK\u0003\u0004broken', name: 'a.xlsx' }, 400],
  ] satisfies [string, Upload, number][])('is refused with %s', async (_what, given, status) => {
    const before = await bench.db.importBatch.count();
    const { status: got, answer } = await upload(given);
    expect(got).toBe(status);
    expect(answer).toMatchObject({ refusal: { code: expect.stringMatching(/^[a-z_]+$/) } });
    expect(await bench.db.importBatch.count()).toBe(before);
    expect(readdirSync(dataDir, { recursive: true }).filter((name) => name !== 'imports')).toEqual([]);
  });

  it('rests under a name of ours, whatever the browser calls it, and is judged by what it holds', async () => {
    const { status, answer } = await upload({ who: 'administrator', name: '../../etc/<b>passwd.xlsx' });
    expect(status).toBe(201);
    const batch = await bench.db.importBatch.findFirstOrThrow({ where: { status: 'uploaded' } });
    expect(answer).toEqual({ batchId: batch.id });
    expect(batch).toMatchObject({
      fileName: 'bpasswd.xlsx',
      kind: 'services',
      fileBytes: services.length,
      shape: { format: 'csv' },
    });
    expect(readdirSync(path.join(dataDir, 'imports'))).toEqual([expect.stringMatching(/^[0-9a-f]{36}$/)]);
    expect(path.dirname(batch.storedName ?? '')).toBe(path.join(dataDir, 'imports'));
    await call('imports.discard', { batchId: batch.id }, 'administrator');
    expect(readdirSync(path.join(dataDir, 'imports'))).toEqual([]);
  });
});

describe('the steps over HTTP', () => {
  it('go from the file to the price list, and the report comes as a file', async () => {
    const { answer } = await upload({ who: 'administrator' });
    const { batchId } = superjson.parse<{ batchId: string }>(superjson.stringify(answer));
    const batch = await bench.db.importBatch.findUniqueOrThrow({ where: { id: batchId } });
    for (const route of ['imports.run', 'imports.undo', 'imports.discard', 'imports.resume'])
      expect((await call(route, { batchId }, 'receptionist')).status, route).toBe(403);
    expect((await call('imports.list', undefined, 'client', true)).status).toBe(403);
    expect((await call('imports.run', { batchId }, 'administrator')).status).toBe(409);
    expect((await call('imports.check', { batchId, settings: batch.mapping }, 'administrator')).status).toBe(
      200,
    );
    expect((await settleImport(bench.deps, batchId)).status).toBe('checked');
    expect((await call('imports.run', { batchId }, 'administrator')).status).toBe(200);
    expect((await settleImport(bench.deps, batchId)).counts).toEqual({ created: 6 });
    const report = (who: string | null) =>
      handleImportReport(
        new Request(`${appUrl}/api/imports/${batchId}/report`, {
          headers: who ? { cookie: cookies[who] ?? '' } : {},
        }),
        batchId,
        server,
      );
    expect((await report(null)).status).toBe(401);
    expect((await report('receptionist')).status).toBe(403);
    const file = await report('administrator');
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="import-services-[0-9a-f]{8}\.csv"$/,
    );
    expect((await file.text()).split('\r\n')).toHaveLength(8);
    // It takes a fresh proof, and is noted: it is people's data that leaves.
    expect(await bench.db.auditEntry.count({ where: { action: 'import.export', subjectId: batchId } })).toBe(
      1,
    );
    await bench.db.session.updateMany({ data: { provenAt: null } });
    const stale = await report('administrator');
    expect(stale.status).toBe(403);
    expect(await stale.json()).toEqual({ refusal: { code: 'proof_needed' } });
    expect((await call('imports.mayExport', {}, 'administrator')).status).toBe(403);
    await bench.db.session.updateMany({ data: { provenAt: new Date() } });
    expect((await call('imports.mayExport', {}, 'administrator')).status).toBe(200);
  });
});
