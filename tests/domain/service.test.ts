import { describe, expect, test } from 'vitest';
import { saveServiceInput, type ServiceFields } from '../../src/domain/service.ts';
import { reachOf } from '../../src/domain/technique.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const service: ServiceFields = {
  categoryId: id(1),
  code: null,
  name: 'Facial',
  description: null,
  baseMinutes: 60,
  priceMinor: 9000,
  isPriceFrom: false,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  processing: null,
  slotStepMinutes: null,
  isOnline: true,
  bookableBy: 'everyone',
  needsApproval: false,
  hue: 1,
  isActive: true,
  requirements: [],
  prerequisites: [],
  techniques: [],
};
const technique: ServiceFields['techniques'][number] = {
  key: 'a',
  parentKey: null,
  name: 'Massage',
  description: null,
  selection: 'optional',
  groupKey: null,
  minutes: 0,
  priceMinor: 0,
  masteryRequired: false,
  isActive: true,
  requirements: [],
};

/** `path code` of every complaint. */
function complaints(changes: Partial<ServiceFields>): string[] {
  const parsed = saveServiceInput.safeParse({
    serviceId: null,
    version: null,
    service: { ...service, ...changes },
  });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')} ${message}`);
}
const techniques = (...list: Partial<typeof technique>[]) =>
  complaints({
    techniques: list.map((each, index) => ({ ...technique, key: `k${index}`, name: `T${index}`, ...each })),
  });

describe('what a service may be', () => {
  test('an ordinary one', () => expect(complaints({})).toEqual([]));
  test.each([
    [{ baseMinutes: 0 }, 'baseMinutes service_minutes'],
    [{ baseMinutes: 100_000 }, 'baseMinutes service_minutes'],
    [{ baseMinutes: 12.5 }, 'baseMinutes not_integer'],
    [{ baseMinutes: Number.NaN }, 'baseMinutes not_a_number'],
    [{ name: '   ' }, 'name required'],
    [{ name: 'x'.repeat(121) }, 'name too_long'],
    [{ priceMinor: -1 }, 'priceMinor price_range'],
    [{ priceMinor: 1e15 }, 'priceMinor price_range'],
    [{ bufferAfterMinutes: 300 }, 'bufferAfterMinutes buffer_minutes'],
    [{ slotStepMinutes: 0 }, 'slotStepMinutes step_minutes'],
    [{ categoryId: 'nowhere' }, 'categoryId unknown'],
    [{ hue: 11 }, 'hue hue'],
    [{ processing: { afterMinutes: 40, minutes: 30 } }, 'processing.minutes processing_range'],
    [
      { requirements: [{ kind: 'room', resourceType: '', count: 1 }] },
      'requirements.0.resourceType required',
    ],
    [
      { requirements: [{ kind: 'room', resourceType: 'a', count: 0 }] },
      'requirements.0.count requirement_count',
    ],
    [
      {
        requirements: [
          { kind: 'room', resourceType: 'a', count: 1 },
          { kind: 'room', resourceType: 'a', count: 2 },
        ],
      },
      'requirements.1.resourceType duplicate',
    ],
    [
      { prerequisites: [{ requiredServiceId: id(2), minHours: 48, maxDays: 2 }] },
      'prerequisites.0.maxDays prerequisite_window',
    ],
    [
      {
        prerequisites: [
          { requiredServiceId: id(2), minHours: 0, maxDays: null },
          { requiredServiceId: id(2), minHours: 1, maxDays: null },
        ],
      },
      'prerequisites.1.requiredServiceId duplicate',
    ],
  ] as const)('%j is complained of at its field', (changes, complaint) => {
    expect(complaints(changes as Partial<ServiceFields>)).toEqual([complaint]);
  });
});

describe('techniques inside a service', () => {
  test('a parent of itself, over any distance', () => {
    expect(techniques({ parentKey: 'k0' })).toEqual(['techniques.0.parentKey parent_circle']);
    expect(techniques({ parentKey: 'k2' }, { parentKey: 'k0' }, { parentKey: 'k1' })).toEqual([
      'techniques.0.parentKey parent_circle',
      'techniques.1.parentKey parent_circle',
      'techniques.2.parentKey parent_circle',
    ]);
    expect(techniques({}, { parentKey: 'k0' }, { parentKey: 'k1' })).toEqual([]);
  });
  test('a parent that is gone', () =>
    expect(techniques({ parentKey: 'x' })).toEqual(['techniques.0.parentKey unknown']));
  test('a choice of one, and one without a name', () => {
    expect(techniques({ selection: 'one_of', groupKey: 'depth' })).toEqual([
      'techniques.0.groupKey group_single',
    ]);
    expect(techniques({ selection: 'one_of' })).toEqual(['techniques.0.groupKey group_missing']);
    expect(
      techniques({ selection: 'one_of', groupKey: 'depth' }, { selection: 'one_of', groupKey: 'depth' }),
    ).toEqual([]);
  });
  test('one name twice', () =>
    expect(techniques({ name: 'Mask' }, { name: 'mask' })).toEqual(['techniques.1.name duplicate']));
  test('totals no visit could have', () => {
    expect(techniques({ minutes: -60 })).toEqual(['techniques.0.minutes total_too_short']);
    expect(techniques({ minutes: -30 }, { minutes: -29 })).toEqual(['techniques.0.minutes total_too_short']);
    expect(techniques({ minutes: -55 })).toEqual([]);
    expect(techniques({ minutes: 1400 })).toEqual(['techniques.0.minutes total_too_long']);
    expect(techniques({ priceMinor: -9001 })).toEqual(['techniques.0.priceMinor total_price_negative']);
    // Switched off, it takes nothing away.
    expect(techniques({ minutes: -60, isActive: false })).toEqual([]);
  });
  test('a length that can’t be is told once, at its own field', () => {
    const [long] = [{ ...technique, minutes: 30 }];
    expect(complaints({ baseMinutes: 100_000, techniques: [long] })).toEqual(['baseMinutes service_minutes']);
    expect(complaints({ baseMinutes: 0, techniques: [long] })).toEqual(['baseMinutes service_minutes']);
  });
  test('a shortened service must still hold its processing', () => {
    const processing = { afterMinutes: 20, minutes: 30 };
    expect(complaints({ processing, techniques: [{ ...technique, minutes: -15 }] })).toEqual([
      'processing.minutes processing_range',
    ]);
    expect(complaints({ processing, techniques: [{ ...technique, minutes: -10 }] })).toEqual([]);
  });
  test('the least and the most follow selection and nesting', () => {
    const t = (
      key: string,
      parentKey: string | null,
      selection: 'required' | 'optional' | 'one_of',
      minutes: number,
    ) => ({
      key,
      parentKey,
      selection,
      groupKey: selection === 'one_of' ? 'g' : null,
      minutes,
      priceMinor: minutes * 10,
    });
    const reach = reachOf({ minutes: 60, priceMinor: 1000 }, [
      t('always', null, 'required', 10),
      t('inside', 'always', 'optional', -5),
      t('maybe', null, 'optional', 20),
      t('with', 'maybe', 'required', -30),
      t('x', null, 'one_of', 5),
      t('y', null, 'one_of', 15),
    ]);
    expect(reach).toEqual({
      least: { minutes: 60 + 10 - 5 - 10 + 5, priceMinor: 1000 },
      most: { minutes: 60 + 10 + 15, priceMinor: 1250 },
    });
  });
});
