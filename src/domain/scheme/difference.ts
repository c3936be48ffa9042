/** What a correction changed: marks added, taken away and altered, each alteration named by what it means. */
import type { Given, SchemeRecord } from './marks.ts';
import { fromBelow } from './order.ts';
import type { TotalLine } from './totals.ts';

/** In the order people read them. Words: namespace `zones`, `fields.<name>`. */
export const recordFields = [
  'type',
  'product',
  'dose',
  'unit',
  'place',
  'points',
  'rotation',
  'depth',
  'tool',
  'technique',
  'settings',
  'passes',
  'kind',
  'label',
  'text',
  'radius',
  'colour',
  'style',
  'opacity',
  'order',
  'locked',
] as const;
export type RecordField = (typeof recordFields)[number];

export interface ChangedRecord {
  id: string;
  fields: RecordField[];
}

export interface SchemeDifference {
  added: string[];
  removed: string[];
  changed: ChangedRecord[];
}

/** Where a property is named as it is called, there is no entry; what an editor alone needs is part of the stroke's points or style. */
const propFields: Record<string, RecordField> = {
  depth: 'depth',
  tool: 'tool',
  technique: 'technique',
  settings: 'settings',
  passes: 'passes',
  label: 'label',
  radius: 'radius',
  hue: 'colour',
  color: 'colour',
  labelColor: 'colour',
  text: 'text',
  richText: 'text',
  points: 'points',
  segments: 'points',
  isClosed: 'points',
  isComplete: 'points',
  isPen: 'points',
  start: 'points',
  end: 'points',
  bend: 'points',
  elbowMidPoint: 'points',
  kind: 'kind',
};

/** Ids in the order the records lie from below; the order they are given in never counts. */
export function differenceOf(
  before: readonly SchemeRecord[],
  after: readonly SchemeRecord[],
): SchemeDifference {
  const was = new Map(before.map((record) => [record.id, record]));
  const is = new Map(after.map((record) => [record.id, record]));
  const changed: ChangedRecord[] = [];
  for (const record of [...is.values()].sort(fromBelow)) {
    const earlier = was.get(record.id);
    const fields = earlier ? changedFields(earlier, record) : [];
    if (fields.length > 0) changed.push({ id: record.id, fields });
  }
  return { added: idsWithout(is, was), removed: idsWithout(was, is), changed };
}

const idsWithout = (
  these: ReadonlyMap<string, SchemeRecord>,
  those: ReadonlyMap<string, SchemeRecord>,
): string[] =>
  [...these.values()]
    .filter(({ id }) => !those.has(id))
    .sort(fromBelow)
    .map(({ id }) => id);

function changedFields(before: SchemeRecord, after: SchemeRecord): RecordField[] {
  const found = new Set<RecordField>();
  if (before.type !== after.type) found.add('type');
  if (before.x !== after.x || before.y !== after.y) found.add('place');
  if (before.rotation !== after.rotation) found.add('rotation');
  if (before.opacity !== after.opacity) found.add('opacity');
  if (before.index !== after.index) found.add('order');
  if (before.isLocked !== after.isLocked) found.add('locked');
  for (const field of givenFields(givenOf(before), givenOf(after))) found.add(field);
  // Of two kinds the properties say nothing about each other.
  if (before.type === after.type)
    for (const name of changedProps(before.props, after.props)) found.add(propFields[name] ?? 'style');
  return recordFields.filter((field) => found.has(field));
}

const givenOf = (record: SchemeRecord): Given => ('given' in record.props ? record.props.given : null);

function givenFields(before: Given, after: Given): RecordField[] {
  if (before === null && after === null) return [];
  if (before === null || after === null) return ['product', 'dose'];
  const fields: RecordField[] = [];
  if (before.productId !== after.productId || before.productName !== after.productName)
    fields.push('product');
  if (before.dose !== after.dose) fields.push('dose');
  if (before.unit !== after.unit) fields.push('unit');
  return fields;
}

function changedProps(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = new Set([...was.keys(), ...is.keys()]);
  names.delete('given');
  return [...names].filter((name) => !isSame(was.get(name), is.get(name)));
}

/** Equal as JSON would be: an absent property and one that is undefined are the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...left.keys(), ...right.keys()])].every((key) =>
    isSame(left.get(key), right.get(key)),
  );
}

export interface TotalChange {
  productId: string;
  productName: string;
  unit: TotalLine['unit'];
  lotId: string | null;
  region: string | null;
  beforeHundredths: number;
  afterHundredths: number;
  beforeCount: number;
  afterCount: number;
}

/** The lines whose dose or number of marks is another, by product, unit, lot and region; a line that is on one side only was nothing. */
export function totalsDifference(before: readonly TotalLine[], after: readonly TotalLine[]): TotalChange[] {
  const changes = new Map<string, TotalChange>();
  const enter = (line: TotalLine, side: 'before' | 'after') => {
    const { productId, productName, unit, lotId, region } = line;
    const key = JSON.stringify([productId, unit, lotId, region]);
    const none = { beforeHundredths: 0, afterHundredths: 0, beforeCount: 0, afterCount: 0 };
    const change = changes.get(key) ?? { productId, productName, unit, lotId, region, ...none };
    change[`${side}Hundredths`] += line.doseHundredths;
    change[`${side}Count`] += line.markCount;
    // The name as it is now, where there is one.
    if (side === 'after') change.productName = productName;
    changes.set(key, change);
  };
  for (const line of before) enter(line, 'before');
  for (const line of after) enter(line, 'after');
  return [...changes]
    .filter(
      ([, { beforeHundredths, afterHundredths, beforeCount, afterCount }]) =>
        beforeHundredths !== afterHundredths || beforeCount !== afterCount,
    )
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, change]) => change);
}
