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

/** What the editor holds as it may lie in the document; null where it may not. */
export function recordOfEditor(record: EditorRecord): SchemeRecord | null {
  const checked = schemeRecord.safeParse(record);
  return checked.success ? checked.data : null;
}
