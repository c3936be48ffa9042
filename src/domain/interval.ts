/**
 * Sorted lists of half-open intervals `[start, end)`, kept flat: `[start0, end0, start1, end1, …]`.
 * Instants are integer milliseconds since the epoch. Flat numbers are what keeps the search for starts
 * within a small factor of a bare merge; everything that reads calendars or claims speaks this form.
 */
export type Spans = readonly number[];

/** One interval as an object, for callers that hand over a single range. Milliseconds since the epoch, half-open. */
export type Interval = { readonly startMs: number; readonly endMs: number };

/** Promises the same intervals as a flat list, in the order given (use `normalize` when they may be unsorted). */
export function spansOf(intervals: readonly Interval[]): number[] {
  const out: number[] = [];
  for (const interval of intervals) out.push(interval.startMs, interval.endMs);
  return out;
}

/** Promises the same list as objects, in order. */
export function intervalsOf(spans: Spans): Interval[] {
  const out: Interval[] = [];
  for (let i = 0; i + 1 < spans.length; i += 2) out.push({ startMs: at(spans, i), endMs: at(spans, i + 1) });
  return out;
}

/** Reads one number of a flat list; an index outside of it is a bug, so it throws. */
export function at(spans: Spans, index: number): number {
  const value = spans[index];
  if (value === undefined) throw new RangeError(`no boundary ${index} in a list of ${spans.length}`);
  return value;
}

/** True when the list is sorted, disjoint, not touching and free of empty intervals: nothing to normalize. */
export function isNormal(spans: Spans): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < spans.length; i += 1) {
    const value = spans[i] ?? Number.NaN;
    if (!(value > last)) return false;
    last = value;
  }
  return spans.length % 2 === 0;
}

/**
 * Promises the union of the intervals: sorted, disjoint, empty and backward ones dropped.
 * Intervals that merely touch become one unless `mergeTouching` is false. Linear when already in order.
 */
export function normalize(spans: Spans, mergeTouching = true): Spans {
  if (mergeTouching && isNormal(spans)) return spans;
  const ordered = inOrder(spans);
  const out: number[] = [];
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (let i = 0; i + 1 < ordered.length; i += 2) {
    const start = at(ordered, i);
    const end = at(ordered, i + 1);
    if (!(start < end)) continue;
    if (mergeTouching ? start > lastEnd : start >= lastEnd) {
      out.push(start, end);
      lastEnd = end;
    } else if (end > lastEnd) {
      out[out.length - 1] = end;
      lastEnd = end;
    }
  }
  return out;
}

/** The same intervals by their beginnings; the list itself when it is so already, as claims read through an index are. */
function inOrder(spans: Spans): Spans {
  let last = Number.NEGATIVE_INFINITY;
  let sorted = true;
  for (let i = 0; i + 1 < spans.length && sorted; i += 2) {
    const start = at(spans, i);
    sorted = start >= last;
    last = start;
  }
  if (sorted) return spans;
  const order: number[] = [];
  for (let i = 0; i + 1 < spans.length; i += 2) order.push(i);
  order.sort((a, b) => at(spans, a) - at(spans, b));
  return order.flatMap((i) => [at(spans, i), at(spans, i + 1)]);
}

/** Promises what of `from` no interval of `minus` covers. Both sorted and disjoint; linear. */
export function subtract(from: Spans, minus: Spans): number[] {
  const out: number[] = [];
  let j = 0;
  for (let i = 0; i < from.length; i += 2) {
    let cursor = at(from, i);
    const end = at(from, i + 1);
    while (j < minus.length && at(minus, j + 1) <= cursor) j += 2;
    for (let k = j; k < minus.length && at(minus, k) < end && cursor < end; k += 2) {
      if (at(minus, k) > cursor) out.push(cursor, at(minus, k));
      cursor = Math.max(cursor, at(minus, k + 1));
    }
    if (cursor < end) out.push(cursor, end);
  }
  return out;
}

/** Promises what both lists cover. Both sorted and disjoint; linear. Intervals are never merged. */
export function intersect(a: Spans, b: Spans): number[] {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const start = Math.max(at(a, i), at(b, j));
    const end = Math.min(at(a, i + 1), at(b, j + 1));
    if (start < end) out.push(start, end);
    if (at(a, i + 1) < at(b, j + 1)) i += 2;
    else j += 2;
  }
  return out;
}

/** Promises where at least `count` of the lists cover at once. Each sorted and disjoint. */
export function coveredBy(lists: readonly Spans[], count: number): number[] {
  if (count <= 0) throw new RangeError('count must be positive');
  if (lists.length < count) return [];
  if (lists.length === 1) return [...(lists[0] ?? [])];
  const edges: { at: number; step: 1 | -1 }[] = [];
  for (const list of lists)
    for (let i = 0; i < list.length; i += 2)
      edges.push({ at: at(list, i), step: 1 }, { at: at(list, i + 1), step: -1 });
  // At one instant the ends come first: half-open intervals that meet do not cover it together.
  edges.sort((x, y) => x.at - y.at || x.step - y.step);
  const out: number[] = [];
  let depth = 0;
  let openedAt = 0;
  for (const edge of edges) {
    const before = depth;
    depth += edge.step;
    if (before < count && depth >= count) openedAt = edge.at;
    if (before >= count && depth < count && edge.at > openedAt) {
      if (out.length > 0 && at(out, out.length - 1) === openedAt) out[out.length - 1] = edge.at;
      else out.push(openedAt, edge.at);
    }
  }
  return out;
}

/** True when `[startMs, endMs)` overlaps any interval of the sorted disjoint list. Logarithmic; an empty range overlaps nothing. */
export function overlaps(spans: Spans, startMs: number, endMs: number): boolean {
  if (endMs <= startMs) return false;
  const i = firstEndingAfter(spans, startMs);
  return i < spans.length && at(spans, i) < endMs;
}

/** True when one interval of the sorted disjoint list covers `[startMs, endMs)` whole. Logarithmic. */
export function covers(spans: Spans, startMs: number, endMs: number): boolean {
  const i = firstEndingAfter(spans, startMs);
  return i < spans.length && at(spans, i) <= startMs && at(spans, i + 1) >= endMs;
}

/** Index (even) of the first interval whose end lies after the instant; the list's length when there is none. */
export function firstEndingAfter(spans: Spans, instantMs: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(spans, middle * 2 + 1) > instantMs) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}
