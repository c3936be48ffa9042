import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockHolder, tryLock, unlock } from '../../scripts/lock-file.ts';
import { isAlive, isRunning } from '../../scripts/process-info.ts';
import { loadSecrets } from '../../scripts/secrets.ts';
import { readSettings } from '../../scripts/settings.ts';
import { closingLine, tallyPlaywright, tallyVitest } from '../../scripts/tally.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dermis-parts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = (given: Record<string, string>) => ({ NODE_ENV: 'test' as const, ...given });

describe('settings', () => {
  it('put the collab-server beside the web app', () => {
    const { webPorts, collabPorts, host } = readSettings([], env({ PORT: '4100' }));
    expect({ webPorts, collabPorts, host }).toEqual({
      webPorts: [4100],
      collabPorts: [4101],
      host: '127.0.0.1',
    });
  });

  it('step over ports that are spoken for when there are several processes', () => {
    const { webPorts, collabPorts } = readSettings(['--web', '3', '--collab', '2'], env({}));
    expect({ webPorts, collabPorts }).toEqual({ webPorts: [3000, 3003, 3004], collabPorts: [3001, 3002] });
  });

  it('take an empty setting for an absent one', () => {
    expect(readSettings([], env({ DATABASE_URL: '', PORT: '' })).external).toBeUndefined();
  });

  it('let one address serve as both, and two as two', () => {
    const owner = 'postgres://owner@db/dermis';
    const runtime = 'postgres://dermis_app@db/dermis';
    expect(readSettings([], env({ DATABASE_URL: owner })).external).toEqual({
      ownerUrl: owner,
      runtimeUrl: owner,
    });
    expect(readSettings([], env({ DATABASE_URL: runtime, DATABASE_OWNER_URL: owner })).external).toEqual({
      ownerUrl: owner,
      runtimeUrl: runtime,
    });
    expect(() => readSettings([], env({ DATABASE_OWNER_URL: owner }))).toThrow('DATABASE_URL');
  });

  it('name everything that is wrong at once', () => {
    expect(() => readSettings(['--web', '99'], env({ PORT: '0', DATABASE_URL: 'mysql://x' }))).toThrow(
      /PORT[\s\S]*DATABASE_URL[\s\S]*web/,
    );
  });
});

describe('secrets', () => {
  it('are made once, kept for their owner alone, and overruled by settings', () => {
    const made = loadSecrets(folder, env({}));
    expect(loadSecrets(folder, env({}))).toEqual(made);
    expect(made.NEXTAUTH_SECRET.length).toBeGreaterThanOrEqual(48);
    expect(made.DEMO_PASSWORD.length).toBeGreaterThanOrEqual(15);
    expect(statSync(path.join(folder, 'secrets.env')).mode & 0o777).toBe(0o600);
    expect(loadSecrets(folder, env({ DEMO_PASSWORD: 'given by hand' })).DEMO_PASSWORD).toBe('given by hand');
    expect(readFileSync(path.join(folder, 'secrets.env'), 'utf8')).not.toContain('given by hand');
  });

  it('differ from installation to installation', () => {
    const other = loadSecrets(path.join(folder, 'other'), env({}));
    const here = loadSecrets(folder, env({}));
    expect(other.NEXTAUTH_SECRET).not.toBe(here.NEXTAUTH_SECRET);
    expect(other.DEMO_PASSWORD).not.toBe(here.DEMO_PASSWORD);
  });

  it('gain what a newer version needs and lose nothing', () => {
    const file = path.join(folder, 'older/secrets.env');
    loadSecrets(path.join(folder, 'older'), env({}));
    writeFileSync(file, 'NEXTAUTH_SECRET=kept-from-before\nSOMETHING_ELSE=too\n');
    expect(loadSecrets(path.join(folder, 'older'), env({})).NEXTAUTH_SECRET).toBe('kept-from-before');
    expect(readFileSync(file, 'utf8')).toMatch(/SOMETHING_ELSE=too[\s\S]*DEMO_PASSWORD=/);
  });
});

describe('locks', () => {
  it('are taken over from the dead, not from the living', () => {
    const file = path.join(folder, 'some.lock');
    expect(tryLock(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
    writeFileSync(file, String(process.ppid));
    expect(tryLock(file)).toBe(false);
    expect(lockHolder(file)).toBe(process.ppid);
    writeFileSync(file, '999999999');
    expect(tryLock(file)).toBe(true);
    unlock(file);
    expect(lockHolder(file)).toBeUndefined();
  });

  it('don’t mistake a reused id for its former owner', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isRunning(process.pid, 'postgres -D nowhere')).toBe(false);
    expect(isAlive(999_999_999)).toBe(false);
  });
});

describe('the closing line', () => {
  const file = (name: string, statuses: string[], status = 'passed') => ({
    name: `/repo/tests/${name}`,
    status,
    assertionResults: statuses.map((each) => ({ status: each })),
  });
  const tally = (testResults: ReturnType<typeof file>[], names: string[], exitCode = 0) =>
    tallyVitest({ success: exitCode === 0, testResults }, names, '/repo/tests', exitCode);

  it('sums over suites', () => {
    const tallies = tally(
      [
        file('domain/a.test.ts', ['passed', 'passed']),
        file('server/b.test.ts', ['passed', 'failed', 'pending'], 'failed'),
      ],
      ['domain', 'server'],
      1,
    );
    expect(closingLine(tallies)).toBe('3 passed, 1 failed, 1 skipped');
    expect(closingLine(tallies.slice(0, 1))).toBe('2 passed, 0 failed');
  });

  it('counts a suite without tests, a file that can’t be loaded and a missing report as failures', () => {
    expect(closingLine(tally([file('domain/a.test.ts', ['passed'])], ['domain', 'api']))).toBe(
      '1 passed, 1 failed',
    );
    expect(closingLine(tally([file('domain/a.test.ts', [], 'failed')], ['domain'], 1))).toBe(
      '0 passed, 1 failed',
    );
    expect(closingLine(tallyVitest(undefined, ['domain', 'api'], '/repo/tests', 1))).toBe(
      '0 passed, 2 failed',
    );
    expect(closingLine(tally([file('domain/a.test.ts', ['pending'])], ['domain']))).toBe(
      '0 passed, 1 failed',
    );
  });

  it('counts an error outside of any test', () => {
    expect(closingLine(tally([file('domain/a.test.ts', ['passed'])], ['domain'], 1))).toBe(
      '1 passed, 1 failed',
    );
  });

  it('takes a browser test that passed only at the second try for failed', () => {
    const report = (expected: number, unexpected: number, flaky: number) => ({
      stats: { expected, unexpected, flaky, skipped: 0 },
      errors: [],
    });
    expect(closingLine([tallyPlaywright(report(5, 0, 1), 'e2e', 0)])).toBe('5 passed, 1 failed');
    expect(closingLine([tallyPlaywright(report(0, 0, 0), 'e2e', 0)])).toBe('0 passed, 1 failed');
    expect(closingLine([tallyPlaywright(report(5, 0, 0), 'e2e', 1)])).toBe('5 passed, 1 failed');
  });
});
