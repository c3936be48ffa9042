/** Between the document, in which anybody of the room may have written anything, and the editor, which trusts its store. */
import * as Y from 'yjs';
import { recordFrom } from '../../../domain/scheme/layout.ts';
import { type SchemeRecord, schemeRecord } from '../../../domain/scheme/marks.ts';
import type { EditorRecord } from './editor-store.ts';
import type { Entries } from './same-value.ts';

/** The record of these entries, built anew from what was checked; null where it isn't one of ours. */
export function recordOf(id: string, entries: Entries): SchemeRecord | null {
  const record = recordFrom(id, entries);
  return strokeFromInk(record, entries) ?? checkedRecord(record);
}

function checkedRecord(record: unknown): SchemeRecord | null {
  const checked = schemeRecord.safeParse(record);
  return checked.success ? checked.data : null;
}

/**
 * A stroke whose points lay as bytes: those made its segments, which therefore have their form, and only the bounds of each point are
 * left to look at. One by one by the schema, the points of two thousand strokes are most of the checking. Null: look at it as a whole.
 */
function strokeFromInk(record: Record<string, unknown>, entries: Entries): SchemeRecord | null {
  const { props } = record;
  if (record['type'] !== 'draw' || !isObject(props) || !isInk(entries)) return null;
  const segments: unknown = props['segments'];
  if (!isWithinBounds(segments)) return null;
  const rest = checkedRecord({ ...record, props: { ...props, segments: [] } });
  return rest?.type === 'draw' ? { ...rest, props: { ...rest.props, segments } } : null;
}

const isInk = (entries: Entries): boolean => {
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

export const entriesIn = (records: Y.Map<unknown>, id: string): Y.Map<unknown> | null => {
  const entries = records.get(id);
  return entries instanceof Y.Map ? entries : null;
};

export const copyOf = (entries: Y.Map<unknown>): Map<string, unknown> => new Map(entries.entries());

/** What the editor holds as it may lie in the document; null where it may not. */
export const recordOfEditor = (record: EditorRecord): SchemeRecord | null => checkedRecord(record);
