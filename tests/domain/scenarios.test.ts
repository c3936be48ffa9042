import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runSlotsScenario } from '../../src/server/scenarios/run-slots.ts';

type Scenario = { readonly id: string; readonly kind: string; readonly description: string };

function scenariosOf(file: string): Scenario[] {
  const url = new URL(`../data/slots/${file}`, import.meta.url);
  const data: { scenarios: Scenario[] } = JSON.parse(readFileSync(url, 'utf8'));
  return data.scenarios.filter(({ kind }) => kind === 'slots');
}

describe.each([
  ['scenarios.json', 89],
  ['scenarios-random.json', 100],
  ['scenarios-bulk.json', 3],
])('START-1 %s', (file, count) => {
  const scenarios = scenariosOf(file);
  test('is whole', () => expect(scenarios).toHaveLength(count));
  test.each(
    scenarios.map((scenario): [string, Scenario] => [`${scenario.id}: ${scenario.description}`, scenario]),
  )('%s', (_name, scenario) => expect(runSlotsScenario({ ...scenario }).differences).toEqual([]));
});

describe('scenarios that cannot be understood are named', () => {
  const base = {
    timezone: 'Europe/Berlin',
    specialist: { id: 'a', weekly: [{ weekday: 3, start: '09:00', end: '11:00' }] },
    service: { durationMin: 60, slotStepMin: 60 },
    query: { from: '2026-05-06T00:00:00Z', to: '2026-05-07T00:00:00Z', now: '2026-05-01T00:00:00Z' },
  };
  const wrong = (input: unknown) => runSlotsScenario({ input, expected: [] }).differences.join();

  test('what may be left out is neutral', () => {
    const expected = ['2026-05-06T07:00:00Z', '2026-05-06T08:00:00Z'];
    expect(runSlotsScenario({ input: base, expected }).differences).toEqual([]);
  });
  test('an unknown zone', () =>
    expect(wrong({ ...base, timezone: 'Mars/Olympus' })).toMatch(/unknown time zone "Mars/));
  test('an instant without an offset', () =>
    expect(wrong({ ...base, query: { ...base.query, from: '2026-05-06T00:00:00' } })).toMatch(
      /query.from: not an instant/,
    ));
  test('a step of nothing', () =>
    expect(wrong({ ...base, service: { durationMin: 60, slotStepMin: 0 } })).toMatch(
      /input.service.slotStepMin/,
    ));
  test('a policy that is not offered', () =>
    expect(wrong({ ...base, policy: { align: 'sideways' } })).toMatch(
      /policy not offered: align="sideways"/,
    ));
  test('a window that ends before it begins holds nothing', () => {
    const query = { ...base.query, from: base.query.to, to: base.query.from };
    expect(runSlotsScenario({ input: { ...base, query }, expected: [] }).ok).toBe(true);
  });
  test('no specialists, no starts', () =>
    expect(
      runSlotsScenario({ input: { ...base, specialist: undefined, specialists: [] }, expected: [] }).ok,
    ).toBe(true));
  test('a wrong expectation is told with what is missing and what is too much', () => {
    const { differences } = runSlotsScenario({
      input: base,
      expected: ['2026-05-06T07:00:00Z', '2026-05-06T09:00:00Z'],
    });
    expect(differences).toEqual([
      'starts: 2 expected, 2 found; missing 1: 2026-05-06T09:00:00Z; not expected 1: 2026-05-06T08:00:00Z',
    ]);
  });
});
