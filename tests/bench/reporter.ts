// One reporter for bench, test:faults and test:security: a table for people, JSON for machines, and an exit code.
import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export interface BenchContext {
  /** A line for people, on stderr, so that the JSON on stdout stays whole. */
  log(text: string): void;
  /** How far a long figure is; shown at most once a second. */
  progress(done: number, total: number): void;
}

export interface Outcome {
  value: number;
  ok: boolean;
  /** What stands behind the figure: absolute numbers, the peer's, percentiles. */
  detail?: string;
}

export interface Figure {
  /** Begins with its area (`booking.`) or promise (`P3`). */
  name: string;
  unit: string;
  /** What it has to reach, in words: `≤ 3 × a bare merge`. */
  reach: string;
  run(context: BenchContext): Promise<Outcome>;
}

export interface Line {
  name: string;
  /** Null where the figure threw. */
  figure: number | null;
  unit: string;
  reach: string;
  ok: boolean;
  detail?: string;
}

const figureFile = z.object({
  figures: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      reach: z.string(),
      run: z.custom<Figure['run']>((value) => typeof value === 'function'),
    }),
  ),
});

/**
 * Loads every `*.figures.ts` of a folder, runs the figures one after the other and prints them. The answer is the
 * exit code: 0 when every figure holds, 1 when one falls short or throws, 2 when there is nothing to run.
 */
export async function report(folder: string, args = process.argv.slice(2)): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  });
  const all = await loadFigures(folder);
  const chosen = selectFigures(all, values.only);
  if (chosen.length === 0) {
    const names = all.map(({ name }) => name).join(', ');
    console.error(
      names ? `No figure begins with “${values.only}”. There are: ${names}.` : 'There are no figures here.',
    );
    return 2;
  }
  const lines = await runFigures(chosen);
  console.log(values.json ? JSON.stringify(lines.map(withoutDetail), null, 2) : tableOf(lines));
  return lines.every(({ ok }) => ok) ? 0 : 1;
}

export async function loadFigures(folder: string): Promise<Figure[]> {
  const files = globSync('**/*.figures.ts', { cwd: folder }).sort();
  const modules = await Promise.all(files.map((file) => import(path.join(folder, file))));
  return modules.flatMap((module, index) => {
    const parsed = figureFile.safeParse(module);
    if (!parsed.success) throw new Error(`${files[index]} exports no “figures” of the right form.`);
    return parsed.data.figures;
  });
}

/** `only` is a comma-separated list of beginnings; empty means all. */
export function selectFigures(figures: Figure[], only: string): Figure[] {
  const beginnings = only.split(',').filter((beginning) => beginning !== '');
  if (beginnings.length === 0) return figures;
  return figures.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning)));
}

/** Runs figures in order; one that throws counts as not held, with its message. */
export async function runFigures(
  figures: Figure[],
  write: (text: string) => void = (text) => process.stderr.write(text),
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [index, { name, unit, reach, run }] of figures.entries()) {
    write(`[${index + 1}/${figures.length}] ${name}\n`);
    const startedAt = performance.now();
    let shownAt = startedAt;
    const context: BenchContext = {
      log: (text) => write(`    ${text}\n`),
      progress: (done, total) => {
        if (performance.now() - shownAt < 1000 && done < total) return;
        shownAt = performance.now();
        write(`    ${name}: ${done} of ${total}\n`);
      },
    };
    try {
      const { value, ok, detail } = await run(context);
      lines.push({ name, figure: value, unit, reach, ok, ...(detail ? { detail } : {}) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      lines.push({ name, figure: null, unit, reach, ok: false, detail });
    }
    write(
      `    ${lines.at(-1)?.ok ? 'ok' : 'falls short'} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`,
    );
  }
  return lines;
}

/** Columns as wide as their longest cell; what stands behind a figure follows on its own line. */
export function tableOf(lines: Line[]): string {
  const rows = [
    ['name', 'figure', 'unit', 'reach', ''],
    ...lines.map(({ name, figure, unit, reach, ok }) => [
      name,
      figure === null ? '–' : rounded(figure),
      unit,
      reach,
      ok ? 'ok' : 'FALLS SHORT',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const withDetails = text.flatMap((row, index) => {
    const detail = lines[index - 1]?.detail;
    return detail ? [row, `    ${detail.replaceAll('\n', '\n    ')}`] : [row];
  });
  const held = lines.filter(({ ok }) => ok).length;
  return [...withDetails, '', `${held} of ${lines.length} figures hold`].join('\n');
}

function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

const withoutDetail = ({ name, figure, unit, reach, ok }: Line) => ({ name, figure, unit, reach, ok });
