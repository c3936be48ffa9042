/** The trail as it is read: what kinds of entries there are, what is asked for, and what of an entry is told to whom. */
import { z } from 'zod';
import { localDate } from './booking.ts';
import { id } from './field.ts';

/**
 * Kinds by the action's name; the first that fits, and whatever fits none is a change. Written as SQL's LIKE reads them: what is filtered
 * there is what is shown here, and a pattern costs next to nothing on a hundred thousand entries.
 */
export const kindPatterns = [
  ['refusal', ['%refus%', '%denied%', '%forbidden%', '%failed%', '%wrong%']],
  ['export', ['%.export%']],
  ['read', ['%.read', '%.reveal']],
  [
    'access',
    [
      'session.%',
      'device.%',
      'credential.%',
      'second_factor.%',
      'recovery_code%',
      'block.%',
      'account.sign%',
      'account.prove%',
      'account.re%',
      'account.ask_%',
      'account.lock%',
      'account.%pin%',
      'account.enter%',
    ],
  ],
] as const;
export type TrailKind = (typeof kindPatterns)[number][0] | 'change';
export const trailKinds = [
  'change',
  'read',
  'access',
  'refusal',
  'export',
] as const satisfies readonly TrailKind[];

const asRegExp = (like: string): RegExp =>
  new RegExp(`^${like.replaceAll('.', '[.]').replaceAll('_', '.').replaceAll('%', '.*')}$`);
const compiled = kindPatterns.map(([kind, patterns]) => [kind, patterns.map(asRegExp)] as const);

export const kindOf = (action: string): TrailKind =>
  compiled.find(([, patterns]) => patterns.some((pattern) => pattern.test(action)))?.[0] ?? 'change';

export const actorKinds = ['staff', 'client', 'nobody', 'system'] as const;

/** What the page filters by; null lets everything through. */
export const trailFilter = z.object({
  /** Local days of the clinic's first location, both included. */
  fromDate: localDate.nullable().default(null),
  toDate: localDate.nullable().default(null),
  actorId: id.nullable().default(null),
  actorKind: z.enum(actorKinds).nullable().default(null),
  kind: z.enum(trailKinds).nullable().default(null),
  subjectType: z
    .string()
    .regex(/^[a-z_]{1,40}$/, { error: 'unknown' })
    .nullable()
    .default(null),
  /** One record with its parts: a service with its techniques, a person with their hours. */
  recordId: id.nullable().default(null),
  clientId: id.nullable().default(null),
});
export type TrailFilter = z.output<typeof trailFilter>;

const cursor = z
  .string()
  .regex(/^\d{1,15}-\d{1,18}$/, { error: 'unknown' })
  .nullish();

export const trailListInput = trailFilter.extend({
  cursor,
  limit: z.number().int().min(1).max(200).default(50),
});
export const cardTrailInput = z.object({
  clientId: id,
  cursor,
  limit: z.number().int().min(1).max(100).default(20),
});
export const revealInput = z.object({ entryId: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** A value as it stood in a column: what is deeper than a list comes as its JSON. */
export type TrailValue = string | number | boolean | null | string[];

const isText = (value: unknown): value is string => typeof value === 'string';

export function trailValue(value: unknown): TrailValue {
  if (value === null || value === undefined) return null;
  if (isText(value) || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every(isText)) return value;
  return JSON.stringify(value);
}

export interface TrailChange {
  /** The column's name. */
  field: string;
  before: TrailValue;
  after: TrailValue;
}

export interface TrailDetail {
  changes: TrailChange[];
  /** What else was noted with the entry, by name. */
  facts: { field: string; value: TrailValue }[];
  /** Columns whose change is noted and never their value. */
  secrets: string[];
  /** Personal columns that changed; their values stand apart, encrypted. */
  personal: string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Columns have names in small letters; what the app notes besides has others, or is called `fields`. */
const isColumn = (field: string): boolean => field !== 'fields' && !/[A-Z]/.test(field);

/** What a trigger or the app wrote into an entry, sorted: `{column: [before, after]}`, `"changed"` for secrets, and plain facts. */
export function readDetail(detail: unknown): TrailDetail {
  const read: TrailDetail = { changes: [], facts: [], secrets: [], personal: [] };
  if (!isRecord(detail)) return read;
  for (const [field, value] of Object.entries(detail)) {
    if (field === 'personal' && Array.isArray(value)) read.personal = value.filter(isText);
    else if (value === 'changed') read.secrets.push(field);
    else if (isColumn(field) && Array.isArray(value) && value.length === 2)
      read.changes.push({ field, before: trailValue(value[0]), after: trailValue(value[1]) });
    else read.facts.push({ field, value: trailValue(value) });
  }
  return read;
}

/** What visits cost stands in these columns of a client's records, and what things cost the clinic in that of a product. */
const moneyColumns = new Set(['price_minor', 'cost_minor', 'techniques']);
const moneyTables = new Set(['appointment', 'appointment_item', 'product']);

/** Without the right to money it is absent here as everywhere. */
export const withoutMoney = (subjectType: string, detail: TrailDetail): TrailDetail =>
  moneyTables.has(subjectType)
    ? { ...detail, changes: detail.changes.filter(({ field }) => !moneyColumns.has(field)) }
    : detail;

/** Entries that wait for their seal are counted up to here: beyond it the number says nothing more. */
export const unsealedAtMost = 10_000;

/** What whoever sees a card is told of its history; how its client signs in, and who else reads it, is for who may view the trail. */
export const cardSubjects = ['client', 'client_tag', 'visit', 'appointment'] as const;
