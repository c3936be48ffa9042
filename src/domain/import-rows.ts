/** One row of cells → what it means, or why it means nothing. Pure; whether it can be done is decided with the database. */
import { z } from 'zod';
import { importFields, type ImportKind } from './import-kinds.ts';
import type { ImportSettings } from './import-settings.ts';
import { codeOf, personName, readClock, readDate, readDecimal, readFlag } from './import-values.ts';

/** Why a row is refused: nothing of it can be kept. */
export const refusedReasons = [
  'empty_field',
  'bad_date',
  'bad_time',
  'bad_number',
  'bad_minutes',
  'bad_flag',
  'too_long',
  'too_many_cells',
  'hidden_characters',
  'nobody',
] as const;
export type RefusedReason = (typeof refusedReasons)[number];

/** Why a row becomes history instead of a visit, or stays without one. */
export const historyReasons = [
  'no_client',
  'not_a_person',
  'unknown_service',
  'unknown_staff',
  'unknown_client',
  'overlap',
  'time_taken',
  'clock_gap',
  'no_visit_found',
] as const;
export type HistoryReason = (typeof historyReasons)[number];

const code = z.string();
const day = z.string();
/** What a row of each kind says once it is understood. Decimals are exact texts in major units; days YYYY-MM-DD. */
export const intentSchemas = {
  services: z.object({
    code,
    name: z.string(),
    category: z.string(),
    price: z.string().nullable(),
    minutes: z.number().nullable(),
    isActive: z.boolean(),
  }),
  products: z.object({
    code,
    name: z.string(),
    supplier: z.string().nullable(),
    brand: z.string().nullable(),
    category: z.string().nullable(),
    price: z.string(),
    cost: z.string(),
    onHand: z.string(),
    minimum: z.string(),
    maximum: z.string(),
    isActive: z.boolean(),
  }),
  staff: z.object({ code, name: z.string(), title: z.string().nullable() }),
  clients: z.object({
    code,
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    birthDate: day.nullable(),
    note: z.string().nullable(),
  }),
  bookings: z.object({
    clientCode: code.nullable(),
    staffCode: code.nullable(),
    staffName: z.string(),
    serviceCode: code,
    date: day,
    startMinute: z.number(),
    givenMinutes: z.number().nullable(),
  }),
  cancellations: z.object({
    clientCode: code.nullable(),
    staffCode: code.nullable(),
    staffName: z.string(),
    serviceCode: code.nullable(),
    date: day,
    cancelledOn: day.nullable(),
    cancelledBy: z.string().nullable(),
    daysBefore: z.number().nullable(),
  }),
  no_shows: z.object({
    clientCode: code.nullable(),
    staffCode: code.nullable(),
    staffName: z.string(),
    serviceCode: code.nullable(),
    date: day,
  }),
  receipts: z.object({
    receiptNumber: z.string().nullable(),
    date: day,
    description: z.string(),
    clientCode: code.nullable(),
    staffCode: code.nullable(),
    staffName: z.string(),
    quantity: z.string(),
    amount: z.string(),
    taxes: z.record(z.string(), z.string()),
  }),
} as const;
export type Intent<K extends ImportKind> = z.infer<(typeof intentSchemas)[K]>;
export type AnyIntent = { [K in ImportKind]: Intent<K> }[ImportKind];

export type ReadRow =
  | {
      ok: true;
      intent: AnyIntent;
      /** What makes the row the same row in another export of the same system. */
      identity: string;
      /** Rows worked out together, and their order; null: by identity. */
      group: string | null;
      order: string;
    }
  | { ok: false; reason: RefusedReason; field: string };

class Unreadable extends Error {
  readonly reason: RefusedReason;
  readonly field: string;
  constructor(reason: RefusedReason, field: string) {
    super(reason);
    this.reason = reason;
    this.field = field;
  }
}

const maxTextLength = 2_000;
// Control characters and the replacement character: what a wrong encoding leaves behind.
const hidden = /[^\P{Cc}\t\n\r]|\ufffd/u;

