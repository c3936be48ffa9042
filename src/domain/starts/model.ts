import type { Spans } from '../interval.ts';
import type { Plan } from '../plan.ts';
import type { MisfitReason } from '../refusal.ts';
import type { Ambiguous, Calendar } from '../schedule.ts';

/** A clinic's rules for offering starts. Minutes; `horizonDays` counts local dates from today, null sets no end. */
export type StartPolicy = {
  /** `schedule` steps from the beginning of each run of hours, `gap` from the beginning of each free stretch, `tight` as schedule plus the instants a visit ends. */
  readonly align: 'schedule' | 'gap' | 'tight';
  readonly stepMinutes: number;
  /** A start that leaves a free stretch shorter than this before or after it is not offered; 0 switches it off. */
  readonly noCrumbsMinutes: number;
  readonly minNoticeMinutes: number;
  readonly noticeInclusive: boolean;
  readonly horizonDays: number | null;
  readonly horizon: 'local-date' | 'exact';
  /** From this minute of the local day on, nothing more is offered for the same day; null never. */
  readonly sameDayCutoffMinute: number | null;
  readonly bufferMayExceedHours: boolean;
  /** `sum`: the buffers of neighbours add up. `max`: the longer of the two is enough (needs `busyCores`). */
  readonly bufferCombine: 'sum' | 'max';
  readonly ambiguous: Ambiguous;
  readonly mergeTouching: boolean;
  /** `start-in`: the start lies in the window. `fit-in`: the whole visit does, buffers aside. */
  readonly window: 'start-in' | 'fit-in';
};

/** What a clinic has before it sets anything. */
export const defaultStartPolicy: StartPolicy = {
  align: 'schedule',
  stepMinutes: 15,
  noCrumbsMinutes: 0,
  minNoticeMinutes: 0,
  noticeInclusive: true,
  horizonDays: null,
  horizon: 'local-date',
  sameDayCutoffMinute: null,
  bufferMayExceedHours: true,
  bufferCombine: 'sum',
  ambiguous: 'earlier',
  mergeTouching: true,
  window: 'start-in',
};

/** One way of performing the visit: its plan under the name of the specialist it starts with. */
export type Candidate = { readonly specialistId: string; readonly plan: Plan };

/** A cap on visits per local date, and how many each date has already (the visit being moved not counted). */
export type DayLimit = { readonly maxPerDay: number; readonly counts: ReadonlyMap<string, number> };

export type StartsInput = {
  readonly candidates: readonly Candidate[];
  /** By resource id. A specialist without a calendar never works; a room or device without one is always open. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** Resource ids that can meet a need, in order of preference, by `needKey`. */
  readonly pools: ReadonlyMap<string, readonly string[]>;
  /** What each resource is occupied with, buffers included (`busyOf`): normalized where it is not already. */
  readonly busy: ReadonlyMap<string, Spans>;
  /** The same without buffers; read only under `bufferCombine: max`. */
  readonly busyCores?: ReadonlyMap<string, Spans>;
  readonly dayLimits?: ReadonlyMap<string, DayLimit>;
  readonly policy: StartPolicy;
  /** Half-open, milliseconds since the epoch. */
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly nowMs: number;
};

/** A start that can be offered, and who could take it, in the order of the candidates. */
export type Start = { readonly startsAt: number; readonly specialistIds: readonly string[] };

/** Who and what a visit would occupy: resource ids per need of the plan, and the claims to be made, sorted by resource. */
export type Assignment = {
  readonly specialistId: string;
  readonly resources: readonly (readonly string[])[];
  readonly claims: readonly Claim[];
};

/** One resource occupied for `[startMs, endMs)`, buffers included. */
export type Claim = { readonly resourceId: string; readonly startMs: number; readonly endMs: number };

/** No reasons: it fits. An assignment is there whenever nothing stands in the way but hours and policy, which staff may override. */
export type Fit = { readonly reasons: readonly MisfitReason[]; readonly assignment: Assignment | null };
