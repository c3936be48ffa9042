/** Records of the document as the binding takes hold of them; and of the editor, which trusts its store. */
import * as Y from 'yjs';
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import { bySchema } from '../../../domain/scheme/read-record.ts';
import type { EditorRecord } from './editor-store.ts';

export const entriesIn = (records: Y.Map<unknown>, id: string): Y.Map<unknown> | null => {
  const entries = records.get(id);
  return entries instanceof Y.Map ? entries : null;
};

export const copyOf = (entries: Y.Map<unknown>): Map<string, unknown> => new Map(entries.entries());

/** What the editor holds as it may lie in the document; null where it may not. */
export const recordOfEditor = (record: EditorRecord): SchemeRecord | null => bySchema(record);
