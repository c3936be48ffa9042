// What `npm run import` understands, and how it says what came of it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { importFields, type ImportKind, importKinds } from '../src/domain/import-kinds.ts';
import { encodings, type ImportSettings, needsLocation } from '../src/domain/import-settings.ts';
import { dateOrders } from '../src/domain/import-values.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { Deps } from '../src/server/deps.ts';
import type { Batch } from '../src/server/imports/batch.ts';
import { startUndo } from '../src/server/imports/commands.ts';
import { type IncomeBy, incomeBy } from '../src/server/imports/income.ts';
import { keptEffects, listImports, reasonCounts } from '../src/server/imports/queries.ts';
import { runFile, settleImport } from '../src/server/imports/run-file.ts';
import { importSalon, salonDurations } from '../src/server/imports/salon.ts';

export const importOptions = {
  help: { type: 'boolean', short: 'h' },
  'dry-run': { type: 'boolean' },
  zone: { type: 'string' },
  currency: { type: 'string' },
  location: { type: 'string' },
  origin: { type: 'string' },
  map: { type: 'string', multiple: true },
  tax: { type: 'string', multiple: true },
  dates: { type: 'string' },
  decimal: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  minutes: { type: 'string', multiple: true },
  'default-minutes': { type: 'string' },
  shrink: { type: 'string' },
  nobody: { type: 'string', multiple: true },
  'known-only': { type: 'boolean' },
} as const;

interface Options {
  'dry-run'?: boolean | undefined;
  zone?: string | undefined;
  currency?: string | undefined;
  location?: string | undefined;
  origin?: string | undefined;
  map?: string[] | undefined;
  tax?: string[] | undefined;
  dates?: string | undefined;
  decimal?: string | undefined;
  encoding?: string | undefined;
  delimiter?: string | undefined;
  minutes?: string[] | undefined;
  'default-minutes'?: string | undefined;
  shrink?: string | undefined;
  nobody?: string[] | undefined;
  'known-only'?: boolean | undefined;
}

export const importUsage = `npm run import -- salon FOLDER --zone ZONE --currency CODE [--location NAME]
npm run import -- KIND FILE [options]      KIND: ${importKinds.join(' ')}
npm run import -- list
npm run import -- undo ID

  --dry-run             only say what would become of each row
  --map Column=field    which column is which field (again for each; others are guessed)
  --tax Column          a column of taxes of a receipt (again for each)
  --dates ORDER         ${dateOrders.join(', ')}: needed where the file leaves it open
  --decimal , or .      the decimal mark
  --encoding NAME       ${encodings.join(', ')}
  --delimiter CHAR      , ; tab |
  --location NAME       where staff and visits go; made in --zone where there is none of that name
  --zone ZONE           IANA time zone of a new location
  --currency CODE       of the file's amounts
  --origin NAME         the old system; its rows and codes are one namespace
  --minutes NAME=N      minutes of a category or a service code (again for each)
  --default-minutes N   where nothing else is known
  --shrink N|off        a booking may be cut to the next one's start, not below N minutes
  --nobody CODE         a code that stands for no person (again for each)
  --known-only          don't make clients and staff that only bookings name`;

class UsageError extends Error {}

const system = { kind: 'system', task: 'import' } as const;
const isKind = (text: string): text is ImportKind => importKinds.some((kind) => kind === text);

