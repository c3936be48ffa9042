/**
 * What comes over the wire, made into values. Only what our own pages send is understood: superjson would also make
 * patterns, classes, arrays of any size and values that contain themselves, at a stranger's word.
 */
import superjson, { type SuperJSONResult } from 'superjson';
import { refusalError } from './refusal-error.ts';

/** `number` is how infinities and not-a-number travel; the schemas refuse them by name. */
const understood: ReadonlySet<unknown> = new Set(['Date', 'undefined', 'number']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Annotations stand at the leaves of a tree: `{ "key": ["Date"] }`. */
function isUnderstood(tree: unknown): boolean {
  const waiting = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) {
      if (next.length !== 1 || !understood.has(next[0])) return false;
    } else if (isRecord(next)) waiting.push(...Object.values(next));
    else return false;
  }
  return true;
}

/** Where a text stands that no column can hold: NUL, or half of a surrogate pair. Null where there is none. */
function unwritable(value: unknown): string | null {
  const waiting: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: current, path } = next;
    if (typeof current === 'string') {
      if (current.includes('\0') || !current.isWellFormed()) return path;
    } else if (Array.isArray(current) || isRecord(current)) {
      for (const [key, inner] of Object.entries(current))
        waiting.push({ value: inner, path: path === '' ? key : `${path}.${key}` });
    }
  }
  return null;
}

const unreadable = () => refusalError({ code: 'invalid_input', issues: [{ path: '', code: 'invalid' }] });

/** Reads an input as our own pages write it. Refuses with `invalid_input`: the whole of it, or the field whose text no column could hold. */
function readInput(sent: unknown): unknown {
  if (!isRecord(sent)) throw unreadable();
  // Values that stand for each other (`referentialEqualities`) are left as the copies they are sent as.
  const { json, meta } = sent as Partial<SuperJSONResult>;
  const values = isRecord(meta) ? meta.values : undefined;
  const path = unwritable(json);
  if (path !== null) throw refusalError({ code: 'invalid_input', issues: [{ path, code: 'characters' }] });
  if (values === undefined) return json;
  if (!isUnderstood(values)) throw unreadable();
  try {
    return superjson.deserialize({ json: json ?? null, meta: { values, ...(meta?.v ? { v: meta.v } : {}) } });
  } catch {
    throw unreadable();
  }
}

export const transformer = {
  input: { serialize: superjson.serialize, deserialize: readInput },
  output: superjson,
};