/** A reader of rows for one file's header and settings. */
export function rowReader(
  header: readonly string[],
  settings: ImportSettings,
): (cells: readonly string[]) => ReadRow {
  const places = new Map<string, number>();
  for (const { name } of importFields[settings.kind]) {
    const column = settings.columns[name];
    if (column !== undefined) places.set(name, header.indexOf(column));
  }
  const taxes = settings.taxColumns.map((name) => [name, header.indexOf(name)] as const);
  const nobody = new Set(settings.notPeople.map(codeOf));
  const order = settings.dateOrder ?? 'ymd';

  return (cells) => {
    const text = (name: string): string => (cells[places.get(name) ?? -1] ?? '').trim();
    const need = (name: string): string => {
      const value = text(name);
      if (value === '') throw new Unreadable('empty_field', name);
      return value;
    };
    const optional = (name: string): string | null => text(name) || null;
    const dateAt = (name: string) => {
      const read = readDate(need(name), order);
      if (!read) throw new Unreadable('bad_date', name);
      return read;
    };
    const dateOrNull = (name: string): string | null => (text(name) === '' ? null : dateAt(name).date);
    const clockOf = (value: string, name: string): number => {
      const minute = readClock(value);
      if (minute === null) throw new Unreadable('bad_time', name);
      return minute;
    };
    const decimal = (name: string, value = text(name)): string | null => {
      if (value === '') return null;
      const read = readDecimal(value, settings.decimalMark);
      if (read === null) throw new Unreadable('bad_number', name);
      return read;
    };
    const minutes = (name: string, least: number): number | null => {
      const value = text(name);
      if (value === '') return null;
      const clock = /^\d{1,2}:\d{2}(:\d{2})?$/.test(value) ? readClock(value) : null;
      const read = clock ?? (/^\d{1,4}(\.0+)?$/.test(value) ? Number(value) : null);
      if (read === null || read < least || read > 1440) throw new Unreadable('bad_minutes', name);
      return read;
    };
    const days = (name: string): number | null => {
      const value = text(name);
      if (value === '') return null;
      // Negative where it was cancelled after the day.
      if (!/^-?\d{1,4}$/.test(value)) throw new Unreadable('bad_number', name);
      return Number(value);
    };
    const flag = (name: string): boolean => {
      const value = text(name);
      const read = value === '' ? true : readFlag(value);
      if (read === null) throw new Unreadable('bad_flag', name);
      return read;
    };
    const person = (name: string): string | null => {
      const found = codeOf(text(name));
      return found === '' || nobody.has(found) ? null : found;
    };
    const make: { [K in ImportKind]: () => Intent<K> } = {
      services: () => ({
        code: codeOf(need('code')),
        name: text('name') || need('code'),
        category: text('category') || '—',
        price: decimal('price'),
        minutes: minutes('minutes', 5),
        isActive: flag('isActive'),
      }),
      products: () => ({
        code: codeOf(need('code')),
        name: text('name') || need('code'),
        supplier: optional('supplier'),
        brand: optional('brand'),
        category: optional('category'),
        price: decimal('price') ?? '0',
        cost: decimal('cost') ?? '0',
        onHand: decimal('onHand') ?? '0',
        minimum: decimal('minimum') ?? '0',
        maximum: decimal('maximum') ?? '0',
        isActive: flag('isActive'),
      }),
      staff: () => ({
        code: codeOf(need('staff')),
        name: personName(need('staff')),
        title: optional('title'),
      }),
      clients: () => {
        const [first = '', ...rest] = text('fullName').split(/\s+/);
        return {
          code: codeOf(need('clientCode')),
          firstName: text('firstName') || first || need('clientCode'),
          lastName: text('lastName') || (text('firstName') ? '' : rest.join(' ')),
          email: optional('email')?.toLowerCase() ?? null,
          phone: optional('phone'),
          birthDate: dateOrNull('birthDate'),
          note: optional('note'),
        };
      },
      bookings: () => {
        const { date, clock } = dateAt('date');
        const startMinute =
          text('time') === '' && clock !== null ? clockOf(clock, 'date') : clockOf(need('time'), 'time');
        const endMinute = text('endTime') === '' ? null : clockOf(text('endTime'), 'endTime');
        if (endMinute !== null && endMinute === startMinute) throw new Unreadable('bad_minutes', 'endTime');
        const length = endMinute === null ? null : (endMinute - startMinute + 1440) % 1440;
        return {
          clientCode: person('clientCode'),
          staffCode: person('staff'),
          staffName: personName(need('staff')),
          serviceCode: codeOf(need('serviceCode')),
          date,
          startMinute,
          givenMinutes: minutes('minutes', 1) ?? length,
        };
      },
      cancellations: () => ({
        clientCode: person('clientCode'),
        staffCode: person('staff'),
        staffName: personName(text('staff')),
        serviceCode: codeOf(text('serviceCode')) || null,
        date: dateAt('date').date,
        cancelledOn: dateOrNull('cancelledOn'),
        cancelledBy: optional('cancelledBy'),
        daysBefore: days('daysBefore'),
      }),
      no_shows: () => ({
        clientCode: person('clientCode'),
        staffCode: person('staff'),
        staffName: personName(text('staff')),
        serviceCode: codeOf(text('serviceCode')) || null,
        date: dateAt('date').date,
      }),
      receipts: () => ({
        receiptNumber: optional('receiptNumber'),
        date: dateAt('date').date,
        description: text('description'),
        clientCode: person('clientCode'),
        staffCode: person('staff'),
        staffName: personName(text('staff')),
        quantity: decimal('quantity') ?? '1',
        amount: decimal('amount', need('amount')) ?? '0',
        taxes: Object.fromEntries(
          taxes.map(([name, at]) => [name, decimal(name, (cells[at] ?? '').trim()) ?? '0']),
        ),
      }),
    };
    try {
      if (cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== ''))
        throw new Unreadable('too_many_cells', String(cells.length));
      for (const [at, cell] of cells.entries()) {
        if (cell.length > maxTextLength) throw new Unreadable('too_long', header[at] ?? '');
        if (hidden.test(cell)) throw new Unreadable('hidden_characters', header[at] ?? '');
      }
      if (settings.kind === 'staff' && nobody.has(codeOf(need('staff'))))
        throw new Unreadable('nobody', 'staff');
      if (settings.kind === 'clients' && nobody.has(codeOf(need('clientCode'))))
        throw new Unreadable('nobody', 'clientCode');
      return placed(settings.kind, make[settings.kind]());
    } catch (error) {
      if (error instanceof Unreadable) return { ok: false, reason: error.reason, field: error.field };
      throw error;
    }
  };
}

/** Records are known by their code; events by all they say, since two may be alike. */
export const isRecordKind = (kind: ImportKind): boolean =>
  kind === 'services' || kind === 'products' || kind === 'staff' || kind === 'clients';

function placed(kind: ImportKind, intent: AnyIntent): ReadRow {
  if ('code' in intent) return { ok: true, intent, identity: intent.code, group: intent.code, order: '' };
  const identity = JSON.stringify({ ...intent, staffName: codeOf(intent.staffName) });
  const group = kind === 'receipts' ? null : `${intent.date}|${codeOf(intent.staffName)}`;
  const order = 'startMinute' in intent ? String(intent.startMinute).padStart(4, '0') : '';
  return { ok: true, intent, identity, group, order };
}
