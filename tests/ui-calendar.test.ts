import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../src/ui/calendar/address.ts';
import { completed, offeredGroups, performersOf } from '../src/ui/calendar/draft.ts';
import { axisOf, breaksOf, freeOf, placeBlocks, snap } from '../src/ui/calendar/geometry.ts';
import { neighbour } from '../src/ui/calendar/grid-keys.ts';
import { lanesOf } from '../src/ui/calendar/lanes.ts';
import { patched, withAnswer } from '../src/ui/calendar/pending.ts';
import { handAllOver, readChoice, stepsOf, writeChoice } from '../src/ui/calendar/sick-day-plan.ts';
import type { CalendarView, CalendarVisit, DayProposal, DeskService } from '../src/ui/calendar/types.ts';
import { clockOf, instantOf } from '../src/ui/calendar/wall.ts';

const zone = 'Europe/Berlin';
const at = (clock: string, date = '2026-11-24') => {
  const instant = instantOf(date, clock, zone);
  if (instant === null) throw new Error(`no such time: ${date} ${clock}`);
  return instant;
};

function visit(id: string, specialistId: string, from: string, to: string, date?: string): CalendarVisit {
  const startsAt = at(from, date);
  const endsAt = at(to, date);
  return {
    appointmentId: id,
    version: 1,
    status: 'booked',
    startsAt,
    endsAt,
    heldUntil: null,
    client: { id: 'c', name: 'Anna' },
    note: null,
    priceMinor: 9000,
    items: [
      {
        serviceId: 'facial',
        serviceName: 'Facial',
        specialistId,
        startsAt,
        endsAt,
        techniqueNames: [],
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 10,
        hue: 3,
      },
    ],
    resourceIds: [specialistId, 'room'],
    mayEdit: true,
  };
}

const view = (visits: CalendarVisit[]): CalendarView => ({
  timeZone: zone,
  columns: [
    { id: 'mila', kind: 'specialist', type: 'specialist', name: 'Mila', hue: 2 },
    { id: 'nora', kind: 'specialist', type: 'specialist', name: 'Nora', hue: 4 },
    { id: 'room', kind: 'room', type: 'treatment room', name: 'Room 1', hue: 1 },
  ],
  visits,
  open: {
    mila: [
      { startMs: at('09:00'), endMs: at('13:00') },
      { startMs: at('13:45'), endMs: at('18:00') },
    ],
    nora: [{ startMs: at('11:00'), endMs: at('19:00') }],
  },
  away: [{ resourceId: 'nora', startMs: at('15:00'), endMs: at('16:00'), kind: 'training', note: null }],
});
const place = { id: 'house', name: 'House' };
const lanes = (visits: CalendarVisit[], by: 'specialist' | 'room' = 'specialist') =>
  lanesOf([{ place, view: view(visits) }], { dates: ['2026-11-24'], by, colour: 'service', only: null });

