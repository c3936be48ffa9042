import { normalize, type Spans } from './interval.ts';
import { needKey, type Plan } from './plan.ts';
import type { MisfitReason } from './refusal.ts';
import { RUN_REACH_DAYS, localDateOf } from './schedule.ts';
import { assignAt, chooseResources, isFreeAt, isOpenAt, leavesCrumbs } from './starts/assign.ts';
import { feasibleStarts, leadSegment, stretchOf, withoutFullDays } from './starts/feasible.ts';
import { anchorsFor, clip, endsOfVisits, mergeSorted, onGrid } from './starts/grid.ts';
import type { Assignment, Candidate, Fit, Start, StartPolicy, StartsInput } from './starts/model.ts';
import { type Bounds, boundsOf, reachMs, type Resources, resourcesOf } from './starts/resources.ts';

export { claimsOf } from './starts/assign.ts';
export * from './starts/model.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Answers "when could this be done?" (START-1 … START-14 in docs/rules/starts.md): every start in the window at which the whole plan
 * of a candidate fits, in order, with the specialists who could take it. Pure; milliseconds since the epoch.
 * An empty window, no candidates or no hours give an empty list. Throws only on calendars that were never checked (unknown zone, no date).
 */
export function findStarts(input: StartsInput): Start[] {
  const lists = startsByCandidate(input);
  return mergeStarts(
    input.candidates.map(({ specialistId }) => specialistId),
    lists,
  );
}

/** As `findStarts`, one sorted list per candidate, in their order. A visit that needs all of them at once takes the instants common to all. */
export function startsByCandidate(input: StartsInput): number[][] {
  const { window, candidates } = input;
  if (!(window.fromMs < window.toMs)) return candidates.map(() => []);
  const resources = resourcesOf(input, gridFromMs(input.policy, window.fromMs), window.toMs);
  const bounds = new Map<string, Bounds>();
  return candidates.map((candidate) => startsOf(candidate, input, resources, bounds));
}

/** The grid of `align: gap` begins where the last claim ended, which may lie before the window: that far back it must look. */
function gridFromMs(policy: StartPolicy, fromMs: number): number {
  return policy.align === 'gap' ? fromMs - (RUN_REACH_DAYS + 2) * DAY_MS : fromMs;
}

/**
 * Range of claims that a search must be given (milliseconds, half-open): whatever overlaps it. Wider than the window by the
 * longest visit and its buffers, and by the reach of the grid where that depends on claims.
 */
export function claimsRange(input: Pick<StartsInput, 'candidates' | 'policy' | 'window'>): {
  fromMs: number;
  toMs: number;
} {
  const { policy, window } = input;
  const reach = reachMs(input);
  // What ends before the window still matters to whoever looks for crumbs: the free stretch begins there.
  const crumbs = policy.noCrumbsMinutes * MINUTE_MS;
  return { fromMs: gridFromMs(policy, window.fromMs) - reach - crumbs, toMs: window.toMs + reach + crumbs };
}

function startsOf(
  candidate: Candidate,
  input: StartsInput,
  resources: Resources,
  cache: Map<string, Bounds>,
): number[] {
  const { plan } = candidate;
  const { policy, window } = input;
  const leading = leadSegment(plan);
  if (leading === null || leading.occupies.kind !== 'specialist') return [];
  const leadId = leading.occupies.specialistId;
  const zone = resources.zoneOf(leadId);
  if (zone === null) return [];
  const bounds = cache.get(zone) ?? boundsOf(policy, input.nowMs, zone);
  cache.set(zone, bounds);
  const lastMs = policy.window === 'fit-in' ? window.toMs - plan.minutes * MINUTE_MS + 1 : window.toMs;
  const loMs = Math.max(window.fromMs, bounds.nowMs, bounds.noticeMs, bounds.cutoffMs);
  const hiMs = Math.min(lastMs, bounds.horizonMs);
  if (!(loMs < hiMs)) return [];
  const { lead, all } = feasibleStarts(plan, resources);
  const open = withoutFullDays(plan, resources, clip(all, loMs, hiMs));
  if (open.length === 0) return [];
  let found = onGrid(anchorsFor(resources, leadId, lead), open, policy.stepMinutes * MINUTE_MS);
  if (policy.align === 'tight')
    found = mergeSorted(found, endsOfVisits(resources.busyOf(leadId), stretchOf(leading), open));
  return policy.noCrumbsMinutes > 0
    ? found.filter((startMs) => !leavesCrumbs(plan, resources, startMs))
    : found;
}

