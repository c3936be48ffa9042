/**
 * How a record lies in the shared document: one map per record, its properties flattened so that two people changing different ones of
 * one shape both keep their change. Place and rotation are one value, since one hand moves all three. Points lie as bytes (`ink.ts`); of
 * a stroke that is still being drawn they lie in several entries, so that a new point sends the last few and not all of them again.
 * Page and server read a map through `recordFrom` alone, never entry by entry.
 */
import {
  type InkPoint,
  type InkSegment,
  packInChunks,
  packPoints,
  packSegments,
  unpackPoints,
  unpackSegments,
} from './ink.ts';

/** The map of the document that holds the records, by id. */
export const recordsKey = 'records';
const placeKey = 'place';
const propsPrefix = 'props.';
/** Followed by a number: the points of a stroke that isn't complete. `props.segments` goes before them. */
const inkKey = /^ink\.(0|[1-9]\d{0,3})$/;

export type FlatRecord = ReadonlyMap<string, unknown>;

/** Of the editor's shapes only the fields that may differ travel; what is the same for all is put back by `recordFrom`. */
const constants = { typeName: 'shape', parentId: 'page:scheme', meta: {} } as const;
const placed = ['x', 'y', 'rotation'] as const;

/** What nearly every record has alike isn't written: of 200 strokes that would be a fifth of the room. A missing entry says this. */
const usual: readonly (readonly [key: string, value: unknown])[] = [
  ['isLocked', false],
  ['opacity', 1],
];
const usualOfStroke: typeof usual = [
  ['fill', 'none'],
  ['dash', 'draw'],
  ['isComplete', true],
  ['isClosed', false],
  ['isPen', false],
  ['scale', 1],
];

interface Shape {
  id: string;
  type: string;
  x: number;
  y: number;
  rotation: number;
  props: object;
}

/** The entries of a record's map. The id is the map's own key. */
export function entriesOf(record: Shape): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(record)) {
    if (key === 'id' || key === 'props' || Object.hasOwn(constants, key)) continue;
    if ((placed as readonly string[]).includes(key)) continue;
    entries.set(key, value);
  }
  entries.set(placeKey, { x: record.x, y: record.y, rotation: record.rotation });
  const props: Record<string, unknown> = { ...record.props };
  for (const [key, value] of Object.entries(props)) entries.set(propsPrefix + key, value);
  if (record.type === 'draw' && isSegments(props['segments']))
    enterSegments(entries, props['segments'], props['isComplete'] === true);
  for (const [key, value] of usual) if (entries.get(key) === value) entries.delete(key);
  if (record.type === 'draw')
    for (const [key, value] of usualOfStroke)
      if (entries.get(propsPrefix + key) === value) entries.delete(propsPrefix + key);
  const packed = isPoints(props['points']) ? packPoints(props['points']) : null;
  if (packed) entries.set(`${propsPrefix}points`, packed);
  return entries;
}

function enterSegments(
  entries: Map<string, unknown>,
  segments: readonly InkSegment[],
  isComplete: boolean,
): void {
  const whole = segments.length === 0 ? null : packSegments(segments);
  if (!whole) return;
  const chunks = isComplete ? null : packInChunks(segments);
  if (!chunks) {
    entries.set(`${propsPrefix}segments`, whole);
    return;
  }
  entries.delete(`${propsPrefix}segments`);
  for (const [index, chunk] of chunks.entries()) entries.set(`ink.${index}`, chunk);
}

/**
 * The record of a map, unchecked: whatever somebody put there comes out, and `schemeRecord` decides. A name that would reach into an
 * object's own making is left out, so that the record lacks or has too much and is refused.
 */
export function recordFrom(
  id: string,
  entries: Iterable<readonly [string, unknown]>,
): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  const record: Record<string, unknown> = { id, ...constants, meta: {}, props };
  const ink: unknown[] = [];
  for (const [key, value] of entries) {
    const chunk = inkKey.exec(key)?.[1];
    if (chunk !== undefined) ink[Number(chunk)] = value;
    else if (key === placeKey) {
      const place: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
      for (const part of placed) record[part] = place[part];
      if (Object.keys(place).length !== placed.length) record[placeKey] = value;
    } else if (key.startsWith(propsPrefix)) define(props, key.slice(propsPrefix.length), value);
    else if (key === 'props' || key === 'id' || placedOrConstant(key)) record['overwritten'] = key;
    else define(record, key, value);
  }
  for (const [key, value] of usual) if (record[key] === undefined) define(record, key, value);
  if (record['type'] === 'draw')
    for (const [key, value] of usualOfStroke) if (props[key] === undefined) define(props, key, value);
  const segments = props['segments'];
  if (segments instanceof Uint8Array) props['segments'] = unpackSegments([segments]);
  else if (segments === undefined && ink[0] !== undefined)
    define(props, 'segments', unpackSegments(chunksFrom(ink)));
  if (props['points'] instanceof Uint8Array) props['points'] = unpackPoints(props['points']);
  return record;
}

/** A place is one value: entries that would take it apart again belong to nobody. */
const placedOrConstant = (key: string): boolean =>
  Object.hasOwn(constants, key) || (placed as readonly string[]).includes(key);

/** In their order up to the first gap: two hands on one unfinished stroke may leave one. */
function chunksFrom(ink: readonly unknown[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (const chunk of ink) {
    if (!(chunk instanceof Uint8Array)) break;
    chunks.push(chunk);
  }
  return chunks;
}

const isPoints = (value: unknown): value is readonly InkPoint[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null);

const isSegments = (value: unknown): value is readonly InkSegment[] =>
  Array.isArray(value) &&
  value.every(
    (each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      'type' in each &&
      (each.type === 'free' || each.type === 'straight') &&
      Object.keys(each).length === 2 &&
      'points' in each &&
      isPoints(each.points),
  );

const define = (target: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
};
