import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figure, runFigures, selectFigures, tableOf } from './bench/reporter.ts';

const figure = (name: string, run: Figure['run']): Figure => ({ name, unit: 'ms', reach: '≤ 10', run });
const good = figure('booking.fast', async () => ({ value: 3.14159, ok: true, detail: 'peer 2.9 ms' }));
const short = figure('P3.slow', async () => ({ value: 99, ok: false }));
const broken = figure('zones.broken', async () => {
  throw new Error('the bench has no legs');
});

describe('figures', () => {
  it('are chosen by their beginnings', () => {
    const names = (only: string) => selectFigures([good, short, broken], only).map(({ name }) => name);
    expect(names('')).toEqual(['booking.fast', 'P3.slow', 'zones.broken']);
    expect(names('P3,zones.')).toEqual(['P3.slow', 'zones.broken']);
    expect(names('nothing')).toEqual([]);
  });

  it('that throw count as not held, and the others still run', async () => {
    const lines = await runFigures([broken, good], () => undefined);
    expect(lines).toEqual([
      {
        name: 'zones.broken',
        figure: null,
        unit: 'ms',
        reach: '≤ 10',
        ok: false,
        detail: 'the bench has no legs',
      },
      { name: 'booking.fast', figure: 3.14159, unit: 'ms', reach: '≤ 10', ok: true, detail: 'peer 2.9 ms' },
    ]);
    expect(tableOf(lines)).toContain('1 of 2 figures hold');
    expect(tableOf(lines)).toMatch(/booking\.fast +3\.14 +ms +≤ 10 +ok\n {4}peer 2\.9 ms/);
  });

  it('show progress at most once a second, and always the end', async () => {
    const written: string[] = [];
    const busy = figure('booking.busy', async ({ progress }) => {
      for (let done = 1; done <= 1000; done++) progress(done, 1000);
      return { value: 1, ok: true };
    });
    await runFigures([busy], (text) => written.push(text));
    expect(written.filter((text) => text.includes(' of 1000'))).toEqual(['    booking.busy: 1000 of 1000\n']);
  });
});

describe('the command', () => {
  let folder = '';
  const reporter = pathToFileURL(path.resolve(import.meta.dirname, 'bench/reporter.ts')).href;
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(folder, 'run.mjs'), ...args], { encoding: 'utf8' });

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'dermis-figures-'));
    writeFileSync(
      path.join(folder, 'run.mjs'),
      `import { report } from '${reporter}';\nprocess.exit(await report(import.meta.dirname));\n`,
    );
    writeFileSync(
      path.join(folder, 'some.figures.ts'),
      `export const figures = [
        { name: 'booking.one', unit: '×', reach: '≤ 2', run: async () => ({ value: 1.5, ok: true, detail: 'absolute 3 ms' }) },
        { name: 'P3.two', unit: '', reach: '0', run: async () => ({ value: 7, ok: false }) },
      ];\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints JSON for machines and fails when a figure falls short', () => {
    const { status, stdout } = run('--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      { name: 'booking.one', figure: 1.5, unit: '×', reach: '≤ 2', ok: true },
      { name: 'P3.two', figure: 7, unit: '', reach: '0', ok: false },
    ]);
  });

  it('succeeds when all that was asked for holds', () => {
    expect(run('--only', 'booking.').status).toBe(0);
  });

  it('says which figures there are when none was meant', () => {
    const { status, stderr } = run('--only', 'zones.');
    expect(status).toBe(2);
    expect(stderr).toContain('booking.one, P3.two');
  });
});
