import type { Spans } from '../../domain/interval.ts';
import { needKey, resolvePlan, type TechniqueTerms } from '../../domain/plan.ts';
import {
  type Calendar,
  type HoursException,
  isDate,
  isKnownZone,
  type WallSpan,
} from '../../domain/schedule.ts';
import {
  type Candidate,
  countPerDay,
  type DayLimit,
  defaultStartPolicy,
  type StartPolicy,
  type StartsInput,
} from '../../domain/starts.ts';
import {
  type Booking,
  type Exception,
  type Hours,
  type SlotsInput,
  slotsInput,
  type Technique,
} from './slots-form.ts';

const MINUTE_MS = 60_000;

/** A scenario that cannot be understood: named in the report, never a stack trace. */
export class ScenarioError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioError';
  }
}

/** Reads an ISO instant with its offset; anything else is a `ScenarioError`. */
export function instantOf(text: string, where: string): number {
  const ms = Date.parse(text);
  if (!Number.isFinite(ms) || !/(Z|[+-]\d{2}:?\d{2})$/i.test(text))
    throw new ScenarioError(`${where}: not an instant with an offset: ${JSON.stringify(text)}`);
  return ms;
}

function minuteOf(text: string, where: string): number {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minute = parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN;
  if (!parts || Number(parts[2]) > 59 || minute > 1440)
    throw new ScenarioError(`${where}: not a time of day: ${JSON.stringify(text)}`);
  return minute;
}

function wallOf(hours: { start: string; end: string }, where: string): WallSpan {
  return { startMinute: minuteOf(hours.start, where), endMinute: minuteOf(hours.end, where) };
}

function hoursOf(hours: Hours, where: string): WallSpan & { breaks: WallSpan[] } {
  return { ...wallOf(hours, where), breaks: hours.breaks.map((pause) => wallOf(pause, `${where} break`)) };
}

function exceptionsOf(exception: Exception, where: string): HoursException[] {
  const dateFrom = exception.date;
  const dateTo = exception.dateTo ?? exception.date;
  if (!isDate(dateFrom) || !isDate(dateTo))
    throw new ScenarioError(`${where}: not a date: ${dateFrom}…${dateTo}`);
  const dated = (kind: HoursException['kind'], intervals: HoursException['intervals']): HoursException => ({
    dateFrom,
    dateTo,
    kind,
    intervals,
  });
  const out: HoursException[] = [];
  if (exception.closed) out.push(dated('closed', []));
  if (exception.intervals)
    out.push(
      dated(
        'replace',
        exception.intervals.map((each) => hoursOf(each, where)),
      ),
    );
  if (exception.addIntervals)
    out.push(
      dated(
        'extra',
        exception.addIntervals.map((each) => hoursOf(each, where)),
      ),
    );
  if (exception.breaks)
    out.push(
      dated(
        'break',
        exception.breaks.map((each) => wallOf(each, where)),
      ),
    );
  return out;
}

function techniquesOf(tree: readonly Technique[], parentId: string | null): TechniqueTerms[] {
  return tree.flatMap((technique) => [
    {
      id: technique.id,
      parentId,
      name: technique.id,
      selection: technique.required ? ('required' as const) : ('optional' as const),
      minutes: technique.durationMin,
      priceMinor: 0,
      masteryRequired: true,
      requires: [],
    },
    ...techniquesOf(technique.children, technique.id),
  ]);
}

/** Of the techniques asked for, those that exist and whose ancestors are used: the form lets the others pass unheeded. */
function heeded(tree: readonly Technique[], asked: readonly string[]): string[] {
  return tree.flatMap((technique) =>
    technique.required || asked.includes(technique.id)
      ? [...(asked.includes(technique.id) ? [technique.id] : []), ...heeded(technique.children, asked)]
      : [],
  );
}