function oneOf<T extends string>(
  name: string,
  given: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (given === undefined) return undefined;
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}`);
  return found;
}

function whole(name: string, given: string): number {
  if (!/^\d{1,4}$/.test(given)) throw new UsageError(`--${name} needs a whole number, not "${given}"`);
  return Number(given);
}

const pairsOf = (name: string, given: readonly string[]): [string, string][] =>
  given.map((text) => {
    const at = text.lastIndexOf('=');
    if (at < 1) throw new UsageError(`--${name} needs NAME=VALUE, not "${text}"`);
    return [text.slice(0, at), text.slice(at + 1)];
  });

function durationsFrom(options: Options, base: ImportSettings['durations']): ImportSettings['durations'] {
  const rules = Object.fromEntries(
    pairsOf('minutes', options.minutes ?? []).map(([name, text]) => [name, whole('minutes', text)]),
  );
  return {
    byCategory: { ...base.byCategory, ...rules },
    byService: { ...base.byService, ...rules },
    defaultMinutes: options['default-minutes']
      ? whole('default-minutes', options['default-minutes'])
      : base.defaultMinutes,
    shrinkToMinutes:
      options.shrink === undefined
        ? base.shrinkToMinutes
        : options.shrink === 'off'
          ? null
          : whole('shrink', options.shrink),
  };
}

function columnsFrom(
  kind: ImportKind,
  options: Options,
  guessed: Record<string, string>,
): Record<string, string> {
  const columns = { ...guessed };
  for (const [column, field] of pairsOf('map', options.map ?? [])) {
    if (!importFields[kind].some(({ name }) => name === field))
      throw new UsageError(
        `${kind} have no field "${field}". They have: ${importFields[kind].map(({ name }) => name).join(', ')}`,
      );
    for (const [other, used] of Object.entries(columns)) if (used === column) delete columns[other];
    columns[field] = column;
  }
  return columns;
}

const sentences: Partial<Record<Refusal['code'], string>> = {
  unreadable_file: 'This file can’t be read',
  invalid_input: 'These settings don’t fit the file',
  time_zone_unknown: 'This is no time zone',
  not_found: 'Nothing to import was found',
};

function explain(refusal: Refusal): string {
  const { code, ...data } = refusal;
  const hint =
    code === 'unreadable_file' && refusal.reason === 'encoding'
      ? ` Say --encoding ${encodings.join(' or --encoding ')}.`
      : '';
  const dates =
    code === 'invalid_input' && refusal.issues.some((issue) => issue.code === 'ambiguous')
      ? ' Say --dates mdy or --dates dmy.'
      : '';
  return `${sentences[code] ?? code}: ${JSON.stringify(data)}${hint}${dates}`;
}

async function tell(deps: Deps, batch: Batch, isDryRun: boolean): Promise<void> {
  const counts = Object.entries(batch.counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const verb = isDryRun ? 'would be' : 'rows';
  console.log(
    `${batch.kind.padEnd(14)} ${String(batch.rowCount).padStart(7)} ${verb}: ${counts.join(', ') || 'nothing'}  [${batch.id}]`,
  );
  for (const { outcome, reason, count } of await reasonCounts(deps.db, batch.id))
    if (outcome !== 'unchanged') console.log(`${' '.repeat(24)}${count} × ${outcome}: ${reason}`);
}

async function tellIncome(deps: Deps, currency: string): Promise<void> {
  for (const by of ['month', 'staff', 'all'] satisfies IncomeBy[]) {
    const lines = await incomeBy(deps.db, by, currency);
    if (lines.length === 0) return;
    console.log(`\nIncome before tax by ${by}, ${currency}`);
    for (const { key, amount, lineCount } of lines)
      console.log(`  ${key.padEnd(20)} ${amount.padStart(12)}  (${lineCount} lines)`);
  }
}

/** Runs one command and answers the exit code: 0 done, 1 refused, 2 misunderstood. */
export async function importCommand(
  deps: Deps,
  dataDir: string,
  positionals: readonly string[],
  options: Options,
): Promise<number> {
  try {
    return await understood(deps, dataDir, positionals, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function understood(
  deps: Deps,
  dataDir: string,
  [what = '', target = '']: readonly string[],
  options: Options,
): Promise<number> {
  const isDryRun = options['dry-run'] ?? false;
  const clinic = await deps.db.clinic.findFirst();
  const currency = options.currency ?? clinic?.currency ?? 'EUR';
  if (!/^[A-Z]{3}$/.test(currency))
    throw new UsageError('--currency needs three capital letters, such as CAD');
  if (what === 'list') {
    for (const { id, kind, fileName, status, counts } of await listImports(deps.db))
      console.log(`${id} ${kind.padEnd(14)} ${status.padEnd(9)} ${fileName} ${JSON.stringify(counts)}`);
    return 0;
  }
  if (what === 'undo') {
    const undoing = await startUndo(deps, system, { batchId: target });
    if (!undoing.ok) return refused(undoing.refusal);
    const batch = await settleImport(deps, target);
    console.log(`${batch.counts.removed ?? 0} removed, ${batch.counts.kept ?? 0} kept`);
    for (const { entityType, name, why } of await keptEffects(deps.db, target))
      console.log(`  kept ${entityType} ${name}: ${why}`);
    return 0;
  }
  if (!existsSync(target)) throw new UsageError(`${target || 'The file'} does not exist.\n\n${importUsage}`);
  if (what === 'salon') {
    if (isDryRun)
      throw new UsageError(
        'A folder has no dry run: its files build on one another. Check them one by one, or undo.',
      );
    if (!options.zone) throw new UsageError('--zone is needed: the time zone the salon’s clocks showed');
    const folder = path.resolve(target);
    const run = await importSalon(deps, system, {
      folder,
      dataDir,
      zone: options.zone,
      currency,
      locationName: options.location ?? nameOf(folder),
      durations: durationsFrom(options, salonDurations),
      onStep: (batch) => tell(deps, batch, false),
    });
    if (!run.ok) return refused(run.refusal);
    await tellIncome(deps, currency);
    return 0;
  }
  if (!isKind(what)) throw new UsageError(`"${what}" is nothing that can be imported.\n\n${importUsage}`);
  const location = await deps.db.location.findFirst({
    where: options.location ? { name: options.location } : { isActive: true },
    orderBy: { rank: 'asc' },
  });
  const newLocation =
    !location && options.location && options.zone ? { name: options.location, timeZone: options.zone } : null;
  const encoding = oneOf('encoding', options.encoding, encodings);
  const run = await runFile(deps, system, {
    dataDir,
    path: target,
    fileName: path.basename(target),
    kind: what,
    dryRun: isDryRun,
    ...(encoding ? { encoding } : {}),
    ...(options.delimiter ? { delimiter: options.delimiter === 'tab' ? '\t' : options.delimiter } : {}),
    adjust: (suggested) => ({
      ...suggested,
      currency,
      origin: options.origin ?? suggested.origin,
      columns: columnsFrom(what, options, suggested.columns),
      taxColumns: options.tax ?? suggested.taxColumns,
      dateOrder: oneOf('dates', options.dates, dateOrders) ?? suggested.dateOrder,
      decimalMark: oneOf('decimal', options.decimal, ['.', ','] as const) ?? suggested.decimalMark,
      locationId: needsLocation(what) ? (location?.id ?? null) : null,
      newLocation: needsLocation(what) ? newLocation : null,
      durations: durationsFrom(options, suggested.durations),
      notPeople: options.nobody ?? suggested.notPeople,
      createMissing: !(options['known-only'] ?? false),
    }),
  });
  if (!run.ok) return refused(run.refusal);
  await tell(deps, run.value, isDryRun);
  return run.value.status === 'failed' ? 1 : 0;
}

function refused(refusal: Refusal): number {
  console.error(explain(refusal));
  return 1;
}

/** "salon-2018" → "Salon 2018". */
const nameOf = (folder: string): string => {
  const words = path.basename(folder).replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
