/** Inputs aimed at one record: as a procedure would have them, with the ids of that record and the version it has. */
import { randomUUID } from 'node:crypto';
import { plausible, type Random } from './hostile.ts';
import { isIdName, tableOfId } from './nouns.ts';
import type { DeclaredProcedure, Schema } from './procedures.ts';
import type { Watch } from './watch.ts';

export interface Target {
  name: string;
  /** The ids that are meant, by table; of tables that aren't here any id will do. */
  ids: Readonly<Record<string, readonly string[]>>;
}

/** Tables whose rows are about somebody: only for these it matters whose they are. */
const personal = new Set([
  'client',
  'appointment',
  'visit',
  'message',
  'account',
  'session',
  'device',
  'history_entry',
  'scheme',
  'picture',
]);

function propertiesOf(schema: Schema, found: Set<string> = new Set()): Set<string> {
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    found.add(name);
    propertiesOf(inner, found);
  }
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    propertiesOf(inner, found);
  if (schema.items) propertiesOf(schema.items, found);
  return found;
}

export interface Quiver {
  watch: Watch;
  /** Every id there is, by table. */
  ids: ReadonlyMap<string, readonly string[]>;
  /** What nobody could guess, by field. */
  known: Readonly<Record<string, readonly unknown[]>>;
  random: Random;
  /** The how manieth try it is: of several records that are meant one is taken after the other. */
  turn?: number;
}

/** Whether a procedure asks about somebody's record at all. */
export function asksAboutSomebody({ path, input }: DeclaredProcedure, { ids }: Quiver): boolean {
  if (!input) return false;
  const tables = new Set(ids.keys());
  return [...propertiesOf(input)].some(
    (name) => isIdName(name) && personal.has(tableOfId(name, path, tables) ?? ''),
  );
}

/** Hours of working days to come at which somebody may be free; in the hour that nobody has planted. */
function startOf(random: Random): number {
  return Date.UTC(2026, 5, random.pick([4, 5, 8, 9, 11, 12]), 13 + random.whole(2), random.pick([0, 15, 30]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function pointAt(value: unknown, path: string, target: Target, quiver: Quiver): unknown {
  if (Array.isArray(value)) return value.map((each) => pointAt(each, path, target, quiver));
  if (!isRecord(value)) return value;
  const tables = new Set(quiver.ids.keys());
  const pick = (name: string): string => {
    const table = tableOfId(name, path, tables);
    const meant = name === 'accountCardId' ? target.ids.accountCard : table ? target.ids[table] : undefined;
    if (meant && meant.length > 0 && quiver.turn !== undefined)
      return meant[quiver.turn % meant.length] ?? randomUUID();
    const from = meant ?? (table ? quiver.ids.get(table) : undefined) ?? [];
    return from.length > 0 ? quiver.random.pick(from) : randomUUID();
  };
  /** A target that means no such record at all. */
  const isNone = (name: string): boolean => target.ids[tableOfId(name, path, tables) ?? '']?.length === 0;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]): [string, unknown] => {
      if (name === 'idempotencyKey') return [name, randomUUID()];
      if (name === 'startsAt' && typeof inner === 'number') return [name, startOf(quiver.random)];
      const known = quiver.known[name]?.filter((value) => typeof value === typeof inner);
      if (known && known.length > 0 && inner !== null) return [name, quiver.random.pick(known)];
      if (isIdName(name) && typeof inner === 'string') return [name, pick(name)];
      if (isIdName(name) && Array.isArray(inner)) {
        const wanted = isNone(name) ? [] : inner.map(() => pick(name));
        return [name, [...new Set(wanted)]];
      }
      return [name, pointAt(inner, path, target, quiver)];
    }),
  );
}

/** A change is refused where its record has moved on: every version is that of the record whose id stands beside it. */
async function bringUpToDate(value: unknown, path: string, quiver: Quiver): Promise<unknown> {
  if (Array.isArray(value)) {
    const fresh: unknown[] = [];
    for (const each of value) fresh.push(await bringUpToDate(each, path, quiver));
    return fresh;
  }
  if (!isRecord(value)) return value;
  const fresh: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) fresh[name] = await bringUpToDate(inner, path, quiver);
  const tables = new Set(quiver.ids.keys());
  const beside = Object.entries(fresh).filter(([name, id]) => isIdName(name) && typeof id === 'string');
  for (const [name, id] of beside) {
    const table = tableOfId(name, path, tables);
    if (!table) continue;
    const [row] = await quiver.watch.rows<{ row: Record<string, unknown> }>(
      // A person's version is that of the resource they are.
      `SELECT to_jsonb(t) AS row FROM "${table === 'specialist' ? 'resource' : table}" t WHERE id::text = $1`,
      [id],
    );
    const version = row?.row.version;
    const updatedAt = row?.row.updated_at;
    if ('version' in fresh && typeof version === 'number') fresh.version = version;
    if ('updatedAt' in fresh && typeof updatedAt === 'string') fresh.updatedAt = new Date(updatedAt);
  }
  return fresh;
}

const tries = 80;

/** An input that the procedure's checks let through and that means this record; null where none could be made. */
export async function aimed(
  procedure: DeclaredProcedure,
  target: Target,
  quiver: Quiver,
): Promise<{ input: unknown } | null> {
  const { input: schema, path } = procedure;
  if (!schema) return { input: undefined };
  for (let count = 0; count < tries; count++) {
    const drawn = schema.allOf?.map((part) => plausible(part, quiver.random, {})) ?? [];
    const whole = drawn.every(isRecord) ? Object.assign({}, ...drawn) : drawn.at(-1);
    const input = pointAt(whole, path, target, quiver);
    if (procedure.accepts(input)) return { input: await bringUpToDate(input, path, quiver) };
  }
  return null;
}
