/** The doctor on a deployment as it should be, and on one thing broken after the other: each is named, with what to do. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpsServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkup } from '../../scripts/doctor/checkup.ts';
import { type Finding, type Setup, tableOf } from '../../scripts/doctor/finding.ts';
import { withClient } from '../../scripts/migrate.ts';
import { keyFor } from '../../src/server/keys.ts';
import { writeHead } from '../../src/server/trail/head-file.ts';
import { sealBatch } from '../../src/server/trail/seal.ts';
import { fileDatabase } from '../support/database.ts';
import { makeCard } from '../support/people.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';

const database = fileDatabase();
const certificate = readFileSync(path.resolve(import.meta.dirname, '../data/tls/clinic.test.pem'), 'utf8');
const secret = () => randomBytes(48).toString('base64url');
const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-doctor-'));
let inbox: Inbox;
let front: HttpsServer;
let worker: pg.Client;
let headers: Record<string, string> = {};
let port = 0;
let trailKey: Buffer;
let good: Setup;

const safeHeaders = {
  'strict-transport-security': 'max-age=63072000',
  'content-security-policy': "default-src 'self'",
};

/** A line to the database as the worker keeps one. */
async function connectWorker(): Promise<pg.Client> {
  const line = new pg.Client({
    connectionString: database().runtimeUrl,
    application_name: 'dermis worker',
  });
  await line.connect();
  return line;
}

