import { at, firstEndingAfter, normalize, type Spans } from '../interval.ts';
import type { Plan } from '../plan.ts';
import {
  addDays,
  type Calendar,
  expandHours,
  gridAnchors,
  localDateOf,
  minuteOfDay,
  RUN_REACH_DAYS,
  startOfLocalDay,
} from '../schedule.ts';
import type { StartPolicy, StartsInput } from './model.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Expanded = { readonly runs: Spans; readonly anchors: readonly number[] };

/** Everything the search asks about resources, worked out once per search: hours once per distinct calendar, busy lists in order. */
export type Resources = {
  readonly policy: StartPolicy;
  /** Bounds of the starts looked for, half-open. */
  readonly loMs: number;
  readonly hiMs: number;
  hoursOf(id: string, kind: 'specialist' | 'need'): Spans | null;
  anchorsOf(id: string): readonly number[];
  busyOf(id: string): Spans;
  coresOf(id: string): Spans;
  poolOf(key: string): readonly string[];
  zoneOf(id: string): string | null;
  fullDaysOf(plan: Plan): { specialistId: string; offsetMs: number; closed: number[] }[];
  once(key: string, work: () => Spans): Spans;
};

/** Longest visit among the candidates with its buffers, in milliseconds: how far past the window claims and hours matter. */
export function reachMs(input: Pick<StartsInput, 'candidates'>): number {
  let reach = 0;
  for (const { plan } of input.candidates)
    for (const segment of plan.segments)
      reach = Math.max(
        reach,
        segment.offsetMinutes + segment.minutes + segment.bufferAfterMinutes,
        segment.bufferBeforeMinutes,
      );
  return reach * MINUTE_MS;
}

/** Prepares the resources of a search for starts in `[loMs, hiMs)`. */
export function resourcesOf(input: StartsInput, loMs: number, hiMs: number): Resources {
  const { policy } = input;
  const expandedByCalendar = new Map<string, Expanded>();
  const byIdentity = new Map<Calendar, Expanded>();
  const busyById = new Map<string, Spans>();
  const coresById = new Map<string, Spans>();
  const shared = new Map<string, Spans>();
  const hoursFromMs = loMs - (RUN_REACH_DAYS + 2) * DAY_MS;
  const hoursToMs = hiMs + reachMs(input) + DAY_MS;
  const nothing: Expanded = { runs: [], anchors: [] };

  const expand = (id: string): Expanded | null => {
    const calendar = input.calendars.get(id);
    if (calendar === undefined) return null;
    const same = byIdentity.get(calendar);
    if (same) return same;
    const key = JSON.stringify(calendar);
    let expanded = expandedByCalendar.get(key);
    if (!expanded) {
      const runs = expandHours(calendar, hoursFromMs, hoursToMs, policy);
      expanded = { runs, anchors: gridAnchors(runs, calendar.zone) };
      expandedByCalendar.set(key, expanded);
    }
    byIdentity.set(calendar, expanded);
    return expanded;
  };
  const inOrder = (
    cache: Map<string, Spans>,
    source: ReadonlyMap<string, Spans> | undefined,
    id: string,
  ): Spans => {
    let spans = cache.get(id);
    if (!spans) {
      spans = normalize(source?.get(id) ?? []);
      cache.set(id, spans);
    }
    return spans;
  };

  return {
    policy,
    loMs,
    hiMs,
    hoursOf: (id, kind) => (expand(id) ?? (kind === 'specialist' ? nothing : null))?.runs ?? null,
    anchorsOf: (id) => (expand(id) ?? nothing).anchors,
    busyOf: (id) => inOrder(busyById, input.busy, id),
    coresOf: (id) => inOrder(coresById, input.busyCores ?? input.busy, id),
    poolOf: (key) => input.pools.get(key) ?? [],
    zoneOf: (id) => input.calendars.get(id)?.zone ?? null,
    once: (key, work) => {
      let value = shared.get(key);
      if (!value) {
        value = work();
        shared.set(key, value);
      }
      return value;
    },
    fullDaysOf: (plan) => fullDays(input, plan),
  };
}

function fullDays(
  input: StartsInput,
  plan: Plan,
): { specialistId: string; offsetMs: number; closed: number[] }[] {
  const seen = new Set<string>();
  const out: { specialistId: string; offsetMs: number; closed: number[] }[] = [];
  if (!input.dayLimits || input.dayLimits.size === 0) return out;
  for (const segment of plan.segments) {
    if (segment.occupies.kind !== 'specialist') continue;
    const { specialistId } = segment.occupies;
    if (seen.has(specialistId)) continue;
    seen.add(specialistId);
    const limit = input.dayLimits.get(specialistId);
    const zone = input.calendars.get(specialistId)?.zone;
    if (!limit || zone === undefined) continue;
    const offsetMs = segment.offsetMinutes * MINUTE_MS;
    if (limit.maxPerDay <= 0) {
      out.push({ specialistId, offsetMs, closed: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] });
      continue;
    }
    const dates = [...limit.counts].filter(([, count]) => count >= limit.maxPerDay).map(([date]) => date);
    const closed: number[] = [];
    for (const date of dates.sort()) {
      const fromMs = startOfLocalDay(date, zone);
      const toMs = startOfLocalDay(addDays(date, 1), zone);
      if (fromMs < toMs) closed.push(fromMs, toMs);
    }
    out.push({ specialistId, offsetMs, closed });
  }
  return out;
}

/** The reasons of policy that forbid every start before or after an instant, in the zone of the specialist who begins. */
export type Bounds = {
  readonly nowMs: number;
  /** First start that notice allows. */
  readonly noticeMs: number;
  /** First start that the same-day cut-off allows. */
  readonly cutoffMs: number;
  /** First instant beyond the horizon. */
  readonly horizonMs: number;
};

/** Works out the bounds. Notice is elapsed time; horizon and cut-off go by the calendar of the zone. */
export function boundsOf(policy: StartPolicy, nowMs: number, zone: string): Bounds {
  const today = localDateOf(nowMs, zone);
  const earliestMs = nowMs + policy.minNoticeMinutes * MINUTE_MS;
  const cutOff =
    policy.sameDayCutoffMinute !== null && minuteOfDay(nowMs, zone) >= policy.sameDayCutoffMinute;
  return {
    nowMs,
    noticeMs: policy.noticeInclusive ? earliestMs : earliestMs + 1,
    cutoffMs: cutOff ? startOfLocalDay(addDays(today, 1), zone) : Number.NEGATIVE_INFINITY,
    horizonMs: horizonOf(policy, nowMs, today, zone),
  };
}

function horizonOf(policy: StartPolicy, nowMs: number, today: string, zone: string): number {
  if (policy.horizonDays === null) return Number.POSITIVE_INFINITY;
  if (policy.horizon === 'exact') return nowMs + policy.horizonDays * DAY_MS + 1;
  return startOfLocalDay(addDays(today, policy.horizonDays + 1), zone);
}

/** Free stretch of a specialist around an instant: the run of hours that holds it, less what he is busy with. Null outside of hours. */
export function freeAround(
  hours: Spans,
  busy: Spans,
  insideMs: number,
): { startMs: number; endMs: number } | null {
  const run = firstEndingAfter(hours, insideMs);
  if (run >= hours.length || at(hours, run) > insideMs) return null;
  const next = firstEndingAfter(busy, insideMs);
  return {
    startMs: next > 0 ? Math.max(at(hours, run), at(busy, next - 1)) : at(hours, run),
    endMs: next < busy.length ? Math.min(at(hours, run + 1), at(busy, next)) : at(hours, run + 1),
  };
}