const policyValues: { readonly [K in keyof StartPolicy]?: readonly unknown[] } = {
  align: ['schedule', 'gap', 'tight'],
  bufferMayExceedHours: [true, false],
  bufferCombine: ['sum', 'max'],
  noticeInclusive: [true, false],
  horizon: ['local-date', 'exact'],
  ambiguous: ['earlier', 'later'],
  mergeTouching: [true, false],
  window: ['start-in', 'fit-in'],
};

/** The policy values of a scenario that the engine does not offer, as `name=value`. */
export function unknownPolicy(policy: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(policy)
    .filter(
      ([name, value]) =>
        !Object.entries(policyValues).some(([key, values]) => key === name && values.includes(value)),
    )
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
}

/** Reads the form. Throws `ScenarioError` naming the field that is not of it. */
export function readSlots(raw: unknown): SlotsInput {
  const parsed = slotsInput.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ScenarioError(`input.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not of the form'}`);
}

/** The specialists of a scenario, one or several. */
export function specialistsOf(input: SlotsInput): readonly NonNullable<SlotsInput['specialist']>[] {
  return input.specialists ?? (input.specialist ? [input.specialist] : []);
}

/**
 * Translates a scenario of kind `slots` into the engine's input. Pure. `policy` overrides the scenario's own values one by one
 * (its `alternatives`). Specialists who may not perform the service are no candidates. Throws `ScenarioError` on what it cannot understand.
 */
export function engineInputOf(
  input: SlotsInput,
  policy: Readonly<Record<string, unknown>> = {},
): StartsInput {
  const specialists = specialistsOf(input);
  const overrides = { ...input.policy, ...policy };
  const missing = unknownPolicy(overrides);
  if (missing.length > 0) throw new ScenarioError(`policy not offered: ${missing.join(', ')}`);
  const nowMs = instantOf(input.query.now, 'query.now');
  const calendars = new Map<string, Calendar>();
  for (const specialist of specialists) {
    const zone = specialist.timezone ?? input.timezone;
    if (!isKnownZone(zone))
      throw new ScenarioError(`specialist ${specialist.id}: unknown time zone ${JSON.stringify(zone)}`);
    const where = `specialist ${specialist.id}`;
    calendars.set(specialist.id, {
      zone,
      schedules: [
        {
          validFrom: null,
          validUntil: null,
          weekly: specialist.weekly.map((hours) => ({ weekday: hours.weekday, ...hoursOf(hours, where) })),
        },
      ],
      exceptions: specialist.exceptions.flatMap((exception) => exceptionsOf(exception, where)),
    });
  }
  const candidates: Candidate[] = [];
  for (const specialist of specialists) {
    const plan = planOf(input, specialist);
    if (plan) candidates.push({ specialistId: specialist.id, plan });
  }
  const pools = new Map<string, string[]>();
  for (const resource of input.resources) {
    const key = needKey({ kind: 'room', type: resource.type });
    pools.set(key, [...(pools.get(key) ?? []), resource.id]);
  }
  const blocking = blockersOf(input, nowMs);
  return {
    candidates,
    calendars,
    pools,
    ...busyOf(
      input,
      blocking,
      specialists.map(({ id }) => id),
    ),
    dayLimits: limitsOf(input, specialists, blocking),
    policy: {
      ...defaultStartPolicy,
      stepMinutes: input.service.slotStepMin,
      minNoticeMinutes: input.query.minNoticeMin,
      horizonDays: input.query.horizonDays,
      ...overrides,
    },
    window: {
      fromMs: instantOf(input.query.from, 'query.from'),
      toMs: instantOf(input.query.to, 'query.to'),
    },
    nowMs,
  };
}

