/** How a file is to be read: one schema for the form, the procedure, the command line and the batch's row. */
import { z } from 'zod';
import type { FieldIssue } from './field-issue.ts';
import { durationRule } from './import-durations.ts';
import { guessColumns, guessTaxColumns, importFields, type ImportKind, importKinds } from './import-kinds.ts';
import { type DateEvidence, dateOrders, judgeDates } from './import-values.ts';
import { isKnownZone } from './zone.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** What was found in a column, over all its values. */
export const columnShape = z.object({
  name: z.string(),
  filled: z.number().int(),
  samples: z.array(z.string()),
  dates: z.object({ mdy: z.number(), dmy: z.number(), ymd: z.number(), differing: z.number() }),
  marks: z.object({ point: z.number(), comma: z.number() }),
});
export type ColumnShape = z.infer<typeof columnShape>;

/** What was found in a file. Without an encoding a person has to choose one: the bytes are not UTF-8. */
export const fileShape = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.enum(encodings).nullable(),
  /** Where the encoding is open: the first lines as each of the possible ones would read them. */
  previews: z.array(z.object({ encoding: z.enum(encodings), lines: z.array(z.string()) })).default([]),
  delimiter: z.string().length(1).nullable(),
  sheet: z.string().nullable(),
  columns: z.array(columnShape),
  rowCount: z.number().int(),
});
export type FileShape = z.infer<typeof fileShape>;

const currencyCode = z.string().regex(/^[A-Z]{3}$/, { error: 'invalid' });

export const importSettings = z.object({
  kind: z.enum(importKinds),
  /** The old system's name; rows and codes of one system are one namespace. */
  origin: z.string().trim().min(1, { error: 'required' }).max(60, { error: 'too_long' }),
  /** Field → column. */
  columns: z.record(z.string().max(40), z.string().max(200)),
  taxColumns: z.array(z.string().max(200)).max(10).default([]),
  dateOrder: z.enum(dateOrders).nullable(),
  decimalMark: z.enum(['.', ',']),
  /** Where staff and visits go; a name and a zone make a new one. */
  locationId: z.uuid().nullable(),
  newLocation: z
    .object({
      name: z.string().trim().min(1, { error: 'required' }).max(80, { error: 'too_long' }),
      timeZone: z.string().max(60),
    })
    .nullable(),
  currency: currencyCode,
  durations: durationRule,
  /** Codes that stand for nobody, such as the house's own till. */
  notPeople: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  /** Make clients and staff that the rows name and nobody has yet. */
  createMissing: z.boolean().default(true),
});
export type ImportSettings = z.infer<typeof importSettings>;

export const needsLocation = (kind: ImportKind): boolean => kind === 'staff' || kind === 'bookings';
const hasDates = (settings: Pick<ImportSettings, 'kind' | 'columns'>): boolean =>
  importFields[settings.kind].some(
    ({ name, type }) => type === 'date' && settings.columns[name] !== undefined,
  );

const evidenceFor = (
  settings: Pick<ImportSettings, 'kind' | 'columns'>,
  shape: FileShape,
): DateEvidence[] => {
  const dateColumns = importFields[settings.kind].flatMap(({ name, type }) =>
    type === 'date' ? [settings.columns[name]] : [],
  );
  return shape.columns.flatMap(({ name, dates }) => (dateColumns.includes(name) ? [dates] : []));
};

/** The order the mapped date columns speak for, or that a person must say it. */
export const dateOrderOf = (settings: Pick<ImportSettings, 'kind' | 'columns'>, shape: FileShape) =>
  judgeDates(evidenceFor(settings, shape));

/** Settings a file suggests for a kind; what it can't tell is left for a person. */
export function suggestSettings(
  kind: ImportKind,
  shape: FileShape,
  house: { locationId: string | null; currency: string; origin: string },
): ImportSettings {
  const header = shape.columns.map(({ name }) => name);
  const columns = guessColumns(kind, header);
  const order = dateOrderOf({ kind, columns }, shape);
  const amounts = importFields[kind].flatMap(({ name, type }) => (type === 'decimal' ? [columns[name]] : []));
  const marks = shape.columns.filter(({ name }) => amounts.includes(name)).map((column) => column.marks);
  const point = marks.reduce((sum, votes) => sum + votes.point, 0);
  const comma = marks.reduce((sum, votes) => sum + votes.comma, 0);
  return {
    kind,
    origin: house.origin,
    columns,
    taxColumns: kind === 'receipts' ? guessTaxColumns(header) : [],
    dateOrder: order === 'ambiguous' ? null : order,
    decimalMark: comma > point || (comma === point && shape.delimiter === ';') ? ',' : '.',
    locationId: needsLocation(kind) ? house.locationId : null,
    newLocation: null,
    currency: house.currency,
    durations: durationRule.parse({}),
    notPeople: ['HOUSE'],
    createMissing: true,
  };
}

/** What keeps these settings from fitting this file, field by field; empty where they fit. */
export function checkSettings(settings: ImportSettings, shape: FileShape): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const header = new Set(shape.columns.map(({ name }) => name));
  const users = new Map<string, string>();
  for (const { name, required } of importFields[settings.kind]) {
    const column = settings.columns[name];
    if (column === undefined) {
      if (required) issues.push({ path: `columns.${name}`, code: 'required' });
      continue;
    }
    if (!header.has(column)) issues.push({ path: `columns.${name}`, code: 'unknown' });
    if (users.has(column)) issues.push({ path: `columns.${name}`, code: 'taken' });
    users.set(column, name);
  }
  const known = new Set(importFields[settings.kind].map(({ name }) => name));
  for (const name of Object.keys(settings.columns)) {
    if (!known.has(name)) issues.push({ path: `columns.${name}`, code: 'unknown' });
  }
  for (const column of settings.taxColumns) {
    if (!header.has(column) || users.has(column)) issues.push({ path: 'taxColumns', code: 'unknown' });
  }
  if (hasDates(settings) && settings.dateOrder === null && dateOrderOf(settings, shape) === 'ambiguous')
    issues.push({ path: 'dateOrder', code: 'ambiguous' });
  if (needsLocation(settings.kind) && settings.locationId === null && settings.newLocation === null)
    issues.push({ path: 'locationId', code: 'required' });
  if (settings.newLocation && !isKnownZone(settings.newLocation.timeZone))
    issues.push({ path: 'newLocation.timeZone', code: 'unknown' });
  if (shape.encoding === null && shape.format === 'csv') issues.push({ path: 'encoding', code: 'required' });
  return issues;
}
