/**
 * A scheme's content as one text, whose SHA-256 is the document's hash: the same records give the same text, in whatever order they and
 * their properties lie, and whoever wrote them down.
 */
import type { SchemeRecord } from './marks.ts';

export function canonicalText(records: readonly SchemeRecord[]): string {
  const sorted = records
    .map((record) => ({ id: record.id, text: JSON.stringify(inOrder(record)) }))
    .sort((one, other) => compare(one.id, other.id) || compare(one.text, other.text));
  return `[${sorted.map(({ text }) => text).join(',')}]`;
}

/** By code units: the same on every machine, whatever its language. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The same value with the keys of its objects sorted. A key of digits alone keeps its place before all others in any object: no matter. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => compare(one, other))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}
