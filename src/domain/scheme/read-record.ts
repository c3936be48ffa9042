/** From what lies in the shared document, where anybody of the room may have written anything, to a record of ours. */
import { recordFrom } from './layout.ts';
import { type SchemeRecord, schemeRecord } from './marks.ts';

/** The entries of one record; a map of the document is one as well. */
export interface LaidOut {
  get(key: string): unknown;
  entries(): Iterable<readonly [string, unknown]>;
}

/** The record of these entries, built anew from what was checked; null where it isn't one of ours. */
export const readRecord = (id: string, entries: LaidOut): SchemeRecord | null =>
  checkRecord(recordFrom(id, entries.entries()), entries);

/** The same of what `recordFrom` made of these entries already. */
export const checkRecord = (record: Record<string, unknown>, entries: LaidOut): SchemeRecord | null =>
  strokeFromInk(record, entries) ?? bySchema(record);

/** By the schema alone: of what never lay in a document. */
export function bySchema(record: unknown): SchemeRecord | null {
  const checked = schemeRecord.safeParse(record);
  return checked.success ? checked.data : null;
}

/**
 * A stroke whose points lay as bytes: those made its segments, which therefore have their form, and only the bounds of each point are
 * left to look at. One by one by the schema, the points of a stroke are most of the checking. Null: look at it as a whole.
 */
function strokeFromInk(record: Record<string, unknown>, entries: LaidOut): SchemeRecord | null {
  const { props } = record;
  if (record['type'] !== 'draw' || !isObject(props) || !isInk(entries)) return null;
  const segments: unknown = props['segments'];
  if (!isWithinBounds(segments)) return null;
  const rest = bySchema({ ...record, props: { ...props, segments: [] } });
  return rest?.type === 'draw' ? { ...rest, props: { ...rest.props, segments } } : null;
}

const isInk = (entries: LaidOut): boolean => {
  const whole = entries.get('props.segments');
  return whole instanceof Uint8Array || (whole === undefined && entries.get('ink.0') instanceof Uint8Array);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

type Segments = Extract<SchemeRecord, { type: 'draw' }>['props']['segments'];

/** The bounds of `schemeRecord`, for what `unpackSegments` made; anything near them is left to the schema itself. */
function isWithinBounds(segments: unknown): segments is Segments {
  if (!Array.isArray(segments) || segments.length > 200) return false;
  return segments.every(({ points }: Segments[number]) => {
    if (points.length > 4_000) return false;
    for (const { x, y, z = 0 } of points)
      if (!(Math.abs(x) <= 100_000 && Math.abs(y) <= 100_000 && z >= 0 && z <= 1.25)) return false;
    return true;
  });
}
