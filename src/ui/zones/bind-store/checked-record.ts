/** Between the document, in which anybody of the room may have written anything, and the editor, which trusts its store. */
import * as Y from 'yjs';
import { recordFrom } from '../../../domain/scheme/layout.ts';
import { type SchemeRecord, schemeRecord } from '../../../domain/scheme/marks.ts';
import type { EditorRecord } from './editor-store.ts';
import type { Entries } from './same-value.ts';

/** The record of these entries, built anew from what was checked; null where it isn't one of ours. */
export function recordOf(id: string, entries: Entries): SchemeRecord | null {
  const checked = schemeRecord.safeParse(recordFrom(id, entries));
  return checked.success ? checked.data : null;
}

export const entriesIn = (records: Y.Map<unknown>, id: string): Y.Map<unknown> | null => {
  const entries = records.get(id);
  return entries instanceof Y.Map ? entries : null;
};

export const copyOf = (entries: Y.Map<unknown>): Map<string, unknown> => new Map(entries.entries());

/**
 * What the editor holds as it may lie in the document; null where it may not. A pen pressed hard gives more pressure than there is:
 * the editor takes a quarter on top.
 */
export function recordOfEditor(record: EditorRecord): SchemeRecord | null {
  const checked = schemeRecord.safeParse(withPressureInBounds(record));
  return checked.success ? checked.data : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function withPressureInBounds(record: EditorRecord): unknown {
  if (!isObject(record) || record['type'] !== 'draw' || !isObject(record['props'])) return record;
  const { segments } = record['props'];
  if (!Array.isArray(segments) || !segments.some(pressesTooHard)) return record;
  return { ...record, props: { ...record['props'], segments: segments.map(pressedLess) } };
}

const pointsOf = (segment: unknown): unknown[] =>
  isObject(segment) && Array.isArray(segment['points']) ? segment['points'] : [];

const isTooHard = (point: unknown): point is Record<string, unknown> & { z: number } =>
  isObject(point) && typeof point['z'] === 'number' && point['z'] > 1;

const pressesTooHard = (segment: unknown): boolean => pointsOf(segment).some(isTooHard);

const pressedLess = (segment: unknown): unknown =>
  isObject(segment)
    ? {
        ...segment,
        points: pointsOf(segment).map((point) => (isTooHard(point) ? { ...point, z: 1 } : point)),
      }
    : segment;