function planOf(input: SlotsInput, specialist: NonNullable<SlotsInput['specialist']>) {
  const { service } = input;
  const resolved = resolvePlan({
    // The form leaves the minutes as they are summed; rounding them is the booking's own rule.
    slotStepMinutes: 1,
    maxMinutes: Number.MAX_SAFE_INTEGER,
    items: [
      {
        service: {
          id: 'service',
          name: 'service',
          baseMinutes: service.durationMin,
          priceMinor: 0,
          bufferBeforeMinutes: service.bufferBeforeMin,
          bufferAfterMinutes: service.bufferAfterMin,
          requires: service.requires
            .filter(({ count }) => count > 0)
            .map(({ type, count }) => ({ kind: 'room' as const, type, count })),
        },
        techniques: techniquesOf(service.techniques, null),
        chosenTechniqueIds: heeded(service.techniques, input.query.techniques),
        specialist: {
          id: specialist.id,
          services: {},
          techniques: {},
          masteredTechniqueIds: specialist.masters ?? null,
        },
      },
    ],
  });
  return resolved.ok ? resolved.value : null;
}

type Blocker = Booking & { readonly startMs: number; readonly endMs: number; readonly isHold: boolean };

function blockersOf(input: SlotsInput, nowMs: number): Blocker[] {
  const out: Blocker[] = [];
  const add = (booking: Booking, isHold: boolean) => {
    const where = `${isHold ? 'hold' : 'booking'} ${booking.id ?? ''}`;
    out.push({
      ...booking,
      isHold,
      startMs: instantOf(booking.start, where),
      endMs: instantOf(booking.end, where),
    });
  };
  for (const booking of input.existing) {
    if (booking.status === 'cancelled') continue;
    if (booking.id !== undefined && booking.id === input.query.excludeBookingId) continue;
    add(booking, false);
  }
  for (const hold of input.holds) {
    if (instantOf(hold.expiresAt, `hold ${hold.id ?? ''}`) <= nowMs) continue;
    if (hold.sessionId !== undefined && hold.sessionId === input.query.sessionId) continue;
    add(hold, true);
  }
  return out;
}

/** A booking without a named specialist occupies everybody asked for. */
function occupantsOf(blocker: Blocker, specialistIds: readonly string[]): readonly string[] {
  if (blocker.specialistId != null) return [blocker.specialistId];
  return specialistIds;
}

function busyOf(input: SlotsInput, blockers: readonly Blocker[], specialistIds: readonly string[]) {
  const busy = new Map<string, number[]>();
  const busyCores = new Map<string, number[]>();
  const push = (lists: Map<string, number[]>, id: string, startMs: number, endMs: number) => {
    const list = lists.get(id);
    if (list) list.push(startMs, endMs);
    else lists.set(id, [startMs, endMs]);
  };
  for (const blocker of blockers) {
    const ids = [...occupantsOf(blocker, specialistIds), ...blocker.resourceIds];
    for (const id of ids) {
      push(
        busy,
        id,
        blocker.startMs - blocker.bufferBeforeMin * MINUTE_MS,
        blocker.endMs + blocker.bufferAfterMin * MINUTE_MS,
      );
      push(busyCores, id, blocker.startMs, blocker.endMs);
    }
  }
  return { busy: new Map<string, Spans>(busy), busyCores: new Map<string, Spans>(busyCores) };
}

function limitsOf(
  input: SlotsInput,
  specialists: readonly NonNullable<SlotsInput['specialist']>[],
  blockers: readonly Blocker[],
): Map<string, DayLimit> {
  const limits = new Map<string, DayLimit>();
  const ids = specialists.map(({ id }) => id);
  for (const specialist of specialists) {
    if (specialist.maxBookingsPerDay == null) continue;
    // A hold occupies time but is no visit yet: it does not count towards the day's limit.
    const startsMs = blockers
      .filter((blocker) => !blocker.isHold && occupantsOf(blocker, ids).includes(specialist.id))
      .map(({ startMs }) => startMs);
    const zone = specialist.timezone ?? input.timezone;
    limits.set(specialist.id, {
      maxPerDay: specialist.maxBookingsPerDay,
      counts: countPerDay(startsMs, zone),
    });
  }
  return limits;
}
