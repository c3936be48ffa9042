/**
 * Refusals are values: a closed list of codes, each with the data a page needs to offer a way on.
 * Whatever is not in this list is a bug and throws.
 */
import type { FieldIssue } from './field-issue.ts';
import type { FoundFault } from './scheme/check.ts';

/** A start as it is offered to people. */
export interface OfferedStart {
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
  specialistIds: string[];
}

/** Why a start does not fit, decided before the guard is asked. */
export type MisfitReason =
  | 'outside_hours'
  | 'in_past'
  | 'notice'
  | 'horizon'
  | 'same_day_cutoff'
  | 'not_on_grid'
  | 'crumbs'
  | 'day_limit'
  | 'busy'
  | 'resource_busy'
  | 'no_resource'
  | 'clock_gap';

/** A visit that stands in the way, as staff see it. */
export interface VisitInTheWay {
  appointmentId: string;
  startsAt: number;
  clientName: string;
}

export interface RefusalData {
  not_signed_in: Record<never, never>;
  forbidden: Record<never, never>;
  not_found: { noun: string };
  invalid_input: { issues: FieldIssue[] };
  /** Somebody else changed it since it was read. */
  stale: { noun: string };
  /** Something with that unique value exists already. */
  taken: { field: string };
  in_use: { noun: string; count: number };
  idempotency_key_reused: Record<never, never>;
  /** The house is too busy, or its database is away: nothing is known to have changed, and it may be sent again as it is. */
  busy: Record<never, never>;
  // booking
  slot_taken: { alternatives: OfferedStart[] };
  start_unfit: { reason: MisfitReason; alternatives: OfferedStart[] };
  hold_lapsed: { alternatives: OfferedStart[] };
  plan_refused: { reason: string; subjectId?: string };
  not_bookable_online: Record<never, never>;
  not_allowed_to_book: { reason: 'existing_only' | 'invited_only' | 'blocked' };
  prerequisite_missing: { serviceName: string; minHours: number; maxDays: number | null };
  too_many_upcoming: { max: number };
  transition_refused: { from: string; to: string };
  cancel_window_over: { minutes: number };
  /** One step of a plan for a day, and what stands against it: nothing of the plan was done. */
  step_refused: { appointmentId: string; startsAt: number; because: Refusal };
  reason_required: Record<never, never>;
  // hours
  visits_in_the_way: { visits: VisitInTheWay[]; total: number };
  time_zone_unknown: { timeZone: string };
  // people
  wrong_credentials: Record<never, never>;
  account_blocked: Record<never, never>;
  /** The session is good, but this wants a fresh proof of who holds it: password, and second factor where there is one. */
  proof_needed: Record<never, never>;
  /** Administrators need a second factor for this; it is set up in the own account. */
  second_factor_needed: Record<never, never>;
  proof_refused: { reason: 'wrong' | 'expired' | 'too_many_tries' };
  already_linked: Record<never, never>;
  /** Asked or tried again too soon: nothing was looked at. */
  wait: { seconds: number };
  /** So much has been tried here that each further try costs a solved puzzle, which belongs with what was sent. */
  captcha_needed: Record<never, never>;
  /** The password is right; the code of the second factor is still to come, with the same password. */
  second_factor_asked: Record<never, never>;
  /** The link to a new password was used, is too old, or a newer one was asked for. */
  link_lapsed: Record<never, never>;
  // files
  unreadable_file: {
    reason:
      | 'encoding'
      | 'workbook'
      | 'empty'
      | 'too_many_rows'
      | 'too_large'
      | 'no_header'
      | 'quotes'
      | 'no_picture'
      | 'too_many_pixels';
    detail?: string;
  };
  // drawings
  /** It is finished or cancelled; a finished one is corrected as a new revision. */
  scheme_closed: { status: 'finished' | 'cancelled' };
  scheme_not_finished: Record<never, never>;
  /** Why it can't be finished, mark by mark. */
  scheme_refused: { faults: FoundFault[] };
  /** A correction that corrects nothing. */
  nothing_changed: Record<never, never>;
  /** The invitation was used, or its two minutes are over. */
  invite_lapsed: Record<never, never>;
}

export type RefusalCode = keyof RefusalData;
export type Refusal = { [C in RefusalCode]: { code: C } & RefusalData[C] }[RefusalCode];
export type RefusalOf<C extends RefusalCode> = { code: C } & RefusalData[C];

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export function refuse<C extends RefusalCode>(
  code: C,
  ...data: keyof RefusalData[C] extends never ? [] : [RefusalData[C]]
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, ...data[0] } as Refusal };
}
