/** Everything the trail can hold has words: what the triggers note, what the app notes, and every column that can change. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import english from '../src/messages/en/trail.json';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const migration =
  read('prisma/migrations/20261123000300_trail/migration.sql') +
  read('prisma/migrations/20261123000500_schemes/migration.sql');
const schema = read('prisma/schema.prisma');

type Words = Readonly<Record<string, unknown>>;
const actions: Readonly<Record<string, Words>> = english.actions;
const hasWords = (action: string): boolean => {
  const [noun = '', ...verb] = action.split('.');
  return typeof actions[noun]?.[verb.join('.')] === 'string';
};

/** `['client', 'id', 'id', '…', '', 'updated_at']` of the triggers' lists, of which the latest counts, and the tables that have triggers of their own. */
const idleOf = new Map(
  [...migration.matchAll(/\['(\w+)', '\w+', '\w*', '[\w,]*', '[\w,]*', '([\w,]*)'\]/g)].map((row) => [
    row[1] ?? '',
    (row[2] ?? '').split(','),
  ]),
);
const noted = [
  ...[...idleOf].map(([table, idle]) => ({ table, idle })),
  { table: 'appointment', idle: ['updated_at', 'created_at', 'version', 'holder_key', 'held_until'] },
  { table: 'appointment_item', idle: ['id', 'appointment_id', 'position'] },
];

/** The columns of a table as the schema names them. */
function columnsOf(table: string): string[] {
  const model = [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].find(([, body]) =>
    body?.includes(`@@map("${table}")`),
  )?.[1];
  if (model === undefined) throw new Error(`no model for ${table}`);
  return model.split('\n').flatMap((line) => {
    const [, name, type] = /^ {2}(\w+) +([A-Z]\w*)(?:\[\])?\??/.exec(line) ?? [];
    const isScalar = ['String', 'Int', 'Boolean', 'DateTime', 'Json', 'Decimal', 'BigInt', 'Bytes'].includes(
      type ?? '',
    );
    if (name === undefined || !isScalar) return [];
    return [/@map\("(\w+)"\)/.exec(line)?.[1] ?? name];
  });
}

describe('words for the trail', () => {
  test('the list of what is noted is found', () => expect(noted.length).toBeGreaterThan(25));

  test.each(noted.map(({ table }) => table))('%s: added, changed, removed', (table) => {
    for (const verb of ['insert', 'update', 'delete']) expect(hasWords(`${table}.${verb}`)).toBe(true);
    expect(Object.keys(english.subjects)).toContain(table);
  });

  test.each(noted.map(({ table, idle }) => [table, idle] as const))('%s: every column', (table, idle) => {
    const fields: Words = english.fields;
    expect(columnsOf(table).filter((column) => !idle.includes(column) && !(column in fields))).toEqual([]);
  });

  test('what the app notes', () => {
    const found = globSync('src/{server,api}/**/*.ts', { cwd: root }).flatMap((file) =>
      [...read(file).matchAll(/\baction: '([a-z_]+\.[a-z_.]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter((action) => !hasWords(action))).toEqual([]);
  });
});
