/**
 * How a record lies in the shared document: one map per record, its properties flattened so that two people changing different ones of
 * one shape both keep their change. Place and rotation are one value, since one hand moves all three. Page and server read it alike.
 */

/** The map of the document that holds the records, by id. */
export const recordsKey = 'records';
const placeKey = 'place';
const propsPrefix = 'props.';

export type FlatRecord = ReadonlyMap<string, unknown>;

/** Of the editor's shapes only the fields that may differ travel; what is the same for all is put back by `recordFrom`. */
const constants = { typeName: 'shape', parentId: 'page:scheme', meta: {} } as const;
const placed = ['x', 'y', 'rotation'] as const;

interface Shape {
  id: string;
  x: number;
  y: number;
  rotation: number;
  props: object;
}

/** The entries of a record's map. The id is the map's own key. */
export function entriesOf(record: Shape): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(record)) {
    if (key === 'id' || key === 'props' || key in constants || (placed as readonly string[]).includes(key))
      continue;
    entries.set(key, value);
  }
  entries.set(placeKey, { x: record.x, y: record.y, rotation: record.rotation });
  for (const [key, value] of Object.entries(record.props)) entries.set(propsPrefix + key, value);
  return entries;
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
  for (const [key, value] of entries) {
    if (key === placeKey) {
      const place: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
      for (const part of placed) record[part] = place[part];
      if (Object.keys(place).length !== placed.length) record[placeKey] = value;
    } else if (key.startsWith(propsPrefix)) define(props, key.slice(propsPrefix.length), value);
    else if (key !== 'props' && key !== 'id' && !(key in constants)) define(record, key, value);
    else record['overwritten'] = key;
  }
  return record;
}

const define = (target: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
};