beforeAll(async () => {
  chmodSync(dataDir, 0o711);
  writeFileSync(path.join(dataDir, 'secrets.env'), 'MASTER_KEY=kept here\n', { mode: 0o600 });
  inbox = await startInbox();
  front = createServer({ key: certificate, cert: certificate }, (_request, response) => {
    response.writeHead(200, headers).end('the sign-in page');
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  port = address && typeof address === 'object' ? address.port : 0;
  const { db, runtimeUrl, ownerUrl } = database();
  worker = await connectWorker();
  await makeCard(db);
  const masterKey = secret();
  trailKey = keyFor(masterKey, 'trail');
  await sealBatch({ db, key: trailKey, dataDir, now: () => new Date() });
  good = {
    given: {
      NODE_ENV: 'production',
      APP_URL: `https://clinic.test:${port}`,
      HOST: '127.0.0.1',
      TRUSTED_PROXIES: '1',
      NEXTAUTH_SECRET: secret(),
      MASTER_KEY: masterKey,
      DATABASE_URL: runtimeUrl,
      DATABASE_OWNER_URL: ownerUrl,
      SMTP_URL: inbox.url,
      MAIL_FROM: 'Lindenhof <clinic@lindenhof.example>',
    },
    dataDir,
    runtimeUrl,
    ownerUrl,
    now: () => new Date(),
    outside: {
      ca: certificate,
      lookup: (_name, options, callback) =>
        options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    },
  };
});
afterAll(async () => {
  await worker.end();
  front.closeAllConnections();
  await new Promise((resolve) => front.close(resolve));
  await inbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeAll(() => {
  headers = safeHeaders;
});
afterEach(() => {
  headers = safeHeaders;
});

const given = (change: Record<string, string | undefined>): Setup => ({
  ...good,
  given: { ...good.given, ...change },
});
const ills = (findings: Finding[]) =>
  findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${state} ${check}`);
const asOwner = (sql: string) => withClient(database().ownerUrl, (owner) => owner.query(sql));

describe('a deployment as it should be', () => {
  it('is found well in everything, and each thing is named', async () => {
    const findings = await checkup(good);
    expect(ills(findings)).toEqual([]);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set([
        'settings',
        'files',
        'disk',
        'database',
        'owner',
        'role',
        'clock',
        'migrations',
        'row security',
        'queue',
        'worker',
        'trail',
        'address',
        'proxies',
        'mail',
      ]),
    );
    expect(tableOf(findings)).toMatch(/ok\s+row security.*\n[\s\S]* 0 to mend$/);
  });

  it('so is a machine that works for itself alone, without TLS, mail and proxies', async () => {
    const alone = given({
      APP_URL: 'http://localhost:3000',
      TRUSTED_PROXIES: undefined,
      SMTP_URL: undefined,
      MAIL_FROM: undefined,
    });
    expect(ills(await checkup(alone))).toEqual([]);
  });
});

describe('what is broken is named', () => {
  const settings: [string, Record<string, string | undefined>, string[]][] = [
    // Another secret than the trail was sealed with, too.
    [
      'a published secret',
      { MASTER_KEY: 'only for tests, thrown away after' },
      ['fail settings', 'fail trail'],
    ],
    ['a missing one', { NEXTAUTH_SECRET: undefined }, ['fail settings']],
    ['no proxy believed behind TLS', { TRUSTED_PROXIES: '0' }, ['fail proxies']],
    ['a port open past the proxy', { HOST: '0.0.0.0' }, ['warn proxies']],
    ['no mail', { SMTP_URL: undefined }, ['warn mail']],
    ['a sender nobody can answer', { MAIL_FROM: undefined }, ['warn mail']],
    ['a mail server that is away', { SMTP_URL: 'smtp://127.0.0.1:9' }, ['fail mail']],
    ['an address nobody answers', { APP_URL: 'https://clinic.test:9' }, ['fail address']],
    [
      'no TLS on this machine, open to others',
      { APP_URL: 'http://localhost:3000', HOST: '0.0.0.0', TRUSTED_PROXIES: '0' },
      ['warn address'],
    ],
  ];
  it.each(settings)('%s', async (_what, change, expected) => {
    const findings = await checkup(given(change));
    expect(ills(findings)).toEqual(expected);
    for (const { state, remedy } of findings) expect(remedy === null).toBe(state === 'ok');
    const told = JSON.stringify(findings);
    for (const name of ['MASTER_KEY', 'NEXTAUTH_SECRET', 'DATABASE_URL'])
      for (const value of [good.given[name], change[name]]) if (value) expect(told).not.toContain(value);
  });

  it('a proxy that takes our headers away', async () => {
    headers = {};
    expect(ills(await checkup(good))).toEqual(['fail address', 'fail address']);
  });

  it('a certificate about to run out, one that has, and one that nobody vouches for', async () => {
    const end = Date.parse(new X509Certificate(certificate).validTo);
    const daysBefore = async (days: number) => {
      const setup = { ...good, now: () => new Date(end - days * 86_400_000) };
      return ills((await checkup(setup)).filter(({ check }) => check === 'address'));
    };
    expect(await daysBefore(30)).toEqual([]);
    expect(await daysBefore(5)).toEqual(['warn address']);
    expect(await daysBefore(-1)).toEqual(['fail address']);
    const { lookup } = good.outside ?? {};
    const unknown = await checkup({ ...good, outside: lookup ? { lookup } : {} });
    expect(ills(unknown)).toEqual(['fail address']);
  });

  it('a clock that is wrong', async () => {
    const wrong = { ...good, now: () => new Date(Date.now() + 60_000) };
    // Against the database, and against what answers at the address.
    expect(ills(await checkup(wrong))).toEqual(['fail clock', 'fail clock']);
  });

  it('the owner’s rights in the processes’ hands', async () => {
    const { ownerUrl } = database();
    const findings = await checkup({ ...given({ DATABASE_URL: ownerUrl }), runtimeUrl: ownerUrl });
    expect(ills(findings)).toContain('fail role');
    expect(ills(findings)).toContain('fail settings');
  });

  it('a role that bypasses row security, or owns a table', async () => {
    await asOwner('ALTER TABLE tag OWNER TO dermis_app');
    try {
      expect(ills(await checkup(good))).toEqual(['fail role']);
    } finally {
      await asOwner('ALTER TABLE tag OWNER TO CURRENT_USER');
    }
  });

  it('row security switched off', async () => {
    await asOwner('ALTER TABLE client DISABLE ROW LEVEL SECURITY');
    try {
      const findings = await checkup(good);
      expect(ills(findings)).toEqual(['fail row security']);
      expect(JSON.stringify(findings)).toContain('client');
    } finally {
      await asOwner('ALTER TABLE client ENABLE ROW LEVEL SECURITY');
    }
  });

  it('a migration that is missing', async () => {
    const init = `WHERE migration_name LIKE '%_init'`;
    await asOwner(`UPDATE _prisma_migrations SET rolled_back_at = now() ${init}`);
    try {
      expect(ills(await checkup(good))).toEqual(['fail migrations']);
    } finally {
      await asOwner(`UPDATE _prisma_migrations SET rolled_back_at = NULL ${init}`);
    }
  });

  it('a queue that was never installed', async () => {
    await asOwner('ALTER SCHEMA pgboss RENAME TO elsewhere');
    try {
      expect(ills(await checkup(good))).toEqual(['fail queue', 'fail worker']);
    } finally {
      await asOwner('ALTER SCHEMA elsewhere RENAME TO pgboss');
    }
  });

  it('no database where one should be', async () => {
    const nowhere = { ...good, runtimeUrl: 'postgres://dermis_app:nothing-here@127.0.0.1:9/dermis' };
    expect(ills(await checkup(nowhere))).toEqual(['fail database']);
    expect(ills(await checkup({ ...good, runtimeUrl: null, ownerUrl: null }))).toEqual(['fail database']);
  });
});

describe('files and trail', () => {
  it('secrets that others may read, and a folder that others may write into', async () => {
    chmodSync(path.join(dataDir, 'secrets.env'), 0o644);
    chmodSync(dataDir, 0o777);
    try {
      expect(ills(await checkup(good))).toEqual(['fail files', 'fail files']);
    } finally {
      chmodSync(path.join(dataDir, 'secrets.env'), 0o600);
      chmodSync(dataDir, 0o711);
    }
  });

  it('a head that is lost, and a trail that was cut off', async () => {
    const head = path.join(dataDir, 'trail-head.json');
    const kept = readFileSync(head, 'utf8');
    rmSync(head);
    expect(ills(await checkup(good))).toEqual(['fail trail']);
    writeFileSync(head, kept.replace('"sealId":"1"', '"sealId":"9"'), { mode: 0o600 });
    expect(ills(await checkup(good))).toEqual(['fail trail']);
    await writeHead(dataDir, trailKey, { sealId: 9n, head: 'ab'.repeat(32) });
    expect(ills(await checkup(good))).toEqual(['fail trail']);
    writeFileSync(head, kept, { mode: 0o600 });
  });

  it('entries that wait too long for their seal', async () => {
    // Past the stamp, which would say that it is of now.
    await asOwner(`SET session_replication_role = replica;
      WITH old AS (INSERT INTO audit_entry (at, actor_kind, action, subject_type)
        VALUES (now() - interval '1 hour', 'system', 'x', 'x') RETURNING id)
      INSERT INTO audit_unsealed (entry_id) SELECT id FROM old`);
    expect(ills(await checkup(good))).toContain('fail trail');
  });

  it('a worker that is not there', async () => {
    await worker.end();
    const findings = await checkup(good);
    worker = await connectWorker();
    expect(ills(findings)).toContain('fail worker');
  });
});
