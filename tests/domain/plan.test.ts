import { describe, expect, test } from 'vitest';
import {
  type Plan,
  type PlanRequestItem,
  resolvePlan,
  type ServiceTerms,
  type SpecialistTerms,
  type TechniqueTerms,
} from '../../src/domain/plan.ts';

const service: ServiceTerms = {
  id: 'facial',
  name: 'Facial',
  baseMinutes: 40,
  priceMinor: 5000,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 10,
  requires: [{ kind: 'room', type: 'cabin', count: 1 }],
};
const technique = (id: string, more: Partial<TechniqueTerms> = {}): TechniqueTerms => ({
  id,
  parentId: null,
  name: id.toUpperCase(),
  selection: 'optional',
  minutes: 10,
  priceMinor: 700,
  masteryRequired: false,
  requires: [],
  ...more,
});
const anna: SpecialistTerms = { id: 'anna', services: {}, techniques: {}, masteredTechniqueIds: null };
const item = (
  techniques: TechniqueTerms[],
  chosen: string[],
  more: Partial<PlanRequestItem> = {},
): PlanRequestItem => ({
  service,
  techniques,
  chosenTechniqueIds: chosen,
  specialist: anna,
  ...more,
});
const resolve = (items: PlanRequestItem[], slotStepMinutes = 15) => resolvePlan({ items, slotStepMinutes });
function planned(items: PlanRequestItem[], step?: number): Plan {
  const result = resolve(items, step);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
const refusal = (items: PlanRequestItem[]) => {
  const result = resolve(items);
  return result.ok ? 'a plan' : result.refusal;
};

describe('minutes and money', () => {
  test('PLAN-1 minutes are summed, then rounded up to the step; the price is summed', () => {
    const plan = planned([
      item([technique('a'), technique('b', { minutes: -2, priceMinor: -100 })], ['a', 'b']),
    ]);
    expect([plan.minutes, plan.priceMinor]).toEqual([60, 5600]);
    expect(planned([item([technique('a', { minutes: 5 })], ['a'])]).minutes).toBe(45);
  });
  test('PLAN-4 a specialist has terms of his own, for the service and for a technique', () => {
    const own: SpecialistTerms = {
      ...anna,
      services: { facial: { minutes: 30, priceMinor: null } },
      techniques: { a: { minutes: null, priceMinor: 1 }, b: { minutes: 3, priceMinor: null } },
    };
    const plan = planned([item([technique('a'), technique('b')], ['a', 'b'], { specialist: own })], 1);
    expect([plan.minutes, plan.priceMinor]).toEqual([43, 5701]);
    expect(plan.items[0]?.techniques).toEqual([
      { id: 'a', name: 'A', minutes: 10, priceMinor: 1 },
      { id: 'b', name: 'B', minutes: 3, priceMinor: 700 },
    ]);
  });
  test('PLAN-6 a visit of no length, or longer than a day, is refused', () => {
    const reason = { code: 'plan_refused', reason: 'duration_out_of_range', subjectId: 'facial' };
    expect(refusal([item([technique('a', { minutes: -40 })], ['a'])])).toEqual(reason);
    expect(refusal([item([technique('a', { minutes: 1401 })], ['a'])])).toEqual(reason);
    expect(planned([item([technique('a', { minutes: 1400 })], ['a'])]).minutes).toBe(1440);
    expect(refusal([item([technique('a', { priceMinor: -5001 })], ['a'])])).toMatchObject({
      reason: 'price_out_of_range',
    });
    expect(refusal([])).toEqual({ code: 'plan_refused', reason: 'plan_empty' });
  });
});

describe('which techniques are used', () => {
  const used = (techniques: TechniqueTerms[], chosen: string[]) =>
    planned([item(techniques, chosen)]).items[0]?.techniques.map(({ id }) => id);
  const child = (id: string, parentId: string, more: Partial<TechniqueTerms> = {}) =>
    technique(id, { parentId, ...more });

  test('PLAN-2 required or chosen, and the parent is used', () => {
    const tree = [
      technique('p'),
      child('c', 'p', { selection: 'required' }),
      child('d', 'p'),
      technique('r', { selection: 'required' }),
    ];
    expect(used(tree, [])).toEqual(['r']);
    expect(used(tree, ['p'])).toEqual(['p', 'c', 'r']);
    expect(used(tree, ['p', 'd', 'd'])).toEqual(['p', 'c', 'd', 'r']);
    expect(refusal([item(tree, ['d'])])).toEqual({
      code: 'plan_refused',
      reason: 'parent_missing',
      subjectId: 'd',
    });
    expect(refusal([item(tree, ['zzz'])])).toEqual({
      code: 'plan_refused',
      reason: 'technique_unknown',
      subjectId: 'zzz',
    });
  });
  test('PLAN-2 a technique that is its own ancestor is never used', () => {
    const knot = [child('a', 'b', { selection: 'required' }), child('b', 'a', { selection: 'required' })];
    expect(used(knot, [])).toEqual([]);
    expect(refusal([item(knot, ['a'])])).toMatchObject({ reason: 'parent_missing' });
  });
  test('PLAN-3 of a group exactly one, as soon as its parent is used', () => {
    const group = (parentId: string | null) =>
      ['x', 'y'].map((id) => technique(id, { parentId, selection: 'one_of', groupKey: 'depth' }));
    expect(used(group(null), ['y'])).toEqual(['y']);
    expect(refusal([item(group(null), [])])).toEqual({
      code: 'plan_refused',
      reason: 'one_of_missing',
      subjectId: 'depth',
    });
    expect(refusal([item(group(null), ['x', 'y'])])).toEqual({
      code: 'plan_refused',
      reason: 'one_of_too_many',
      subjectId: 'depth',
    });
    expect(used([technique('p'), ...group('p')], [])).toEqual([]);
    expect(refusal([item([technique('p'), ...group('p')], ['p'])])).toMatchObject({
      reason: 'one_of_missing',
    });
  });
  test('PLAN-5 a used technique that needs mastery needs a specialist who has it', () => {
    const laser = technique('laser', { masteryRequired: true });
    const novice = { ...anna, masteredTechniqueIds: [] };
    expect(refusal([item([laser], ['laser'], { specialist: novice })])).toEqual({
      code: 'plan_refused',
      reason: 'technique_not_mastered',
      subjectId: 'laser',
    });
    expect(planned([item([laser], [], { specialist: novice })]).minutes).toBe(45);
    expect(
      planned([item([laser], ['laser'], { specialist: { ...anna, masteredTechniqueIds: ['laser'] } })])
        .minutes,
    ).toBe(60);
    expect(planned([item([technique('soft')], ['soft'], { specialist: novice })]).minutes).toBe(60);
  });
});

describe('PLAN-7 what a visit occupies', () => {
  test('the specialist and one need per type, the largest count asked for', () => {
    const device = technique('laser', {
      requires: [
        { kind: 'device', type: 'laser', count: 1 },
        { kind: 'room', type: 'cabin', count: 2 },
      ],
    });
    const plan = planned([item([device], ['laser'])]);
    expect(plan.needs).toEqual([
      { kind: 'room', type: 'cabin', count: 2 },
      { kind: 'device', type: 'laser', count: 1 },
    ]);
    const whole = { offsetMinutes: 0, minutes: 60, bufferBeforeMinutes: 5, bufferAfterMinutes: 10 };
    expect(plan.segments).toEqual([
      { ...whole, occupies: { kind: 'specialist', specialistId: 'anna' } },
      { ...whole, occupies: { kind: 'need', need: 0 } },
      { ...whole, occupies: { kind: 'need', need: 1 } },
    ]);
  });
  test('processing time frees the specialist, not the room', () => {
    const masked = { ...service, processing: { afterMinutes: 10, minutes: 20 } };
    const plan = planned([item([], [], { service: masked })]);
    expect(
      plan.segments.map(({ offsetMinutes, minutes, bufferBeforeMinutes, bufferAfterMinutes, occupies }) => [
        occupies.kind,
        offsetMinutes,
        minutes,
        bufferBeforeMinutes,
        bufferAfterMinutes,
      ]),
    ).toEqual([
      ['specialist', 0, 10, 5, 0],
      ['specialist', 30, 15, 0, 10],
      ['need', 0, 45, 5, 10],
    ]);
    expect(
      refusal([item([], [], { service: { ...masked, processing: { afterMinutes: 30, minutes: 20 } } })]),
    ).toMatchObject({
      reason: 'processing_out_of_range',
    });
  });
  test('PLAN-8 several services lie back to back, each rounded, each with its own specialist', () => {
    const ben = { ...anna, id: 'ben' };
    const plan = planned([item([], []), item([technique('a')], ['a'], { specialist: ben })]);
    expect(
      plan.items.map(({ offsetMinutes, minutes, specialistId }) => [offsetMinutes, minutes, specialistId]),
    ).toEqual([
      [0, 45, 'anna'],
      [45, 60, 'ben'],
    ]);
    expect([plan.minutes, plan.priceMinor]).toEqual([105, 10_700]);
    expect(refusal([item([], []), item([], ['nope'])])).toMatchObject({ reason: 'technique_unknown' });
  });
});
