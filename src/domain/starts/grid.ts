import { at, type Spans } from '../interval.ts';
import { gridAnchors } from '../schedule.ts';
import type { Stretch } from './feasible.ts';
import type { Resources } from './resources.ts';

/**
 * Instants of the grids (`[anchorMs, fromMs, toMs]` triples, sorted) that lie in the feasible ranges: sorted, each once.
 * Linear in ranges plus starts.
 */
export function onGrid(anchors: readonly number[], feasible: Spans, stepMs: number): number[] {
  if (!(stepMs > 0)) throw new RangeError('the slot step must be positive');
  const out: number[] = [];
  let piece = 0;
  for (let i = 0; i < feasible.length; i += 2) {
    const fromMs = at(feasible, i);
    const toMs = at(feasible, i + 1);
    while (piece < anchors.length && at(anchors, piece + 2) <= fromMs) piece += 3;
    for (let k = piece; k < anchors.length && at(anchors, k + 1) < toMs; k += 3) {
      const anchorMs = at(anchors, k);
      const lo = Math.max(fromMs, at(anchors, k + 1));
      const hi = Math.min(toMs, at(anchors, k + 2));
      for (
        let startMs = anchorMs + Math.ceil((lo - anchorMs) / stepMs) * stepMs;
        startMs < hi;
        startMs += stepMs
      )
        out.push(startMs);
    }
  }
  return out;
}

/** The grid a visit is stepped on, by the clinic's way of aligning: from runs of hours, or from the lead's free stretches. */
export function anchorsFor(resources: Resources, leadId: string, leadRanges: Spans): readonly number[] {
  if (resources.policy.align !== 'gap') return resources.anchorsOf(leadId);
  return gridAnchors(leadRanges, resources.zoneOf(leadId) ?? 'UTC');
}

/** Under `align: tight`, the instants at which the lead specialist's last claim ends and this visit, its buffer first, may begin. */
export function endsOfVisits(busy: Spans, stretch: Stretch, feasible: Spans): number[] {
  const instants: number[] = [];
  for (let i = 1; i < busy.length; i += 2) instants.push(at(busy, i) - stretch.fromMs + stretch.beforeMs);
  const out: number[] = [];
  let j = 0;
  for (const instant of instants) {
    while (j < feasible.length && at(feasible, j + 1) <= instant) j += 2;
    if (j < feasible.length && at(feasible, j) <= instant) out.push(instant);
  }
  return out;
}

/** Two sorted lists as one, each instant once. */
export function mergeSorted(a: readonly number[], b: readonly number[]): number[] {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = at(a, i);
    const right = at(b, j);
    out.push(left < right ? left : right);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  for (; i < a.length; i += 1) out.push(at(a, i));
  for (; j < b.length; j += 1) out.push(at(b, j));
  return out;
}

/** Ranges of starts clipped to `[loMs, hiMs)`. */
export function clip(ranges: Spans, loMs: number, hiMs: number): Spans {
  const out: number[] = [];
  for (let i = 0; i < ranges.length; i += 2) {
    const fromMs = Math.max(loMs, at(ranges, i));
    const toMs = Math.min(hiMs, at(ranges, i + 1));
    if (fromMs < toMs) out.push(fromMs, toMs);
  }
  return out;
}
