#!/usr/bin/env node
// Stand-in for Prisma's downloaded schema-engine binary: the same JSON-RPC over stdio, answered by the engine that is
// published as WebAssembly (@prisma/schema-engine-wasm). prisma.config.ts names it in PRISMA_SCHEMA_ENGINE_BINARY.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { bindAdapter } from './schema-engine-adapter.mjs';

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
const drainWithinMillis = 5000;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const log = (level, fields) => {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
};

if (values.version) {
  console.log('schema-engine-cli (WebAssembly)');
  process.exit(0);
}
if (positionals[0] === 'cli') process.exit(await runCommand(positionals[1]));

/** Work that has to end before this process may: answers, and shadow databases to drop. */
const pending = new Set();
const track = (promise) => {
  const tracked = promise.finally(() => pending.delete(tracked));
  pending.add(tracked);
  return tracked;
};

let panic = '';
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => {
    panic = message;
  },
};
const runtime = await loadRuntime();
const adapter = bindAdapter({ url, shadowDatabaseUrl, track });
let engine;

async function loadRuntime() {
  const name = '@prisma/schema-engine-wasm/schema_engine_bg';
  const loaded = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(new URL('./schema_engine_bg.wasm', import.meta.resolve(name)));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': loaded });
  loaded.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return loaded;
}

async function openEngine() {
  const readModel = async (file) => [file, await readFile(file, 'utf8')];
  const datamodels = values.datamodels ? await Promise.all(values.datamodels.map(readModel)) : undefined;
  return runtime.SchemaEngine.new({ datamodels }, () => {}, adapter);
}

const unanswered = new Set();
/** What the engine wants printed is acknowledged by the CLI under a number of its own. */
const acknowledgements = new Map();
let printed = 0;

async function answer({ id, method, params }) {
  unanswered.add(id);
  try {
    engine ??= await openEngine();
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    // The WebAssembly build replays migrations in two commands only; they also fill the cache that these two need.
    if (name === 'evaluateDataLoss' || name === 'createMigration')
      await engine.diagnoseMigrationHistory({
        migrationsList: params.migrationsList,
        filters: params.filters,
        optInToShadowDatabase: true,
      });
    const result = await engine[name](params ?? {});
    if (name === 'diff' && result?.stdout) await print(result.stdout.replace(/\n$/, ''));
    send({ id, result: result ?? null });
  } catch (error) {
    sendError(id, 'An error happened. Check the data field for details.', {
      is_panic: error?.name === 'RuntimeError',
      message: panic || (error?.message ?? String(error)),
      meta: error?.meta ?? null,
      error_code: error?.code ?? null,
    });
  } finally {
    unanswered.delete(id);
  }
}

function sendError(id, message, data) {
  send({ id, error: { code: 4466, message, data } });
}

async function print(content) {
  printed += 1;
  const id = printed;
  const acknowledged = new Promise((resolve) => acknowledgements.set(id, resolve));
  send({ id, method: 'print', params: { content } });
  await acknowledged;
}

// Left without an answer the CLI ends silently and with exit code 0.
process.on('uncaughtException', (error) => {
  const message = panic || String(error);
  for (const id of unanswered)
    sendError(id, 'panic', { is_panic: false, message, meta: null, error_code: null });
  setTimeout(() => process.exit(1), 50);
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method) void track(answer(message));
    else acknowledgements.get(message.id)?.();
  })
  .on('close', () => void shutDown());
// The CLI ends stdin and sends SIGTERM at once: finish first.
process.on('SIGTERM', () => void shutDown());

async function shutDown() {
  setTimeout(() => process.exit(0), drainWithinMillis).unref();
  while (pending.size > 0) await Promise.allSettled(pending);
  process.exit(0);
}

/** `cli can-connect-to-database`, `cli create-database`, `cli drop-database`. */
async function runCommand(command) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  log('INFO', { message: 'schema-engine (WebAssembly)' });
  const target = new URL(url);
  if (command !== 'can-connect-to-database') target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  try {
    await client.connect();
    if (command !== 'can-connect-to-database')
      await client.query(
        `${command === 'create-database' ? 'CREATE' : 'DROP'} DATABASE ${client.escapeIdentifier(name)}`,
      );
    if (command === 'drop-database') log('INFO', { message: 'The database was successfully dropped' });
    return 0;
  } catch (error) {
    const code = { '3D000': 'P1003', '28P01': 'P1000', ECONNREFUSED: 'P1001' }[error.code] ?? 'P1010';
    log('ERROR', { is_panic: false, error_code: code, message: error.message || String(error.code) });
    return 1;
  } finally {
    await client.end().catch(() => {}); // it may never have been connected
  }
}
