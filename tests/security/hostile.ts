/** Inputs made from what a procedure says it takes: almost right, slightly poisoned, and plain garbage. Same seed, same inputs. */
import { randomUUID } from 'node:crypto';
import { wire } from '../support/api-call.ts';
import type { DeclaredProcedure, Schema } from './procedures.ts';

export interface Random {
  /** 0 ≤ n < below. */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (below: number) => Math.floor(next() * below);
  return {
    whole,
    pick: (from) => {
      const value = from[whole(from.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

export const poisonedTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'before\u0000after',
  '\ud800',
  'half \udc00 pair',
  '\u202e\u2066\u200b',
  '\ufffe\uffff',
  'é'.normalize('NFD').repeat(50),
  '👩‍⚕️'.repeat(20),
  'x'.repeat(100_000),
  '%',
  '_%\\',
  "' OR 1=1 --",
  "'; DROP TABLE client; --",
  '") ; delete from claim',
  '${7*7}{{7*7}}',
  '../../../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '1e309',
  '-1',
  '0x10',
  '2026-02-30',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '-000001-01-01',
  '+275760-09-13',
  '2026-06-04T10:00:00Z',
  'Mars/Olympus',
  'Europe/Berlin\u0000',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '{00000000-0000-4000-8000-000000000001}',
  Buffer.from('["a\u0000","b","00000000-0000-4000-8000-000000000001"]').toString('base64url'),
  Buffer.from('["9999999999999999","00000000-0000-4000-8000-000000000001"]').toString('base64url'),
  Buffer.from('["+275760-09-13T00:00:00.000Z","00000000-0000-4000-8000-000000000001"]').toString('base64url'),
  '99999999999999999999',
  '18446744073709551616',
];
export const poisonedNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.5,
  1.0000000001,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  9_007_199_254_740_991,
  9_007_199_254_740_992,
  1e308,
  5e-324,
  8_640_000_000_000_000,
];
const poisonedDates = [
  new Date(Number.NaN),
  new Date(8.64e15),
  new Date(-8.64e15),
  new Date(-62_198_755_200_000),
  new Date(0),
];

const poison = (random: Random): unknown => {
  switch (random.whole(9)) {
    case 0:
    case 1:
    case 2:
      return random.pick(poisonedTexts);
    case 3:
    case 4:
      return random.pick(poisonedNumbers);
    case 5:
      return random.pick(poisonedDates);
    case 6:
      return random.pick<() => unknown>([
        () => null,
        () => undefined,
        () => true,
        () => [],
        () => ({}),
        () => [[]],
        () => 10n ** 30n,
        () => new Map([['a', '\u0000']]),
        () => new Set([1]),
        () => /(a+)+$/u,
        () => new URL('http://localhost/'),
      ])();
    case 7:
      return deep(random.pick([3, 50, 400]));
    default:
      return Array.from({ length: random.pick([1, 40, 5_000]) }, () =>
        random.pick(poisonedTexts.slice(0, 8)),
      );
  }
};

/** Bodies that no client of ours would ever write. */
const garbage: readonly string[] = [
  '',
  'null',
  '0',
  '"text"',
  '[]',
  '{',
  '{"json"',
  '{"json":{}}',
  '{"json":null,"meta":{"values":["undefined"]}}',
  '{"json":{"a":1},"meta":"x"}',
  '{"json":{"a":1},"meta":{"values":{"a":["nonsense"]}}}',
  '{"json":{"a":"zz"},"meta":{"values":{"a":["bigint"]}}}',
  '{"json":{"a":"/(/"},"meta":{"values":{"a":["regexp"]}}}',
  '{"json":{"a":"no address"},"meta":{"values":{"a":["URL"]}}}',
  '{"json":{"a":64000000},"meta":{"values":{"a":[["typed-array","Float64Array"]]}}}',
  '{"json":{"a":{}},"meta":{"values":{"a":[["class","Date"]]}}}',
  '{"json":{"a":{}},"meta":{"values":{"a":[["custom","x"]]}}}',
  '{"json":{"a":{"b":1}},"meta":{"values":{"__proto__.polluted":["undefined"]}}}',
  '{"json":{"a":{"b":1}},"meta":{"values":{"constructor.prototype.polluted":["undefined"]}}}',
  '{"json":{"a":{"b":1}},"meta":{"referentialEqualities":{"a":["a.b","__proto__.polluted"]}}}',
  '{"json":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
  '{"json":{"a":[1]},"meta":{"referentialEqualities":{"a":["a.0"]}}}',
  `{"json":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `{"json":{"a":"${'9'.repeat(50_000)}"},"meta":{"values":{"a":["bigint"]}}}`,
  '\u0000\u0001\u0002',
];

/** Ids that exist, so that inputs reach beyond the first look-up; by the ending of a property's name. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/** Texts of a form that no schema tells. */
const wellKnown: Readonly<Record<string, readonly string[]>> = {
  code: ['000000', '123456'],
  currency: ['EUR', 'JPY', 'KWD'],
  timeZone: ['Europe/Lisbon', 'Asia/Kathmandu'],
  accentColor: ['#336655'],
  phone: ['+351 912 345 678', ''],
  email: ['anna@example.com', 'new@example.com', 'Boris@Example.com '],
  firstName: ['Анна', "O'Neil"],
  lastName: ['', 'Réis'],
  password: ['a quiet morning'],
  dateFrom: ['2026-06-04', '2026-06-08'],
  dateTo: ['2026-06-04', '2026-06-12'],
  validFrom: ['2026-06-01'],
  validUntil: ['2026-12-31'],
  birthDate: ['1990-02-28', ''],
};

function plausibleText(schema: Schema, name: string, random: Random, ids: KnownIds): string {
  if (schema.format === 'uuid' || /Ids?$/.test(name)) {
    const known = ids[name.replace(/s$/, '')] ?? ids.id ?? [];
    return known.length > 0 && random.whole(5) > 0 ? random.pick(known) : randomUUID();
  }
  if (schema.format === 'date') return random.pick(['2026-06-04', '2026-06-05', '2026-10-25', '2027-02-28']);
  const known = wellKnown[name];
  if (known) return random.pick(known);
  const least = schema.minLength ?? 0;
  const text = random.pick([
    'Facial',
    'Анна',
    'Europe/Lisbon',
    'EUR',
    '#336655',
    '+351 912 345 678',
    'a quiet morning',
  ]);
  return `${text}${random.whole(10_000)}`.padEnd(least, 'x').slice(0, schema.maxLength ?? 200);
}

/** A value that the schema would let through, or nearly. */
export function plausible(schema: Schema, random: Random, ids: KnownIds, name = ''): unknown {
  if (schema.allOf) return plausible(schema.allOf.at(-1) ?? {}, random, ids, name);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return plausible(random.pick(choices), random, ids, name);
  if ('const' in schema) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (schema.format === 'js-date') return new Date(Date.UTC(2026, 5, 1 + random.whole(5)));
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key) || random.whole(3) > 0)
          .map(([key, value]) => [key, plausible(value, random, ids, key)]),
      );
    case 'array': {
      const least = schema.minItems ?? 0;
      const length = Math.min(schema.maxItems ?? 3, least + random.whole(3));
      return Array.from({ length }, () => plausible(schema.items ?? {}, random, ids, name));
    }
    case 'string':
      return plausibleText(schema, name, random, ids);
    case 'integer':
    case 'number': {
      if (/^(startsAt|endsAt)$/.test(name))
        return Date.UTC(2026, 5, 4, 7 + random.whole(8), random.whole(4) * 15);
      if (name === 'version') return 1 + random.whole(2);
      const from = Math.max(schema.minimum ?? 0, -1_000);
      const to = Math.min(schema.maximum ?? 1_000, from + 2_000);
      const step = schema.multipleOf ?? 1;
      return Math.ceil((from + random.whole(Math.max(1, to - from))) / step) * step;
    }
    case 'boolean':
      return random.whole(2) === 0;
    case 'null':
      return null;
    default:
      return random.pick<unknown>(['text', 7, null, {}]);
  }
}

interface Place {
  holder: object;
  key: string;
}

function places(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value, key });
    places(Reflect.get(value, key), found);
  }
  return found;
}

/** Tried a few times: what one field may be hangs on others. */
function accepted(procedure: DeclaredProcedure, input: Schema, random: Random, ids: KnownIds): unknown {
  let value: unknown;
  for (let tries = 0; tries < 25; tries++) {
    value = plausible(input, random, ids);
    if (procedure.accepts(value)) break;
  }
  return value;
}

/** The body of one attack: some as the procedure would have it, most with one or two poisoned places, some plain garbage. */
export function attackBody(procedure: DeclaredProcedure, random: Random, ids: KnownIds): string {
  const kind = random.whole(12);
  if (kind === 0) return random.pick(garbage);
  const value = procedure.input ? accepted(procedure, procedure.input, random, ids) : undefined;
  if (kind <= 2) return wire(value);
  const all = places(value);
  if (kind === 3 || all.length === 0) return wire(poison(random));
  const texts = all.filter(({ holder, key }) => typeof Reflect.get(holder, key) === 'string');
  for (let times = 1 + random.whole(2); times > 0; times--) {
    const { holder, key } = random.pick(all);
    if (kind === 4) Reflect.deleteProperty(holder, key);
    else if (kind === 5)
      Reflect.set(holder, random.pick(['extra', 'toString', 'where', 'orderBy']), poison(random));
    else if (kind <= 8 && texts.length > 0) {
      const place = random.pick(texts);
      Reflect.set(place.holder, place.key, poisonedText(random));
    } else Reflect.set(holder, key, poison(random));
  }
  return wire(value);
}

/** What no column takes comes up more often than the rest. */
const poisonedText = (random: Random): string =>
  random.whole(4) === 0
    ? random.pick(['visit\u0000note text', 'half a pair \ud800', '0000-01-01'])
    : random.pick(poisonedTexts);
