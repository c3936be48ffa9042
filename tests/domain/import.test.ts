import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursAround, layOutDay, minutesByRule } from '../../src/domain/import-durations.ts';
import { guessColumns, guessKind, guessTaxColumns } from '../../src/domain/import-kinds.ts';
import { rowReader } from '../../src/domain/import-rows.ts';
import { checkSettings, type FileShape, suggestSettings } from '../../src/domain/import-settings.ts';
import {
  type DateEvidence,
  judgeDates,
  noEvidence,
  personName,
  readClock,
  readDate,
  readDecimal,
  weighDate,
} from '../../src/domain/import-values.ts';

const weighed = (...texts: string[]): DateEvidence => {
  const evidence = noEvidence();
  for (const text of texts) weighDate(evidence, text);
  return evidence;
};

describe('dates', () => {
  it('are read in the order they were said to be in, and only if the day exists', () => {
    expect(readDate('03/04/2018', 'mdy')?.date).toBe('2018-03-04');
    expect(readDate('03/04/2018', 'dmy')?.date).toBe('2018-04-03');
    expect(readDate('3.4.18', 'dmy')?.date).toBe('2018-04-03');
    expect(readDate('2018-04-03', 'mdy')?.date).toBe('2018-04-03');
    expect(readDate('2018-04-03T15:20:00', 'ymd')).toEqual({ date: '2018-04-03', clock: '15:20:00' });
    for (const text of ['02/30/2018', '13/13/2018', '0/1/2018', '2018/1', 'June 1', '', '1/1/1'])
      expect(readDate(text, 'mdy'), text).toBeNull();
  });

  it('speak for an order by the values only one order explains, and are ambiguous where none does', () => {
    expect(judgeDates([weighed('03/14/2018', '04/05/2018')])).toBe('mdy');
    expect(judgeDates([weighed('14/03/2018', '04/05/2018')])).toBe('dmy');
    expect(judgeDates([weighed('03/04/2018', '05/06/2018')])).toBe('ambiguous');
    expect(judgeDates([weighed('05/05/2018')])).toBe('mdy');
    expect(judgeDates([weighed('2018-05-06')])).toBe('ymd');
    expect(judgeDates([weighed('no date')])).toBeNull();
  });
});

describe('clocks and decimals', () => {
  it('reads the clocks old systems write', () => {
    for (const [text, minute] of [
      ['3:50:00 PM', 950],
      ['12:00 AM', 0],
      ['12:05 pm', 725],
      ['15:50', 950],
      ['1550', 950],
      ['9.05', 545],
      ['9:05 a.m.', 545],
    ] as const)
      expect(readClock(text), text).toBe(minute);
    for (const text of ['25:00', '13:00 PM', '9:60', '0:30 PM', 'noon', '', '9'])
      expect(readClock(text), text).toBeNull();
  });

  it('keeps decimals exact, fractions of a cent included, in either notation', () => {
    for (const [text, mark, value] of [
      ['1,234.50', '.', '1234.5'],
      ['1.234,50', ',', '1234.5'],
      ['-5', '.', '-5'],
      ['(12.50)', '.', '-12.5'],
      ['$82', '.', '82'],
      ['12,50 €', ',', '12.5'],
      ['0.61725', '.', '0.61725'],
      ['007', '.', '7'],
      ['-0.00', '.', '0'],
      ['1 234,5', ',', '1234.5'],
    ] as const)
      expect(readDecimal(text, mark), text).toBe(value);
    for (const [text, mark] of [
      ['1,23', '.'],
      ['1.23', ','],
      ['1,2345', '.'],
      ['abc', '.'],
      ['', '.'],
      ['1e9', '.'],
      ['1.2.3', '.'],
      ['123456789', '.'],
      ['=1+1', '.'],
    ] as const)
      expect(readDecimal(text, mark), text).toBeNull();
  });

  it('gives back any amount it was given, to the millionth', () => {
    const amount = fc.tuple(
      fc.boolean(),
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.integer({ min: 0, max: 999_999 }),
    );
    fc.assert(
      fc.property(amount, ([negative, whole, millionths]) => {
        const text = `${negative ? '-' : ''}${whole}.${String(millionths).padStart(6, '0')}`;
        expect(Number(readDecimal(text, '.'))).toBe(Number(text) === 0 ? 0 : Number(text));
      }),
    );
  });

  it('writes shouted names as a person would and leaves initials', () => {
    expect([personName('BECKY'), personName('JJ'), personName(' anna  maria '), personName('ОЛЬГА')]).toEqual(
      ['Becky', 'JJ', 'anna maria', 'Ольга'],
    );
  });
});

