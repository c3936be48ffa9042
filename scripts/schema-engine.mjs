#!/usr/bin/env node
// Stand-in for Prisma's downloaded schema-engine binary: same JSON-RPC over stdio, answered by
// @prisma/schema-engine-wasm + @prisma/adapter-pg. Used through PRISMA_SCHEMA_ENGINE_BINARY.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
});
const { url, shadowDatabaseUrl } = JSON.parse(values.datasource ?? '{}');
const log = (level, fields) =>
  process.stderr.write(
    JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }) +
      '\n',
  );
const send = (m) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...m }) + '\n');

if (values.version) {
  console.log('schema-engine-cli wasm-shim');
  process.exit(0);
}
if (positionals[0] === 'cli') process.exit(await cli(positionals[1]));

const pending = new Set();
const track = (p) => {
  const t = p.finally(() => pending.delete(t));
  pending.add(t);
  return t;
};
let panic = '';
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    panic = m;
  },
};
const runtime = await import('@prisma/schema-engine-wasm/schema_engine_bg');
const bytes = await readFile(
  new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
);
const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': runtime });
runtime.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

// adapter-pg refuses pg_catalog's "char" (oid 18) columns (prisma/orm#27403): read them as text, report Character.
function catalogAware(q) {
  const { queryRaw } = q;
  q.queryRaw = async (query) => {
    const res = await q.performIO(query);
    const chars = [];
    res.fields.forEach((f, i) => {
      if (f.dataTypeID === 18) {
        f.dataTypeID = 25;
        chars.push(i);
      }
    });
    const out = await queryRaw.call(Object.create(q, { performIO: { value: async () => res } }), query);
    for (const i of chars) out.columnTypes[i] = ColumnTypeEnum.Character;
    return out;
  };
  return q;
}
// adapter-pg splits scripts at every ';' (breaks $$ bodies) and, given a connectionString, opens its
// "shadow" pool on the main database: do both ourselves.
async function open(connectionString, onClose) {
  const pool = new pg.Pool({ connectionString, max: 4, idleTimeoutMillis: 0 });
  const a = catalogAware(await new PrismaPg(pool).connect());
  const { startTransaction } = a;
  a.startTransaction = async (...args) => catalogAware(await startTransaction.apply(a, args));
  a.executeScript = (script) =>
    pool.query(script).then(
      () => {},
      (e) => a.onError(e),
    );
  a.dispose = () => track(pool.end().then(() => onClose?.()));
  return a;
}
const factory = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => open(url),
  async connectToShadowDb() {
    if (shadowDatabaseUrl) {
      // a fixed shadow database is not emptied by the wasm engine
      const a = await open(shadowDatabaseUrl);
      await a.executeScript(`DO $$ DECLARE s text; BEGIN
        FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP;
        CREATE SCHEMA public; END $$`);
      return a;
    }
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const shadow = new URL(url);
    shadow.pathname = `/${name}`;
    const admin = async (sql) => {
      const c = new pg.Client({ connectionString: url });
      await c.connect();
      await c.query(sql).finally(() => c.end());
    };
    await admin(`CREATE DATABASE "${name}"`);
    return open(shadow.href, () => admin(`DROP DATABASE IF EXISTS "${name}"`));
  },
};
const adapter = bindMigrationAwareSqlAdapterFactory(factory);
let engine;
const getEngine = async () =>
  (engine ??= await runtime.SchemaEngine.new(
    {
      datamodels: values.datamodels
        ? await Promise.all(values.datamodels.map(async (p) => [p, await readFile(p, 'utf8')]))
        : undefined,
    },
    () => {},
    adapter,
  ));

const open_ids = new Set();
process.on('uncaughtException', (e) => {
  // without an answer the CLI ends silently with exit code 0
  for (const id of open_ids)
    send({
      id,
      error: {
        code: 4466,
        message: 'panic',
        data: { is_panic: false, message: panic || String(e), meta: null, error_code: null },
      },
    });
  setTimeout(() => process.exit(1), 50);
});
let printId = 0;
const acks = new Map();
async function handle({ id, method, params }) {
  open_ids.add(id);
  try {
    const e = await getEngine();
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    // The wasm build can replay migrations only through these two commands; they also fill the cache the other two need.
    if (name === 'evaluateDataLoss' || name === 'createMigration')
      await e.diagnoseMigrationHistory({
        migrationsList: params.migrationsList,
        filters: params.filters,
        optInToShadowDatabase: true,
      });
    const result = await e[name](params ?? {});
    if (name === 'diff' && result?.stdout) {
      const pid = ++printId;
      const ack = new Promise((r) => acks.set(pid, r));
      send({ id: pid, method: 'print', params: { content: result.stdout.replace(/\n$/, '') } });
      await ack;
    }
    send({ id, result: result ?? null });
  } catch (err) {
    send({
      id,
      error: {
        code: 4466,
        message: 'An error happened. Check the data field for details.',
        data: {
          is_panic: err?.name === 'RuntimeError',
          message: panic || (err?.message ?? String(err)),
          meta: err?.meta ?? null,
          error_code: err?.code ?? null,
        },
      },
    });
  } finally {
    open_ids.delete(id);
  }
}
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const msg = JSON.parse(line);
    if (!msg.method) {
      acks.get(msg.id)?.();
      return;
    }
    track(handle(msg));
  })
  .on('close', shutdown);
process.on('SIGTERM', shutdown); // the CLI ends stdin and sends SIGTERM at once: finish (and drop the shadow database) first
async function shutdown() {
  setTimeout(() => process.exit(0), 5000).unref();
  while (pending.size) await Promise.allSettled(pending);
  process.exit(0);
}

async function cli(cmd) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const connect = async (db) => {
    const u = new URL(url);
    if (db) u.pathname = '/' + db;
    const c = new pg.Client({ connectionString: u.href });
    await c.connect();
    return c;
  };
  log('INFO', { message: 'schema-engine (wasm shim)' });
  try {
    if (cmd === 'can-connect-to-database') await (await connect()).end();
    else {
      const c = await connect('postgres');
      await c.query(`${cmd === 'create-database' ? 'CREATE' : 'DROP'} DATABASE ${c.escapeIdentifier(name)}`);
      await c.end();
      if (cmd === 'drop-database') log('INFO', { message: 'The database was successfully dropped' });
    }
    return 0;
  } catch (e) {
    const code = { '3D000': 'P1003', '28P01': 'P1000', ECONNREFUSED: 'P1001' }[e.code] ?? 'P1010';
    log('ERROR', { is_panic: false, error_code: code, message: e.message || String(e.code) });
    return 1;
  }
}
