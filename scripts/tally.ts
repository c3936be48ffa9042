import path from 'node:path';
import { z } from 'zod';

export interface Tally {
  suite: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Why a suite as a whole failed. */
  note?: string;
}

const vitestReport = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts vitest's JSON report by suite. A suite without a single test has failed: something kept it from running. */
export function tallyVitest(
  report: unknown,
  names: string[],
  testsDir: string,
  exitCode: number | null,
): Tally[] {
  const parsed = vitestReport.safeParse(report);
  if (!parsed.success) return names.map((suite) => crashed(suite, 'it left no report'));
  const tallies = names.map((suite) => {
    const tally: Tally = { suite, passed: 0, failed: 0, skipped: 0 };
    for (const file of parsed.data.testResults) {
      if (suiteOf(path.relative(testsDir, file.name)) !== suite) continue;
      for (const { status } of file.assertionResults) {
        if (status === 'passed') tally.passed += 1;
        else if (status === 'failed') tally.failed += 1;
        else tally.skipped += 1;
      }
      // a file that can't be loaded, or whose hook fails, has no failed test to show for it
      if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
        tally.failed += 1;
        tally.note = `${path.basename(file.name)} did not run to its end`;
      }
    }
    return tally.passed + tally.failed === 0 ? crashed(suite, 'it ran no test') : tally;
  });
  const [first] = tallies;
  if (first && exitCode !== 0 && tallies.every(({ failed }) => failed === 0)) {
    first.failed += 1;
    first.note = 'an error outside of any test';
  }
  return tallies;
}

/** Counts Playwright's JSON report. A test that passed only at a second try counts as failed. */
export function tallyPlaywright(report: unknown, suite: string, exitCode: number | null): Tally {
  const parsed = playwrightReport.safeParse(report);
  if (!parsed.success) return crashed(suite, 'it left no report');
  const { expected, unexpected, flaky, skipped } = parsed.data.stats;
  if (expected + unexpected + flaky === 0) return crashed(suite, 'it ran no test');
  const failed = unexpected + flaky;
  if (failed === 0 && exitCode !== 0)
    return { suite, passed: expected, failed: 1, skipped, note: 'an error outside of any test' };
  return { suite, passed: expected, failed, skipped };
}

/** The parts of one suite as one. */
export function sumOf(suite: string, parts: readonly Tally[]): Tally {
  const sum = (key: 'passed' | 'failed' | 'skipped') => parts.reduce((total, part) => total + part[key], 0);
  const notes = parts.flatMap(({ note }) => note ?? []);
  return {
    suite,
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
}

export function crashed(suite: string, note: string): Tally {
  return { suite, passed: 0, failed: 1, skipped: 0, note };
}

/** The plain line everything ends with. */
export function closingLine(tallies: Tally[]): string {
  const { passed, failed, skipped } = sumOf('all', tallies);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Tests lie in a folder named like their suite; those at the top are about the whole. */
function suiteOf(file: string): string {
  const [first = '', ...rest] = file.split(path.sep);
  return rest.length === 0 ? 'boundaries' : first;
}