/** Merges sorted lists of starts into one, each instant once, with the specialists who could take it in the order given. */
export function mergeStarts(
  specialistIds: readonly string[],
  lists: readonly (readonly number[])[],
): Start[] {
  if (specialistIds.length !== lists.length) throw new RangeError('one list per specialist');
  // The next start of each list; one sweep over all of them finds the earliest and who shares it.
  const heads = lists.map((list) => list[0] ?? Number.POSITIVE_INFINITY);
  const reads = lists.map(() => 0);
  const starts: Start[] = [];
  for (;;) {
    let startsAt = Number.POSITIVE_INFINITY;
    for (const head of heads) if (head < startsAt) startsAt = head;
    if (startsAt === Number.POSITIVE_INFINITY) return starts;
    const takers: string[] = [];
    for (let c = 0; c < heads.length; c += 1) {
      if (heads[c] !== startsAt) continue;
      takers.push(specialistIds[c] ?? '');
      const next = (reads[c] ?? 0) + 1;
      reads[c] = next;
      heads[c] = lists[c]?.[next] ?? Number.POSITIVE_INFINITY;
    }
    starts.push({ startsAt, specialistIds: takers });
  }
}

/**
 * Says whether a visit fits at one instant, and if not, why: every reason, the gravest of time first (START-12).
 * Reasons of hours and policy leave the assignment standing, for staff may override them with a reason of their own;
 * `busy`, `resource_busy` and `no_resource` do not. The guard has the last word all the same.
 */
export function fitsAt(input: StartsInput, specialistId: string, startMs: number): Fit {
  const candidate = input.candidates.find((each) => each.specialistId === specialistId);
  if (!candidate) throw new RangeError(`no candidate ${specialistId}`);
  const { plan } = candidate;
  const { policy } = input;
  const resources = resourcesOf(input, gridFromMs(policy, startMs), startMs + 1);
  const reasons: MisfitReason[] = [];
  const leading = leadSegment(plan);
  const leadId = leading?.occupies.kind === 'specialist' ? leading.occupies.specialistId : specialistId;
  const zone = resources.zoneOf(leadId);
  if (zone !== null) reasons.push(...policyReasons(boundsOf(policy, input.nowMs, zone), startMs));
  const open = specialistsOpen(plan, resources, startMs);
  if (!open) reasons.push('outside_hours');
  const free = specialistsFree(plan, resources, startMs);
  if (!free) reasons.push('busy');
  const strict = chooseResources(plan, resources, startMs, true);
  const anyway = strict ?? chooseResources(plan, resources, startMs, false);
  if (strict === null) {
    if (anyway === null) reasons.push(poolTooSmall(plan, resources) ? 'no_resource' : 'resource_busy');
    else if (open) reasons.push('outside_hours');
  }
  if (resources.fullDaysOf(plan).some(({ offsetMs, closed }) => isWithin(closed, startMs + offsetMs)))
    reasons.push('day_limit');
  if (open && free) {
    if (!isOnGrid(plan, leadId, resources, startMs)) reasons.push('not_on_grid');
    if (leavesCrumbs(plan, resources, startMs)) reasons.push('crumbs');
  }
  return {
    reasons,
    assignment: free && anyway ? assignAt(plan, specialistId, resources, startMs, strict !== null) : null,
  };
}

function policyReasons(bounds: Bounds, startMs: number): MisfitReason[] {
  const reasons: MisfitReason[] = [];
  if (startMs < bounds.nowMs) reasons.push('in_past');
  else if (startMs < bounds.noticeMs) reasons.push('notice');
  if (startMs >= bounds.nowMs && startMs < bounds.cutoffMs) reasons.push('same_day_cutoff');
  if (startMs >= bounds.horizonMs) reasons.push('horizon');
  return reasons;
}

