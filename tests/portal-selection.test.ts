/** What a booking page knows before it asks anybody: its address, its questions, its days. */
import { describe, expect, test } from 'vitest';
import type { BookableService, Catalogue } from '../src/ui/booking/catalogue.ts';
import { addDays, byDay, daysBetween, nearest, partOf, wallOf } from '../src/ui/booking/days.ts';
import { estimateItem } from '../src/ui/booking/estimate.ts';
import {
  emptySelection,
  readSelection,
  type Selection,
  writeSelection,
} from '../src/ui/booking/selection.ts';
import { settled, stepsOf } from '../src/ui/booking/steps.ts';
import { chosenOf, openGroups, performersOf } from '../src/ui/booking/techniques.ts';
import { plainTransformer } from '../src/ui/trpc/plain-transformer.ts';

const id = (number: number): string => `d0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [ana, boris] = [id(1), id(2)];

const technique = (number: number, more: Partial<BookableService['techniques'][number]> = {}) => ({
  id: id(number),
  parentId: null,
  name: `technique ${number}`,
  description: null,
  selection: 'optional' as const,
  groupKey: null,
  minutes: 10,
  priceMinor: 1000,
  specialistIds: [ana, boris],
  ...more,
});

const facial: BookableService = {
  id: id(10),
  categoryId: id(90),
  name: 'Facial',
  description: null,
  isPriceFrom: false,
  bookableBy: 'everyone',
  needsApproval: false,
  hue: 1,
  minutes: { from: 50, to: 80 },
  priceMinor: { from: 8000, to: 9000 },
  techniques: [
    technique(20, { selection: 'one_of', groupKey: 'mask', minutes: 0, priceMinor: 0 }),
    technique(21, { selection: 'one_of', groupKey: 'mask' }),
    technique(22, { specialistIds: [boris] }),
    technique(23, { parentId: id(22) }),
  ],
  specialists: [
    { id: ana, minutes: 50, priceMinor: 8000 },
    { id: boris, minutes: 60, priceMinor: 9000 },
  ],
  prerequisites: [],
};
const massage = { ...facial, id: id(11), name: 'Massage', techniques: [] };
const place = { id: id(80), name: 'Clinic', timeZone: 'Europe/Berlin', address: null, phone: null };
const catalogue: Catalogue = {
  clinicName: 'Clinic',
  currency: 'EUR',
  categories: [{ id: id(90), name: 'Face' }],
  services: [facial, massage],
  specialists: [ana, boris].map((each) => ({ id: each, name: each, title: null, hue: 1 })),
  locations: [place],
};
const wanted = (change: Partial<Selection>): Selection => ({ ...emptySelection, ...change });
const item = (serviceId: string, performer: string, techniqueIds: string[] = []) => ({
  serviceId,
  performer,
  techniqueIds,
});

describe('the address', () => {
  test('keeps a whole selection', () => {
    const selection = wanted({
      step: 'time',
      index: 1,
      placeId: place.id,
      items: [item(facial.id, 'any', [id(20), id(22)]), item(massage.id, ana)],
      day: '2026-11-24',
      holdId: id(70),
    });
    expect(readSelection(new URLSearchParams(writeSelection(selection)))).toEqual(selection);
  });
  test.each(['step=nowhere&item=x.y.z', 'n=-4&day=2026-13-40', 'item=..&hold=1&n=99'])(
    'forgets what somebody wrote into it: %s',
    (text) => expect(readSelection(new URLSearchParams(text))).toEqual(emptySelection),
  );
});

describe('the questions', () => {
  test('a service without a choice has none about techniques', () => {
    expect(stepsOf(catalogue, wanted({ items: [item(massage.id, '')] }))).toEqual([
      'service',
      'specialist',
      'time',
      'details',
    ]);
  });
  test('nobody stands behind an open one', () => {
    const at = (items: Selection['items'], step: Selection['step'] = 'time') =>
      settled(catalogue, wanted({ step, items })).step;
    expect(at([])).toBe('service');
    expect(at([item(id(99), 'any')])).toBe('service');
    expect(at([item(facial.id, 'any')])).toBe('techniques');
    expect(at([item(facial.id, '', [id(20)])])).toBe('specialist');
    expect(at([item(facial.id, ana, [id(20)])], 'details')).toBe('time');
  });
  test('a specialist who may not do what was chosen is asked for anew', () => {
    const selection = wanted({ step: 'time', items: [item(facial.id, ana, [id(20), id(22)])] });
    expect(settled(catalogue, selection)).toMatchObject({ step: 'specialist', items: [{ performer: '' }] });
  });
  test('several places are asked about first', () => {
    const two = { ...catalogue, locations: [place, { ...place, id: id(81) }] };
    expect(settled(two, wanted({ step: 'service' })).step).toBe('place');
  });
});

describe('techniques', () => {
  test('exactly one of a group', () => {
    expect(openGroups(facial, [])).toEqual([':mask']);
    expect(openGroups(facial, [id(21)])).toEqual([]);
  });
  test('what hung on one no longer wanted goes with it', () => {
    expect(chosenOf(facial, [id(20), id(22), id(23)])).toEqual([id(20), id(22), id(23)]);
    expect(chosenOf(facial, [id(20), id(23)])).toEqual([id(20)]);
  });
  test('only who masters all of them', () => {
    expect(performersOf(facial, [id(22)]).map(({ id: each }) => each)).toEqual([boris]);
    expect(estimateItem(catalogue, item(facial.id, 'any', [id(21)]))).toEqual({
      minutes: 60,
      mostMinutes: 70,
      priceMinor: 9000,
      isFrom: true,
    });
  });
});

describe('days', () => {
  test('an instant belongs to the day of the clinic, whatever the clocks do', () => {
    // The night of 25 October 2026 has 02:30 twice, and 29 March has it never.
    expect(wallOf(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toEqual({
      day: '2026-10-25',
      hour: 2,
    });
    expect(wallOf(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toEqual({
      day: '2026-10-25',
      hour: 2,
    });
    expect(wallOf(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toEqual({
      day: '2026-03-29',
      hour: 3,
    });
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });
  test('starts by day and part of day; the nearest three in order', () => {
    const starts = ['08:45', '10:00', '10:15', '16:00'].map((time) => {
      const startsAt = Date.parse(`2026-11-24T${time}:00Z`);
      return { startsAt, endsAt: startsAt + 3_600_000 };
    });
    expect([...byDay(starts, 'Asia/Kathmandu').keys()]).toEqual(['2026-11-24']);
    expect(starts.map(({ startsAt }) => partOf(startsAt, 'Europe/Berlin'))).toEqual([
      'morning',
      'morning',
      'morning',
      'evening',
    ]);
    const lost = Date.parse('2026-11-24T10:00:00Z');
    expect(nearest(starts, lost).map(({ startsAt }) => startsAt)).toEqual(
      [starts[0], starts[2], starts[3]].map((start) => start?.startsAt),
    );
  });
});

describe('the wire', () => {
  const { deserialize } = plainTransformer.output;
  test('reads JSON, dates and absent values', () => {
    const sent = { json: { at: '2026-11-24T10:00:00.000Z', a: { b: [null, 1] } } };
    const meta = { values: { at: ['Date'], 'a.b.0': ['undefined'] }, v: 1 };
    expect(deserialize({ ...sent, meta })).toEqual({
      at: new Date('2026-11-24T10:00:00Z'),
      a: { b: [undefined, 1] },
    });
    expect(deserialize({ json: [1] })).toEqual([1]);
  });
  test('refuses kinds it does not know instead of passing them on as something else', () => {
    expect(() => deserialize({ json: { s: [1] }, meta: { values: { s: ['set'] } } })).toThrow('set');
  });
});
