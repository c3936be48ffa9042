import { at, coveredBy, intersect, type Spans, subtract } from '../interval.ts';
import { needKey, type Plan, type Segment } from '../plan.ts';
import type { Resources } from './resources.ts';

const MINUTE_MS = 60_000;

/** A segment in milliseconds, relative to the visit's start. */
export type Stretch = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
};

export function stretchOf(segment: Segment): Stretch {
  return {
    fromMs: segment.offsetMinutes * MINUTE_MS,
    untilMs: (segment.offsetMinutes + segment.minutes) * MINUTE_MS,
    beforeMs: segment.bufferBeforeMinutes * MINUTE_MS,
    afterMs: segment.bufferAfterMinutes * MINUTE_MS,
  };
}

/**
 * Starts of a visit, as half-open ranges of whole milliseconds within `[loMs, hiMs)`, for which one resource can take one stretch:
 * the stretch lies in one run of its hours (null: always open), and with its buffers overlaps nothing it is busy with.
 * Both lists are walked once.
 */
export function feasibleFor(
  hours: Spans | null,
  busy: Spans,
  stretch: Stretch,
  mayExceed: boolean,
  loMs: number,
  hiMs: number,
): number[] {
  const out: number[] = [];
  const headMs = stretch.fromMs - (mayExceed ? 0 : stretch.beforeMs);
  const tailMs = stretch.untilMs + (mayExceed ? 0 : stretch.afterMs);
  const claimHeadMs = stretch.fromMs - stretch.beforeMs;
  const claimTailMs = stretch.untilMs + stretch.afterMs;
  // A stretch of no length (only a buffer left after processing time) needs no hours, an empty claim nothing at all.
  const always = hours === null || stretch.untilMs <= stretch.fromMs;
  const runs = always ? 1 : hours.length / 2;
  const busyLength = claimTailMs > claimHeadMs ? busy.length : 0;
  let j = 0;
  for (let i = 0; i < runs; i += 1) {
    let cursor = always ? loMs : Math.max(loMs, at(hours, 2 * i) - headMs);
    const end = always ? hiMs - 1 : Math.min(hiMs - 1, at(hours, 2 * i + 1) - tailMs);
    if (cursor > end) continue;
    while (j < busyLength && at(busy, j + 1) - claimHeadMs <= cursor) j += 2;
    for (let k = j; k < busyLength; k += 2) {
      const blockedFrom = at(busy, k) - claimTailMs + 1;
      if (blockedFrom > end) break;
      if (blockedFrom > cursor) out.push(cursor, blockedFrom);
      cursor = Math.max(cursor, at(busy, k + 1) - claimHeadMs);
      if (cursor > end) break;
    }
    if (cursor <= end) out.push(cursor, end + 1);
  }
  return out;
}

/** As `feasibleFor`, under the clinic's way of combining buffers. */
export function feasibleOn(
  resources: Resources,
  id: string,
  kind: 'specialist' | 'need',
  stretch: Stretch,
): number[] {
  const { policy, loMs, hiMs } = resources;
  const hours = resources.hoursOf(id, kind);
  const found = feasibleFor(
    hours,
    resources.busyOf(id),
    combined(stretch, policy.bufferCombine),
    policy.bufferMayExceedHours,
    loMs,
    hiMs,
  );
  if (policy.bufferCombine === 'sum') return found;
  // The longer buffer is enough: ours against their bare time here, theirs against our bare time above.
  return intersect(found, feasibleFor(null, resources.coresOf(id), stretch, true, loMs, hiMs));
}

function combined(stretch: Stretch, combine: 'sum' | 'max'): Stretch {
  return combine === 'sum' ? stretch : { ...stretch, beforeMs: 0, afterMs: 0 };
}

/** The first segment of the specialist the visit begins with: what the grid is stepped from. */
export function leadSegment(plan: Plan): Segment | null {
  return plan.segments.find((segment) => segment.occupies.kind === 'specialist') ?? null;
}

/**
 * Starts at which every segment of the plan can be met: sorted ranges of milliseconds, one per free stretch of the lead
 * specialist at least. Also hands back the lead's own ranges, where the grid of `align: gap` begins.
 */
export function feasibleStarts(plan: Plan, resources: Resources): { lead: Spans; all: Spans } {
  const leading = leadSegment(plan);
  if (leading === null) return { lead: [], all: [] };
  let lead: Spans | null = null;
  let all: Spans | null = null;
  for (const segment of plan.segments) {
    const own = feasibleSegment(segment, plan, resources);
    if (segment === leading) lead = own;
    all = all === null ? own : intersect(all, own);
    if (all.length === 0) break;
  }
  return { lead: lead ?? [], all: all ?? [] };
}

function feasibleSegment(segment: Segment, plan: Plan, resources: Resources): Spans {
  const stretch = stretchOf(segment);
  if (segment.occupies.kind === 'specialist')
    return feasibleOn(resources, segment.occupies.specialistId, 'specialist', stretch);
  const need = plan.needs[segment.occupies.need];
  if (!need) throw new RangeError(`segment points to need ${segment.occupies.need} of ${plan.needs.length}`);
  const pool = resources.poolOf(needKey(need));
  if (pool.length < need.count) return [];
  const key = `${needKey(need)}×${need.count}@${stretch.fromMs},${stretch.untilMs},${stretch.beforeMs},${stretch.afterMs}`;
  return resources.once(key, () =>
    coveredBy(
      pool.map((id) => feasibleOn(resources, id, 'need', stretch)),
      need.count,
    ),
  );
}

/** Takes away the starts that fall on a date on which one of the plan's specialists has as many visits as he may. */
export function withoutFullDays(plan: Plan, resources: Resources, starts: Spans): Spans {
  let left = starts;
  for (const { offsetMs, closed } of resources.fullDaysOf(plan)) {
    const shifted = closed.map((boundary) => boundary - offsetMs);
    left = subtract(left, shifted);
  }
  return left;
}
