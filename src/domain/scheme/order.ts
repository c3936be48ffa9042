import type { SchemeRecord } from './marks.ts';

/** The order of drawing: by the editor's fractional index, then by id, so that no two machines disagree. */
export function fromBelow(
  one: Pick<SchemeRecord, 'id' | 'index'>,
  other: Pick<SchemeRecord, 'id' | 'index'>,
): number {
  if (one.index !== other.index) return one.index < other.index ? -1 : 1;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
