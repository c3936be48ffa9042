import { Temporal } from 'temporal-polyfill';
import type { Plan } from '../../src/domain/plan.ts';
import type { Calendar } from '../../src/domain/schedule.ts';
import type { StartsInput } from '../../src/domain/starts.ts';

// Asks of every single minute what the rules ask of a start, with Temporal for each wall-clock time and sets of minutes for
// hours and claims. Nothing of the engine is used but its types, so that both can only agree by being right.

const MINUTE = 60_000;

function wall(date: Temporal.PlainDate, minute: number, zone: string): number {
  const at = date.toPlainDateTime().add({ minutes: minute });
  return at.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / MINUTE;
}

/** Marks the minutes of a wall-clock interval, which may reach into the next day. */
function mark(set: Set<number>, date: Temporal.PlainDate, from: number, to: number, zone: string): void {
  if (from === to) return;
  const end = wall(date, to < from ? to + 1440 : to, zone);
  for (let minute = wall(date, from, zone); minute < end; minute += 1) set.add(minute);
}

/** Minutes (since the epoch) at which a calendar is open. */
export function openMinutes(
  calendar: Calendar,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Set<number> {
  const work = new Set<number>();
  const breaks = new Set<number>();
  const { zone } = calendar;
  for (let date = from; Temporal.PlainDate.compare(date, to) <= 0; date = date.add({ days: 1 })) {
    const text = date.toString();
    const exceptions = calendar.exceptions.filter((each) => each.dateFrom <= text && text <= each.dateTo);
    if (exceptions.some(({ kind }) => kind === 'closed')) continue;
    const noon = date.toPlainDateTime('12:00').toZonedDateTime(zone);
    if (!noon.toPlainDate().equals(date)) continue;
    const intervals = exceptions.filter(({ kind }) => kind === 'extra').flatMap((each) => each.intervals);
    const replaced = exceptions.filter(({ kind }) => kind === 'replace');
    if (replaced.length > 0) intervals.push(...replaced.flatMap((each) => each.intervals));
    else
      for (const schedule of calendar.schedules) {
        if (schedule.validFrom !== null && text < schedule.validFrom) continue;
        if (schedule.validUntil !== null && text > schedule.validUntil) continue;
        intervals.push(...schedule.weekly.filter(({ weekday }) => weekday === date.dayOfWeek));
      }
    for (const { startMinute, endMinute, breaks: pauses } of intervals) {
      mark(work, date, startMinute, endMinute, zone);
      for (const pause of pauses ?? []) {
        const day = endMinute < startMinute && pause.startMinute < startMinute ? date.add({ days: 1 }) : date;
        mark(breaks, day, pause.startMinute, pause.endMinute, zone);
      }
    }
    for (const pause of exceptions.filter(({ kind }) => kind === 'break').flatMap((each) => each.intervals))
      mark(breaks, date, pause.startMinute, pause.endMinute, zone);
  }
  for (const minute of breaks) work.delete(minute);
  return work;
}

function busyMinutes(spans: readonly number[]): Set<number> {
  const set = new Set<number>();
  for (let i = 0; i < spans.length; i += 2)
    for (
      let minute = Math.floor((spans[i] ?? 0) / MINUTE);
      minute * MINUTE < (spans[i + 1] ?? 0);
      minute += 1
    )
      set.add(minute);
  return set;
}

/** Starts (ms) of every candidate, by looking at each minute of the window. Knows `align: schedule` and summed buffers. */
export function oracle(input: StartsInput): number[][] {
  const { policy, window, nowMs } = input;
  const open = new Map<string, Set<number>>();
  const busy = new Map<string, Set<number>>();
  const date = (ms: number, zone: string) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
  for (const [id, calendar] of input.calendars)
    open.set(
      id,
      openMinutes(
        calendar,
        date(window.fromMs, calendar.zone).subtract({ days: 9 }),
        date(window.toMs, calendar.zone).add({ days: 4 }),
      ),
    );
  for (const [id, spans] of input.busy) busy.set(id, busyMinutes(spans));

  const range = (from: number, to: number, accept: (minute: number) => boolean) => {
    for (let minute = from; minute < to; minute += 1) if (!accept(minute)) return false;
    return true;
  };
  const can = (id: string, segment: Plan['segments'][number], start: number, isSpecialist: boolean) => {
    const from = start + segment.offsetMinutes;
    const to = from + segment.minutes;
    const hours = open.get(id);
    const widen = policy.bufferMayExceedHours ? 0 : 1;
    const inHours =
      segment.minutes === 0 ||
      (hours === undefined
        ? !isSpecialist
        : range(
            from - widen * segment.bufferBeforeMinutes,
            to + widen * segment.bufferAfterMinutes,
            (minute) => hours.has(minute),
          ));
    return (
      inHours &&
      range(
        from - segment.bufferBeforeMinutes,
        to + segment.bufferAfterMinutes,
        (minute) => !busy.get(id)?.has(minute),
      )
    );
  };

  return input.candidates.map(({ plan }) => {
    const lead = plan.segments.find(({ occupies }) => occupies.kind === 'specialist');
    if (lead?.occupies.kind !== 'specialist') return [];
    const leadId = lead.occupies.specialistId;
    const zone = input.calendars.get(leadId)?.zone;
    const hours = open.get(leadId);
    if (zone === undefined || hours === undefined) return [];
    const today = date(nowMs, zone);
    const found: number[] = [];
    for (let minute = Math.ceil(window.fromMs / MINUTE); minute * MINUTE < window.toMs; minute += 1) {
      const ms = minute * MINUTE;
      const earliest = nowMs + policy.minNoticeMinutes * MINUTE;
      if (ms < nowMs || (policy.noticeInclusive ? ms < earliest : ms <= earliest)) continue;
      const day = date(ms, zone);
      if (
        policy.horizonDays !== null &&
        Temporal.PlainDate.compare(day, today.add({ days: policy.horizonDays })) > 0
      )
        continue;
      const clock = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
      if (
        policy.sameDayCutoffMinute !== null &&
        clock.hour * 60 + clock.minute >= policy.sameDayCutoffMinute &&
        day.equals(today)
      )
        continue;
      if (!hours.has(minute)) continue;
      let runStart = minute;
      while (hours.has(runStart - 1)) runStart -= 1;
      if ((minute - runStart) % policy.stepMinutes !== 0) continue;
      const specialistsFit = plan.segments.every(
        (segment) =>
          segment.occupies.kind === 'need' || can(segment.occupies.specialistId, segment, minute, true),
      );
      if (!specialistsFit) continue;
      const needsMet = plan.segments.every((segment) => {
        if (segment.occupies.kind !== 'need') return true;
        const need = plan.needs[segment.occupies.need];
        if (!need) return false;
        const pool = input.pools.get(`${need.kind}:${need.type}`) ?? [];
        return pool.filter((id) => can(id, segment, minute, false)).length >= need.count;
      });
      if (!needsMet) continue;
      const full = plan.segments.some((segment) => {
        if (segment.occupies.kind !== 'specialist') return false;
        const limit = input.dayLimits?.get(segment.occupies.specialistId);
        const first = plan.segments.find(
          ({ occupies }) =>
            occupies.kind === 'specialist' &&
            segment.occupies.kind === 'specialist' &&
            occupies.specialistId === segment.occupies.specialistId,
        );
        const own = input.calendars.get(segment.occupies.specialistId)?.zone ?? zone;
        const begins = date(ms + (first?.offsetMinutes ?? 0) * MINUTE, own).toString();
        return limit !== undefined && (limit.counts.get(begins) ?? 0) >= limit.maxPerDay;
      });
      if (!full) found.push(ms);
    }
    return found;
  });
}