describe('durations', () => {
  it('takes the service’s rule, then the category’s, then the price list’s, then the default', () => {
    const rule = {
      byCategory: { COLOR: 120 },
      byService: { TONE: 30 },
      defaultMinutes: 45,
      shrinkToMinutes: 15,
    };
    expect(minutesByRule(rule, 'TONE', 'Color', 60)).toBe(30);
    expect(minutesByRule(rule, 'DYE', 'Color', 60)).toBe(120);
    expect(minutesByRule(rule, 'CUT', 'Style', 60)).toBe(60);
    expect(minutesByRule(rule, 'CUT', 'Style', null)).toBe(45);
  });

  it('cuts a booking to the next start, not below the least, and never what the old system said', () => {
    const day = [
      { start: 600, minutes: 60 },
      { start: 620, minutes: 60 },
      { start: 625, minutes: 30 },
    ];
    expect(layOutDay(day, 15)).toEqual([{ minutes: 20 }, { minutes: 60 }, null]);
    expect(layOutDay(day, null)).toEqual([{ minutes: 60 }, null, null]);
    expect(
      layOutDay(
        [
          { start: 600, minutes: 60, isGiven: true },
          { start: 630, minutes: 15 },
        ],
        15,
      ),
    ).toEqual([{ minutes: 60 }, null]);
  });

  it('never lays two visits over each other, never moves one and never cuts below the least', () => {
    const booking = fc.record({
      start: fc.integer({ min: 0, max: 200 }),
      minutes: fc.integer({ min: 5, max: 120 }),
    });
    fc.assert(
      fc.property(
        fc.array(booking, { maxLength: 30 }),
        fc.integer({ min: 5, max: 60 }),
        (bookings, least) => {
          const day = bookings.toSorted((a, b) => a.start - b.start);
          const placed = layOutDay(day, least).flatMap((place, at) =>
            place ? [{ start: day[at]?.start ?? 0, wanted: day[at]?.minutes ?? 0, ...place }] : [],
          );
          for (const [at, { start, minutes, wanted }] of placed.entries()) {
            expect(minutes).toBeLessThanOrEqual(wanted);
            expect(minutes).toBeGreaterThanOrEqual(Math.min(least, wanted));
            expect(start + minutes).toBeLessThanOrEqual(placed[at + 1]?.start ?? Number.POSITIVE_INFINITY);
          }
          if (day.length > 0) expect(placed.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('draws hours around visits to the half hour', () => {
    expect(
      hoursAround([
        { startMinute: 605, endMinute: 640 },
        { startMinute: 700, endMinute: 1121 },
      ]),
    ).toEqual({ startMinute: 600, endMinute: 1140 });
    expect(hoursAround([])).toBeNull();
  });
});

describe('what a header says', () => {
  it.each([
    ['services', 'list.csv', ['IsActive', 'Code', 'Desc', 'Cate', 'Price', 'Cost']],
    ['products', 'list.csv', ['Code', 'Description', 'Supplier', 'Brand', 'Price', 'On Hand', 'Minimum']],
    ['bookings', 'list.csv', ['Code', 'Staff', 'Service', 'Date', 'Time', 'TimeInt']],
    [
      'cancellations',
      'list.csv',
      ['Cancel Date', 'Code', 'Service', 'Staff', 'Booking Date', 'Canceled By', 'Days'],
    ],
    ['no_shows', 'no-shows.csv', ['Date', 'Code', 'Service', 'Staff']],
    [
      'receipts',
      'list.csv',
      ['Receipt', 'Date', 'Description', 'Client', 'Staff', 'Quantity', 'Amount', 'GST', 'PST'],
    ],
    ['clients', 'list.csv', ['Customer', 'First name', 'Last name', 'E-mail', 'Phone']],
    ['bookings', 'визиты.csv', ['Клиент', 'Мастер', 'Услуга', 'Дата', 'Время']],
  ] as const)('looks like %s', (kind, fileName, header) => expect(guessKind(header, fileName)).toBe(kind));

  it('is nothing known where required columns are missing', () =>
    expect(guessKind(['foo', 'bar'], 'x.csv')).toBeNull());

  it('names columns once each, taxes apart', () => {
    expect(guessColumns('cancellations', ['Cancel Date', 'Code', 'Booking Date'])).toEqual({
      cancelledOn: 'Cancel Date',
      clientCode: 'Code',
      date: 'Booking Date',
    });
    expect(guessTaxColumns(['Amount', 'GST', 'P.S.T.', 'НДС'])).toEqual(['GST', 'P.S.T.', 'НДС']);
  });
});

const column = (name: string, dates = noEvidence()) => ({
  name,
  filled: 1,
  samples: [],
  dates,
  marks: { point: 0, comma: 0 },
});
const shapeOf = (...columns: FileShape['columns']): FileShape => ({
  format: 'csv',
  encoding: 'utf-8',
  previews: [],
  delimiter: ',',
  sheet: null,
  columns,
  rowCount: 1,
});
const house = { locationId: '11111111-1111-4111-8111-111111111111', currency: 'EUR', origin: 'old' };
const bookingColumns = ['Code', 'Staff', 'Service', 'Time'].map((name) => column(name));

describe('settings', () => {
  it('ask for the order of dates where the file leaves it open, and not where it does not', () => {
    const open = shapeOf(...bookingColumns, column('Date', weighed('03/04/2018', '05/06/2018')));
    const settings = suggestSettings('bookings', open, house);
    expect(settings.dateOrder).toBeNull();
    expect(checkSettings(settings, open)).toEqual([{ path: 'dateOrder', code: 'ambiguous' }]);
    expect(checkSettings({ ...settings, dateOrder: 'dmy' }, open)).toEqual([]);
    const clear = shapeOf(...bookingColumns, column('Date', weighed('03/14/2018')));
    expect(suggestSettings('bookings', clear, house).dateOrder).toBe('mdy');
  });

  it('name every column that is missing, unknown or used twice', () => {
    const shape = shapeOf(column('Code'), column('Date'));
    const settings = suggestSettings('bookings', shape, house);
    expect(checkSettings(settings, shape)).toEqual([
      { path: 'columns.staff', code: 'required' },
      { path: 'columns.serviceCode', code: 'required' },
    ]);
    const odd = {
      ...settings,
      columns: { ...settings.columns, staff: 'Code', serviceCode: 'Nowhere', mood: 'Date' },
    };
    expect(checkSettings(odd, shape).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'columns.staff taken',
      'columns.serviceCode unknown',
      'columns.mood unknown',
    ]);
  });

  it('want a zone that exists for a new location', () => {
    const shape = shapeOf(...bookingColumns, column('Date', weighed('2018-05-06')));
    const settings = {
      ...suggestSettings('bookings', shape, house),
      locationId: null,
      newLocation: { name: 'Old house', timeZone: 'Moon/Sea' },
    };
    expect(checkSettings(settings, shape)).toEqual([{ path: 'newLocation.timeZone', code: 'unknown' }]);
    expect(checkSettings({ ...settings, newLocation: null }, shape)).toEqual([
      { path: 'locationId', code: 'required' },
    ]);
  });
});

describe('rows', () => {
  const header = ['Code', 'Staff', 'Service', 'Date', 'Time'];
  const shape = shapeOf(
    ...header.map((name) => column(name, name === 'Date' ? weighed('03/14/2018') : noEvidence())),
  );
  const read = rowReader(header, suggestSettings('bookings', shape, house));

  it('say what they mean', () => {
    expect(read([' junj01 ', 'BECKY', 'con', '03/14/2018', '3:50 PM'])).toMatchObject({
      ok: true,
      intent: {
        clientCode: 'JUNJ01',
        staffCode: 'BECKY',
        staffName: 'Becky',
        serviceCode: 'CON',
        date: '2018-03-14',
        startMinute: 950,
      },
      group: '2018-03-14|BECKY',
    });
  });

  it('take the house for nobody and an empty code for none', () => {
    expect(read(['', 'HOUSE', 'CON', '03/14/2018', '15:50'])).toMatchObject({
      ok: true,
      intent: { clientCode: null, staffCode: null },
    });
  });

  it.each([
    [['A', 'B', 'C', '02/30/2018', '15:50'], 'bad_date', 'date'],
    [['A', 'B', 'C', '03/14/2018', 'noon'], 'bad_time', 'time'],
    [['A', 'B', '', '03/14/2018', '15:50'], 'empty_field', 'serviceCode'],
    [['A', 'B', 'C', '03/14/2018', '15:50', 'more'], 'too_many_cells', '6'],
    [['A', 'B', 'C\u0001', '03/14/2018', '15:50'], 'hidden_characters', 'Service'],
    [['A', 'B', 'Caf\ufffd', '03/14/2018', '15:50'], 'hidden_characters', 'Service'],
    [['A', 'B', 'C'.repeat(3000), '03/14/2018', '15:50'], 'too_long', 'Service'],
  ])('are refused with a reason: %j', (cells, reason, field) =>
    expect(read(cells)).toEqual({ ok: false, reason, field }),
  );

  it('are the same row however they are written', () => {
    const other = rowReader(header, { ...suggestSettings('bookings', shape, house), dateOrder: 'dmy' });
    const one = read(['JUNJ01', 'BECKY', 'CON', '03/14/2018', '3:50:00 PM']);
    const two = other(['junj01', 'becky', 'con', '14.03.2018', '15:50']);
    expect(one.ok && two.ok && one.identity === two.identity).toBe(true);
    expect(one.ok && two.ok && one.group === two.group && one.order === two.order).toBe(true);
  });
});