describe('columns', () => {
  test('a visit stands with whom it is, and in its room', () => {
    const visits = [visit('a', 'mila', '10:00', '11:00')];
    expect(lanes(visits).map(({ name, blocks }) => [name, blocks.length])).toEqual([
      ['Mila', 1],
      ['Nora', 0],
    ]);
    expect(lanes(visits, 'room')[0]?.blocks.map(({ resizable }) => resizable)).toEqual([false]);
  });
  test('a room without hours of its own is open while anybody works', () => {
    const [room] = lanes([], 'room');
    expect(room?.open).toEqual([{ startMs: at('09:00'), endMs: at('19:00') }]);
  });
  test('the axis shows what is open and booked, an hour more on either side, on whole hours', () => {
    expect(axisOf(lanes([visit('a', 'mila', '07:40', '08:10')]))).toEqual({
      fromMinute: 6 * 60,
      toMinute: 20 * 60,
    });
    expect(axisOf([])).toEqual({ fromMinute: 8 * 60, toMinute: 20 * 60 });
  });
  test('the day the clocks go back has its second two o’clock', () => {
    const [lane] = lanesOf([{ place, view: view([]) }], {
      dates: ['2026-10-25'],
      by: 'specialist',
      colour: 'service',
      only: null,
    });
    expect(((lane?.dayEndMs ?? 0) - (lane?.dayStartMs ?? 0)) / 3_600_000).toBe(25);
  });
  test('overlapping blocks share the width, others keep all of it', () => {
    const [lane] = lanes([
      visit('a', 'mila', '10:00', '11:00'),
      visit('b', 'mila', '10:30', '11:30'),
      visit('c', 'mila', '11:00', '12:00'),
      visit('d', 'mila', '14:00', '15:00'),
    ]);
    expect(lane?.blocks.map(({ place: at, places }) => [at, places])).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
    expect(placeBlocks([])).toEqual([]);
  });
  test('breaks lie between hours; free is what is neither booked nor away, buffers included', () => {
    const [mila, nora] = lanes([visit('a', 'mila', '10:00', '11:00')]);
    expect(breaksOf(mila?.open ?? [])).toEqual([{ startMs: at('13:00'), endMs: at('13:45') }]);
    expect(
      mila && freeOf(mila).map(({ startMs, endMs }) => [clockOf(startMs, zone), clockOf(endMs, zone)]),
    ).toEqual([
      ['09:00', '10:00'],
      ['11:10', '13:00'],
      ['13:45', '18:00'],
    ]);
    expect(nora && freeOf(nora).map(({ startMs }) => clockOf(startMs, zone))).toEqual(['11:00', '16:00']);
  });
  test('times snap to whole steps of the day', () => {
    const [lane] = lanes([]);
    expect(lane && clockOf(snap(lane, at('10:08'), 15), zone)).toBe('10:15');
    expect(lane && clockOf(snap(lane, at('10:07'), 15), zone)).toBe('10:00');
  });
});

describe('keys', () => {
  const grid = lanes([
    visit('a', 'mila', '10:00', '11:00'),
    visit('b', 'mila', '15:00', '16:00'),
    visit('c', 'nora', '16:30', '17:00'),
    visit('d', 'nora', '11:00', '11:30'),
  ]);
  const spot = (lane: number, index: number) => {
    const block = grid[lane]?.blocks[index];
    if (!block) throw new Error('no such block');
    return { lane, block };
  };
  test('arrows go down the column and to the visit at about the same time beside it', () => {
    expect(neighbour(grid, spot(0, 0), 'ArrowDown')?.block.visit.appointmentId).toBe('b');
    expect(neighbour(grid, spot(0, 1), 'ArrowDown')).toBeNull();
    expect(neighbour(grid, spot(0, 1), 'ArrowRight')?.block.visit.appointmentId).toBe('c');
    expect(neighbour(grid, spot(1, 0), 'ArrowLeft')?.block.visit.appointmentId).toBe('a');
  });
});

describe('moves', () => {
  const before = visit('a', 'mila', '10:00', '11:00');
  test('a move shifts every service and may change hands; a resize moves the end alone', () => {
    const moved = patched(before, { startsAt: at('12:00'), durationMinutes: null, specialistId: 'nora' });
    expect([moved.items[0]?.specialistId, clockOf(moved.endsAt, zone)]).toEqual(['nora', '13:00']);
    const longer = patched(before, { startsAt: before.startsAt, durationMinutes: 90, specialistId: null });
    expect([clockOf(longer.endsAt, zone), clockOf(longer.items[0]?.endsAt ?? 0, zone)]).toEqual([
      '11:30',
      '11:30',
    ]);
  });
  test('an older answer never overwrites a newer state', () => {
    const known = view([{ ...before, version: 3 }]);
    const answer = {
      appointmentId: 'a',
      status: 'booked',
      locationId: 'house',
      startsAt: 0,
      endsAt: 1,
      heldUntil: null,
      priceMinor: 0,
      currency: 'EUR',
      version: 2,
      items: [],
    };
    expect(withAnswer(known, answer)).toBe(known);
  });
});

