import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { runSlotsScenario, type ScenarioOutcome } from '../src/server/scenarios/run-slots.ts';

type Fields = { readonly [key: string]: unknown };
type BookingRunner = (scenario: Fields) => Promise<ScenarioOutcome>;
type Totals = { passed: number; failed: number };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The scenarios of a file: a bare array, or under `scenarios`. Throws an `Error` whose message can be shown. */
function scenariosIn(text: string): readonly unknown[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list = isFields(data) ? data.scenarios : data;
  if (!Array.isArray(list)) throw new Error('neither an array nor an object with "scenarios"');
  return list;
}

async function runOne(scenario: unknown, booking: BookingRunner): Promise<ScenarioOutcome> {
  if (!isFields(scenario)) return { ok: false, differences: ['not an object'] };
  if (scenario.kind === 'slots') return runSlotsScenario(scenario);
  if (scenario.kind === 'booking') return booking(scenario);
  return { ok: false, differences: [`unknown kind ${JSON.stringify(scenario.kind) ?? 'missing'}`] };
}

async function runFile(file: string, booking: BookingRunner, totals: Totals): Promise<void> {
  let list: readonly unknown[];
  try {
    list = scenariosIn(await readFile(file, 'utf8'));
  } catch (error) {
    totals.failed += 1;
    console.log(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  for (const [index, scenario] of list.entries()) {
    const id = isFields(scenario) && typeof scenario.id === 'string' ? scenario.id : `#${index}`;
    let outcome: ScenarioOutcome;
    try {
      outcome = await runOne(scenario, booking);
    } catch (error) {
      outcome = {
        ok: false,
        differences: [`failed: ${error instanceof Error ? error.message : String(error)}`],
      };
    }
    if (outcome.ok) totals.passed += 1;
    else {
      totals.failed += 1;
      console.log(`${id} (${file})`);
      for (const difference of outcome.differences) console.log(`  ${difference}`);
    }
  }
}

/**
 * Booking scenarios need a database. It is made when the first of them comes up, and taken away at the end:
 * a run of slots alone touches none.
 */
function bookingRunner(): { run: BookingRunner; close(): Promise<void> } {
  let opened: Promise<{ run: BookingRunner; close(): Promise<void> }> | null = null;
  const open = async () => {
    const [{ runBookingScenario }, { openScratchDatabase }] = await Promise.all([
      import('../src/server/scenarios/booking.ts'),
      import('./scratch-database.ts'),
    ]);
    const database = await openScratchDatabase();
    return {
      run: (scenario: Fields) => runBookingScenario(scenario, database.url),
      close: () => database.close(),
    };
  };
  return {
    run: async (scenario) => {
      opened ??= open();
      return (await opened).run(scenario);
    },
    close: async () => {
      const present = await opened?.catch(() => null);
      await present?.close();
    },
  };
}

/** Runs every file, prints what differs and the closing line `N passed, N failed`. Promises the exit code. */
export async function main(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    console.log('usage: npm run -s scenarios -- FILE…');
    return 2;
  }
  const totals: Totals = { passed: 0, failed: 0 };
  const booking = bookingRunner();
  try {
    for (const file of files) await runFile(file, booking.run, totals);
  } finally {
    await booking.close();
  }
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2));
