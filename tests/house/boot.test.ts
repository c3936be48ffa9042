/** Nothing starts on settings that would give the clinic away: one error names each of them, and never what they are. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/ports.ts';
import { isDeployment, isLoopback, readEnv, wrongSettings } from '../../src/server/env.ts';
import { estimatedBits } from '../../src/server/secret-strength.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'dermis-boot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = () => randomBytes(48).toString('base64url');
const good = {
  NODE_ENV: 'production',
  APP_URL: 'https://clinic.example',
  DATABASE_URL: `postgres://dermis_app:${secret()}@db.internal/dermis`,
  NEXTAUTH_SECRET: secret(),
  MASTER_KEY: secret(),
};
type Change = Record<string, string | undefined>;
const namesOf = (change: Change) => wrongSettings({ ...good, ...change }).map(({ name }) => name);

describe('settings of a deployment', () => {
  it('that are as they should be keep nothing from starting', () => {
    expect(namesOf({})).toEqual([]);
    expect(readEnv(good).APP_URL).toBe('https://clinic.example');
  });

  const weak: [string, Change, string[]][] = [
    ['no secret', { NEXTAUTH_SECRET: undefined }, ['NEXTAUTH_SECRET']],
    ['an empty one', { MASTER_KEY: '' }, ['MASTER_KEY']],
    ['a short one', { MASTER_KEY: 'k3Jd9_xQ' }, ['MASTER_KEY']],
    ['one letter, many times', { MASTER_KEY: 'x'.repeat(64) }, ['MASTER_KEY']],
    ['a few, many times', { MASTER_KEY: 'aB3$'.repeat(12) }, ['MASTER_KEY']],
    ['what the keyboard offers', { MASTER_KEY: 'qwertyuiopasdfghjklzxcvbnm1234567890' }, ['MASTER_KEY']],
    ['an example', { NEXTAUTH_SECRET: 'changeme-changeme-changeme-changeme' }, ['NEXTAUTH_SECRET']],
    [
      'another example',
      { NEXTAUTH_SECRET: 'your-super-secret-key-at-least-32-characters-long' },
      ['NEXTAUTH_SECRET'],
    ],
    ['that of the tests', { MASTER_KEY: 'only for tests, thrown away after' }, ['MASTER_KEY']],
    ['that of the figures', { MASTER_KEY: 'only for figures on this machine, thrown away' }, ['MASTER_KEY']],
    ['a sentence', { MASTER_KEY: 'a quiet morning in the clinic, with tea and rain' }, ['MASTER_KEY']],
    ['the same one twice', { MASTER_KEY: good.NEXTAUTH_SECRET }, ['MASTER_KEY']],
    ['an address in the open', { APP_URL: 'http://clinic.example' }, ['APP_URL']],
    ['an address in the open within a network', { APP_URL: 'http://192.168.1.20:3000' }, ['APP_URL']],
    ['drawings in the open', { COLLAB_URL: 'ws://clinic.example:3001' }, ['COLLAB_URL']],
    ['the owner as runtime role', { DATABASE_URL: 'postgres://postgres@db/dermis' }, ['DATABASE_URL']],
    [
      'an owner by another name',
      { DATABASE_URL: 'postgres://keeper@db/dermis', DATABASE_OWNER_URL: 'postgres://keeper@db/dermis' },
      ['DATABASE_URL'],
    ],
    [
      'a known password of the database',
      { DATABASE_URL: 'postgres://dermis_app:postgres@db/dermis' },
      ['DATABASE_URL'],
    ],
    [
      'the role’s name as its password',
      { DATABASE_URL: 'postgres://dermis_app:dermis_app@db/dermis' },
      ['DATABASE_URL'],
    ],
    [
      'everything at once, in one go',
      {
        APP_URL: 'http://clinic.example',
        NEXTAUTH_SECRET: 'short',
        MASTER_KEY: undefined,
        PORT: 'none',
        DATABASE_URL: 'mysql://x',
      },
      ['DATABASE_URL', 'PORT', 'NEXTAUTH_SECRET', 'MASTER_KEY', 'APP_URL'],
    ],
  ];
  it.each(weak)('%s: refused by name', (_what, change, names) => {
    expect(namesOf(change)).toEqual(names);
    const error = (() => {
      try {
        return void readEnv({ ...good, ...change });
      } catch (thrown) {
        return thrown instanceof Error ? thrown.message : String(thrown);
      }
    })();
    for (const name of names) expect(error).toContain(`${name}: `);
    for (const value of Object.values(change)) if (value) expect(error).not.toContain(value);
  });

  it('a machine that works for itself alone may speak in the open, and with the owner’s role; its secrets are as strong', () => {
    const alone = {
      ...good,
      APP_URL: 'http://localhost:3000',
      DATABASE_URL: 'postgres://postgres:postgres@127.0.0.1/dermis',
    };
    expect(isDeployment(alone)).toBe(false);
    expect(wrongSettings(alone)).toEqual([]);
    for (const weak of ['only for tests, thrown away after', 'x'.repeat(32), 'changeme'.repeat(4)])
      expect(wrongSettings({ ...alone, MASTER_KEY: weak }).map(({ name }) => name)).toEqual(['MASTER_KEY']);
    expect(
      wrongSettings({ ...alone, NODE_ENV: 'test', MASTER_KEY: 'only for tests, thrown away after' }),
    ).toEqual([]);
    expect(namesOf({ NODE_ENV: 'development', APP_URL: 'http://clinic.example' })).toEqual([]);
    for (const here of ['localhost', 'app.localhost', '127.0.0.1', '127.8.8.8', '[::1]'])
      expect(isLoopback(here), here).toBe(true);
    for (const elsewhere of [
      '0.0.0.0',
      'clinic.example',
      '127.0.0.1.nip.io',
      'localhost.clinic.example',
      '10.0.0.1',
    ])
      expect(isLoopback(elsewhere), elsewhere).toBe(false);
  });

  it('secrets as they are commonly made are strong enough', () => {
    const makers = [
      () => randomBytes(48).toString('base64url'),
      () => randomBytes(32).toString('base64'),
      () => randomBytes(32).toString('hex'),
    ];
    for (const make of makers)
      for (let times = 0; times < 200; times++) expect(estimatedBits(make())).toBeGreaterThan(100);
  });
});

function run(args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const killer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(killer);
      resolve({ code, output });
    });
  });
}

describe('each process by itself', () => {
  const bad = {
    ...good,
    APP_URL: 'http://clinic.example',
    MASTER_KEY: 'only for tests, thrown away after',
    DATA_DIR: path.join(folder, 'data'),
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_DIST_DIR: process.env.NEXT_DIST_DIR || '.next-test',
  };
  const programs: [string, (port: string) => string[]][] = [
    ['the worker', () => ['workers/main.ts']],
    ['the collab-server', () => ['collab-server/main.ts']],
    [
      'the web process',
      (port) => ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', port],
    ],
    ['all of them under their parent', () => ['scripts/start.ts']],
  ];
  it.each(programs)(
    '%s ends before it does anything, with the names and not the values',
    async (_name, args) => {
      const port = String(await freePort());
      const { code, output } = await run(args(port), { ...bad, PORT: port });
      expect(output).toContain('keep Dermis from starting');
      expect(output).toContain('APP_URL: ');
      expect(output).toContain('MASTER_KEY: ');
      for (const value of [bad.MASTER_KEY, bad.NEXTAUTH_SECRET, new URL(bad.DATABASE_URL).password])
        expect(output).not.toContain(value);
      expect(code).not.toBe(0);
      expect(code).not.toBeNull();
    },
  );
});