describe('a day handed over', () => {
  const proposal = (id: string, from: string, to: string, handOverTo: string[]): DayProposal => ({
    appointmentId: id,
    version: 1,
    startsAt: at(from),
    endsAt: at(to),
    clientName: id,
    serviceNames: ['Facial'],
    handOverTo,
    nearStarts: [],
  });
  test('nobody gets two visits at once, and who has least choice is served first', () => {
    const choices = handAllOver([
      proposal('a', '10:00', '11:00', ['nora', 'vera']),
      proposal('b', '10:30', '11:30', ['nora']),
      proposal('c', '12:00', '13:00', ['nora', 'vera']),
      proposal('d', '12:30', '13:30', []),
    ]);
    expect(Object.fromEntries(choices)).toEqual({
      a: { kind: 'hand_over', specialistId: 'vera' },
      b: { kind: 'hand_over', specialistId: 'nora' },
      c: { kind: 'hand_over', specialistId: 'nora' },
      d: { kind: 'keep' },
    });
  });
  test('a choice survives its select, and what stays is not sent', () => {
    for (const choice of [
      { kind: 'keep' },
      { kind: 'cancel' },
      { kind: 'hand_over', specialistId: 'nora' },
      { kind: 'move', specialistId: 'nora', startsAt: 1_800_000 },
    ] as const)
      expect(readChoice(writeChoice(choice))).toEqual(choice);
    const all = [proposal('a', '10:00', '11:00', []), proposal('b', '12:00', '13:00', [])];
    expect(stepsOf(all, new Map([['b', { kind: 'cancel' }]]))).toEqual([
      { action: 'cancel', appointmentId: 'b', version: 1 },
    ]);
  });
});

describe('the form of a new visit', () => {
  const technique = (
    id: string,
    selection: 'required' | 'optional' | 'one_of',
    more: Partial<DeskService['techniques'][number]> = {},
  ) => ({
    id,
    parentId: null,
    name: id,
    selection,
    groupKey: null,
    minutes: 0,
    priceMinor: 0,
    specialistIds: ['mila', 'nora'],
    ...more,
  });
  const service: DeskService = {
    id: 'facial',
    categoryId: 'face',
    name: 'Facial',
    hue: 1,
    minutes: 60,
    priceMinor: 9000,
    specialistIds: ['mila', 'nora'],
    techniques: [
      technique('cleansing', 'required'),
      technique('massage', 'optional', { specialistIds: ['mila'] }),
      technique('oil', 'one_of', { parentId: 'massage', groupKey: 'with' }),
      technique('cream', 'one_of', { parentId: 'massage', groupKey: 'with' }),
    ],
  };
  test('a choice of one is made only where its parent is used, and goes with it', () => {
    expect(completed(service, [])).toEqual([]);
    expect(completed(service, ['massage'])).toEqual(['massage', 'oil']);
    expect(completed(service, ['massage', 'cream'])).toEqual(['massage', 'cream']);
    expect(completed(service, ['cream'])).toEqual([]);
    expect(offeredGroups(service, []).map(({ kind }) => kind)).toEqual(['required', 'optional']);
  });
  test('only who masters all of it may do it', () => {
    expect(performersOf(service, [])).toEqual(['mila', 'nora']);
    expect(performersOf(service, ['massage', 'oil'])).toEqual(['mila']);
  });
});

describe('the address', () => {
  test('what is usual is left out, and everything comes back', () => {
    expect(writeAddress(readAddress(new URLSearchParams('')))).toBe('');
    const address = readAddress(
      new URLSearchParams('date=2026-11-24&view=week&by=room&colour=specialist&at=a,b&who=c&visit=d'),
    );
    expect(readAddress(new URLSearchParams(writeAddress(address)))).toEqual(address);
    expect(readAddress(new URLSearchParams('date=2026-02-31')).date).toBeNull();
  });
});

test('a time the clock skips is none', () => {
  expect(instantOf('2026-03-29', '02:30', zone)).toBeNull();
  expect(instantOf('2026-03-29', '25:00', zone)).toBeNull();
  expect(instantOf('2026-11-24', '9:05', zone)).toBe(at('09:05'));
});
