import { covers, normalize, overlaps } from '../interval.ts';
import { needKey, type Plan, type Segment } from '../plan.ts';
import { leadSegment, type Stretch, stretchOf } from './feasible.ts';
import type { Assignment, Claim } from './model.ts';
import { freeAround, type Resources } from './resources.ts';

const MINUTE_MS = 60_000;

/** True when nothing the resource is busy with overlaps the stretch of a visit that begins at `startMs`, buffers included. */
export function isFreeAt(resources: Resources, id: string, stretch: Stretch, startMs: number): boolean {
  const coreFrom = startMs + stretch.fromMs;
  const coreUntil = startMs + stretch.untilMs;
  const claimFrom = coreFrom - stretch.beforeMs;
  const claimUntil = coreUntil + stretch.afterMs;
  if (resources.policy.bufferCombine === 'sum') return !overlaps(resources.busyOf(id), claimFrom, claimUntil);
  return (
    !overlaps(resources.busyOf(id), coreFrom, coreUntil) &&
    !overlaps(resources.coresOf(id), claimFrom, claimUntil)
  );
}

/** True when the stretch lies in one run of the resource's hours, buffers too where the clinic asks for it. */
export function isOpenAt(
  resources: Resources,
  id: string,
  kind: 'specialist' | 'need',
  stretch: Stretch,
  startMs: number,
): boolean {
  const hours = resources.hoursOf(id, kind);
  if (hours === null || stretch.untilMs <= stretch.fromMs) return true;
  const widen = !resources.policy.bufferMayExceedHours;
  return covers(
    hours,
    startMs + stretch.fromMs - (widen ? stretch.beforeMs : 0),
    startMs + stretch.untilMs + (widen ? stretch.afterMs : 0),
  );
}

type Wanted = {
  readonly need: number;
  readonly stretch: Stretch;
  readonly count: number;
  readonly pool: readonly string[];
};

function wantedOf(plan: Plan, resources: Resources): Map<string, Wanted[]> {
  const byKey = new Map<string, Wanted[]>();
  for (const segment of plan.segments) {
    if (segment.occupies.kind !== 'need') continue;
    const need = plan.needs[segment.occupies.need];
    if (!need)
      throw new RangeError(`segment points to need ${segment.occupies.need} of ${plan.needs.length}`);
    const key = needKey(need);
    const list = byKey.get(key) ?? [];
    list.push({
      need: segment.occupies.need,
      stretch: stretchOf(segment),
      count: need.count,
      pool: resources.poolOf(key),
    });
    byKey.set(key, list);
  }
  return byKey;
}

/**
 * Chooses the concrete rooms and devices for a visit that begins at `startMs`: for each need as many as asked, free throughout.
 * Resources that can serve the whole visit go first, then those already in use in it, then the pool's order:
 * the client keeps one room wherever one can be kept. Null when some need cannot be met.
 */
export function chooseResources(
  plan: Plan,
  resources: Resources,
  startMs: number,
  heedHours: boolean,
): readonly (readonly string[])[] | null {
  const chosen: string[][] = plan.needs.map(() => []);
  for (const wanted of wantedOf(plan, resources).values()) {
    const can = (id: string, stretch: Stretch) =>
      isFreeAt(resources, id, stretch, startMs) &&
      (!heedHours || isOpenAt(resources, id, 'need', stretch, startMs));
    const score = new Map<string, number>();
    for (const { pool } of wanted)
      for (const id of pool)
        if (!score.has(id)) score.set(id, wanted.every((each) => can(id, each.stretch)) ? 1 : 0);
    const inUse = new Set<string>();
    for (const { need, stretch, count, pool } of wanted) {
      const free = pool.filter((id) => can(id, stretch));
      if (free.length < count) return null;
      const rank = (id: string) => (inUse.has(id) ? 2 : 0) + (score.get(id) ?? 0);
      const picked = free.sort((a, b) => rank(b) - rank(a)).slice(0, count);
      for (const id of picked) inUse.add(id);
      chosen[need] = picked;
    }
  }
  return chosen;
}

/** Promises the claims of a visit that begins at `startMs`: merged per resource, sorted by resource id, the order they are inserted in. */
export function claimsOf(plan: Plan, resourceIds: readonly (readonly string[])[], startMs: number): Claim[] {
  const byResource = new Map<string, number[]>();
  for (const segment of plan.segments) {
    const ids =
      segment.occupies.kind === 'specialist'
        ? [segment.occupies.specialistId]
        : (resourceIds[segment.occupies.need] ?? []);
    const fromMs = startMs + (segment.offsetMinutes - segment.bufferBeforeMinutes) * MINUTE_MS;
    const untilMs =
      startMs + (segment.offsetMinutes + segment.minutes + segment.bufferAfterMinutes) * MINUTE_MS;
    for (const id of ids) byResource.set(id, [...(byResource.get(id) ?? []), fromMs, untilMs]);
  }
  const claims: Claim[] = [];
  for (const [resourceId, spans] of [...byResource].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const merged = normalize(spans);
    for (let i = 0; i + 1 < merged.length; i += 2)
      claims.push({ resourceId, startMs: merged[i] ?? 0, endMs: merged[i + 1] ?? 0 });
  }
  return claims;
}

/** The assignment of a visit, or null when something it needs is busy. */
export function assignAt(
  plan: Plan,
  specialistId: string,
  resources: Resources,
  startMs: number,
  heedHours: boolean,
): Assignment | null {
  for (const segment of plan.segments)
    if (
      segment.occupies.kind === 'specialist' &&
      !isFreeAt(resources, segment.occupies.specialistId, stretchOf(segment), startMs)
    )
      return null;
  const chosen = chooseResources(plan, resources, startMs, heedHours);
  if (chosen === null) return null;
  return { specialistId, resources: chosen, claims: claimsOf(plan, chosen, startMs) };
}

/**
 * True when the visit would leave one of its specialists a free stretch too short to sell: shorter than `noCrumbsMinutes`
 * before his first claim or after his last. A stretch of no length is no crumb.
 */
export function leavesCrumbs(plan: Plan, resources: Resources, startMs: number): boolean {
  const crumbMs = resources.policy.noCrumbsMinutes * MINUTE_MS;
  if (crumbMs <= 0 || leadSegment(plan) === null) return false;
  const outer = new Map<string, { first: Segment; last: Segment }>();
  for (const segment of plan.segments) {
    if (segment.occupies.kind !== 'specialist') continue;
    const { specialistId } = segment.occupies;
    const first = outer.get(specialistId)?.first ?? segment;
    outer.set(specialistId, {
      first,
      last: segment.minutes > 0 ? segment : (outer.get(specialistId)?.last ?? segment),
    });
  }
  for (const [id, { first, last }] of outer) {
    const hours = resources.hoursOf(id, 'specialist') ?? [];
    const busy = resources.busyOf(id);
    const head = stretchOf(first);
    const tail = stretchOf(last);
    const before = freeAround(hours, busy, startMs + head.fromMs);
    const after = freeAround(hours, busy, startMs + tail.untilMs - 1);
    const gapBefore = before === null ? 0 : startMs + head.fromMs - head.beforeMs - before.startMs;
    const gapAfter = after === null ? 0 : after.endMs - (startMs + tail.untilMs + tail.afterMs);
    if ((gapBefore > 0 && gapBefore < crumbMs) || (gapAfter > 0 && gapAfter < crumbMs)) return true;
  }
  return false;
}
