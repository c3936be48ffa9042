/** Both languages say the same things, with the same values, and no language with half of its plural forms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { locales } from '../src/i18n/locales.ts';

const root = join(import.meta.dirname, '../src/messages');
const areasOf = (locale: string): string[] =>
  readdirSync(join(root, locale))
    .filter((file) => file.endsWith('.json'))
    .sort();

type Tree = { [key: string]: string | Tree };

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((child) => typeof child === 'string' || isTree(child));

function read(locale: string, area: string): Tree {
  const value: unknown = JSON.parse(readFileSync(join(root, locale, area), 'utf8'));
  if (!isTree(value)) throw new Error(`${locale}/${area} holds something that is no text`);
  return value;
}

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Arguments and tags of a message: `count plural`, `name`, `b tag`; of a select also the cases it knows. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.argument:
        return [element.value];
      case TYPE.number:
      case TYPE.date:
      case TYPE.time:
        return [`${element.value} formatted`];
      case TYPE.tag:
        return [`${element.value} tag`, ...argumentsOf(element.children)];
      case TYPE.select: {
        const cases = Object.keys(element.options).sort();
        return [`${element.value} select ${cases.join(', ')}`, ...branches(element.options)];
      }
      case TYPE.plural:
        return [`${element.value} plural`, ...branches(element.options)];
      default:
        return [];
    }
  });
}

const branches = (options: Record<string, { value: MessageFormatElement[] }>): string[] =>
  Object.values(options).flatMap(({ value }) => argumentsOf(value));

/** The plural forms each `plural` of a message has. */
function pluralForms(elements: MessageFormatElement[]): { forms: string[]; ordinal: boolean }[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return pluralForms(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inner = Object.values(element.options).flatMap(({ value }) => pluralForms(value));
    if (element.type === TYPE.select) return inner;
    return [{ forms: Object.keys(element.options), ordinal: element.pluralType === 'ordinal' }, ...inner];
  });
}

test('every language has the same areas', () => {
  for (const locale of locales) expect(areasOf(locale), locale).toEqual(areasOf('en'));
});

describe.each(areasOf('en'))('%s', (area) => {
  const english = new Map(flatten(read('en', area)));

  test.each(locales)('%s has the same keys, none empty', (locale) => {
    const texts = flatten(read(locale, area));
    expect(texts.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test.each(locales)('%s takes the same values', (locale) => {
    for (const [key, text] of flatten(read(locale, area))) {
      const own = new Set(argumentsOf(parse(text)));
      expect(own, `${locale}/${area} ${key}`).toEqual(new Set(argumentsOf(parse(english.get(key) ?? ''))));
    }
  });

  test.each(locales)('%s has every plural form its grammar asks for', (locale) => {
    for (const [key, text] of flatten(read(locale, area))) {
      for (const { forms, ordinal } of pluralForms(parse(text))) {
        const rules = new Intl.PluralRules(locale, { type: ordinal ? 'ordinal' : 'cardinal' });
        const wanted = rules.resolvedOptions().pluralCategories;
        expect(forms, `${locale}/${area} ${key}`).toEqual(expect.arrayContaining(wanted));
      }
    }
  });
});