function specialistsOpen(plan: Plan, resources: Resources, startMs: number): boolean {
  return plan.segments.every(
    (segment) =>
      segment.occupies.kind === 'need' ||
      isOpenAt(resources, segment.occupies.specialistId, 'specialist', stretchOf(segment), startMs),
  );
}

function specialistsFree(plan: Plan, resources: Resources, startMs: number): boolean {
  return plan.segments.every(
    (segment) =>
      segment.occupies.kind === 'need' ||
      isFreeAt(resources, segment.occupies.specialistId, stretchOf(segment), startMs),
  );
}

function poolTooSmall(plan: Plan, resources: Resources): boolean {
  return plan.needs.some((need) => resources.poolOf(needKey(need)).length < need.count);
}

function isWithin(spans: Spans, instantMs: number): boolean {
  for (let i = 0; i + 1 < spans.length; i += 2)
    if ((spans[i] ?? 0) <= instantMs && instantMs < (spans[i + 1] ?? 0)) return true;
  return false;
}

function isOnGrid(plan: Plan, leadId: string, resources: Resources, startMs: number): boolean {
  const { policy } = resources;
  const instant = [startMs, startMs + 1];
  const leading = leadSegment(plan);
  if (leading === null) return false;
  const { lead } = policy.align === 'gap' ? feasibleStarts(plan, resources) : { lead: [] };
  if (onGrid(anchorsFor(resources, leadId, lead), instant, policy.stepMinutes * MINUTE_MS).length > 0)
    return true;
  return (
    policy.align === 'tight' && endsOfVisits(resources.busyOf(leadId), stretchOf(leading), instant).length > 0
  );
}

/** The rooms, devices and claims of a start that `findStarts` found for this specialist; null when it does not fit (START-9). */
export function assignmentFor(input: StartsInput, specialistId: string, startMs: number): Assignment | null {
  const fit = fitsAt(input, specialistId, startMs);
  return fit.reasons.length === 0 ? fit.assignment : null;
}

/** Promises the `count` starts nearest to the wanted instant, in order of time; of two equally near the earlier (START-13). */
export function nearestStarts(starts: readonly Start[], wantedMs: number, count = 3): Start[] {
  return [...starts]
    .sort(
      (a, b) => Math.abs(a.startsAt - wantedMs) - Math.abs(b.startsAt - wantedMs) || a.startsAt - b.startsAt,
    )
    .slice(0, count)
    .sort((a, b) => a.startsAt - b.startsAt);
}

/** A claim as it is read from the table: `heldUntilMs` null means it stands for good. */
export type ClaimRow = {
  readonly resourceId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly appointmentId: string | null;
  readonly heldUntilMs: number | null;
};

/**
 * What each resource is busy with: claims less lapsed holds (a hold lives while `heldUntil > now`) and less those of the visits left out,
 * the one being moved or one's own hold (START-8). The result may be handed to `findStarts` as it is.
 */
export function busyOf(
  claims: readonly ClaimRow[],
  nowMs: number,
  withoutAppointmentIds: ReadonlySet<string> = new Set(),
): Map<string, Spans> {
  const lists = new Map<string, number[]>();
  for (const claim of claims) {
    if (claim.heldUntilMs !== null && claim.heldUntilMs <= nowMs) continue;
    if (claim.appointmentId !== null && withoutAppointmentIds.has(claim.appointmentId)) continue;
    const list = lists.get(claim.resourceId);
    if (list) list.push(claim.startMs, claim.endMs);
    else lists.set(claim.resourceId, [claim.startMs, claim.endMs]);
  }
  const busy = new Map<string, Spans>();
  for (const [id, list] of lists) busy.set(id, normalize(list));
  return busy;
}

/** How many visits begin on each local date: what a cap per day is measured against (START-7). */
export function countPerDay(startsMs: readonly number[], zone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const startMs of startsMs) {
    const date = localDateOf(startMs, zone);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}
