/** Hours as staff see and edit them. */
import type { ClientScope } from '../../domain/access/client.ts';
import {
  exceptionKinds,
  type LeaveFields,
  leaveKinds,
  leaveTimes,
  type WeeklyInput,
} from '../../domain/hours.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { addDays, localDateOf } from '../../domain/schedule.ts';
import type { Db } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import { dateText, storedSpans } from '../house/state.ts';
import { type VisitOutside, visitsOutsideHours } from './outside.ts';

export interface HoursRow {
  id: string;
  kind: 'specialist' | 'room' | 'device';
  name: string;
  type: string;
  locationId: string;
  isActive: boolean;
  hue: number | null;
  hasHours: boolean;
}
export interface LocationRow {
  id: string;
  name: string;
  timeZone: string;
  isActive: boolean;
}

/** Everything that has hours, people first, and the locations they are kept in. */
export async function listHours(db: Db): Promise<{ resources: HoursRow[]; locations: LocationRow[] }> {
  const house = await loadHouse(db);
  const order = { specialist: 0, room: 1, device: 2 };
  return {
    resources: [...house.resources.values()]
      .map(({ id, kind, name, type, locationId, isActive }) => ({
        id,
        kind,
        name,
        type,
        locationId,
        isActive,
        hue: house.specialists.get(id)?.hue ?? null,
        hasHours: (house.schedules.get(id) ?? []).length > 0,
      }))
      .sort((a, b) => order[a.kind] - order[b.kind]),
    locations: [...house.locations.values()].map(({ id, name, timeZone, isActive }) => ({
      id,
      name,
      timeZone,
      isActive,
    })),
  };
}

export interface ScheduleForEditing {
  scheduleId: string;
  version: number;
  locationId: string;
  validFrom: string | null;
  validUntil: string | null;
  weekly: WeeklyInput;
}
export interface ExceptionForEditing {
  exceptionId: string;
  version: number;
  dateFrom: string;
  dateTo: string;
  kind: (typeof exceptionKinds)[number];
  intervals: {
    startMinute: number;
    endMinute: number;
    breaks: { startMinute: number; endMinute: number }[];
  }[];
  note: string | null;
}
export interface LeaveRow {
  leaveId: string;
  version: number;
  startsAt: Date;
  endsAt: Date;
  /** Exactly what the form edits and `changeLeave` takes: wall-clock times of the resource's home. */
  fields: LeaveFields;
}
export interface ResourceHours {
  resource: HoursRow;
  /** Today in the zone of the resource's home. */
  today: string;
  timeZone: string;
  schedules: ScheduleForEditing[];
  exceptions: ExceptionForEditing[];
  leaves: LeaveRow[];
  /** Visits still to come outside of these hours. */
  outside: VisitOutside[];
}

const oneOf = <T extends string>(values: readonly T[], text: string): T => {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`${text} is none of ${values.join(', ')}`);
  return found;
};
const dateOrNull = (date: Date | null): string | null => (date === null ? null : dateText(date));
const dayMs = 86_400_000;
/** How far back days and leaves are listed. */
const lookBackDays = 31;

/** One resource's schedules, and its days that differ and leaves from a month ago on. Refuses `not_found`. */
export async function readResourceHours(
  db: Db,
  scope: ClientScope,
  input: { resourceId: string },
  now: Date,
): Promise<Result<ResourceHours>> {
  const { resources, locations } = await listHours(db);
  const resource = resources.find(({ id }) => id === input.resourceId);
  const timeZone = locations.find(({ id }) => id === resource?.locationId)?.timeZone;
  if (!resource || timeZone === undefined) return refuse('not_found', { noun: 'resource' });
  const today = localDateOf(now.getTime(), timeZone);
  const since = new Date(addDays(today, -lookBackDays));
  const where = { resourceId: resource.id };
  const [schedules, exceptions, leaves, outside] = await Promise.all([
    db.schedule.findMany({
      where,
      orderBy: [{ validFrom: { sort: 'desc', nulls: 'last' } }],
      include: { intervals: { orderBy: [{ weekday: 'asc' }, { startMinute: 'asc' }] } },
    }),
    db.scheduleException.findMany({
      where: { ...where, dateTo: { gte: since } },
      orderBy: [{ dateFrom: 'asc' }, { id: 'asc' }],
    }),
    db.leave.findMany({
      where: { ...where, endsAt: { gte: new Date(now.getTime() - lookBackDays * dayMs) } },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    }),
    visitsOutsideHours(db, scope, resource.id, now),
  ]);
  return done({
    resource,
    today,
    timeZone,
    schedules: schedules.map((row) => ({
      scheduleId: row.id,
      version: row.version,
      locationId: row.locationId,
      validFrom: dateOrNull(row.validFrom),
      validUntil: dateOrNull(row.validUntil),
      weekly: row.intervals.map(({ weekday, startMinute, endMinute, breaks }) => ({
        weekday,
        startMinute,
        endMinute,
        breaks: storedSpans.parse(breaks).map((pause) => ({
          startMinute: pause.startMinute,
          endMinute: pause.endMinute,
        })),
      })),
    })),
    exceptions: exceptions.map((row) => ({
      exceptionId: row.id,
      version: row.version,
      dateFrom: dateText(row.dateFrom),
      dateTo: dateText(row.dateTo),
      kind: oneOf(exceptionKinds, row.kind),
      intervals: storedSpans
        .parse(row.intervals)
        .map(({ startMinute, endMinute, breaks }) => ({ startMinute, endMinute, breaks: breaks ?? [] })),
      note: row.note,
    })),
    leaves: leaves.map((row) => ({
      leaveId: row.id,
      version: row.version,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      fields: {
        kind: oneOf(leaveKinds, row.kind),
        note: row.note,
        ...leaveTimes({ startMs: row.startsAt.getTime(), endMs: row.endsAt.getTime() }, timeZone),
      },
    })),
    outside,
  });
}

export interface ClosureRow {
  closureId: string;
  version: number;
  locationId: string;
  dateFrom: string;
  dateTo: string;
  name: string;
}

/** Closures from a month ago on, by date. */
export async function listClosures(db: Db, now: Date): Promise<ClosureRow[]> {
  const since = addDays(localDateOf(now.getTime(), 'UTC'), -lookBackDays);
  const house = await loadHouse(db);
  return house.closures
    .filter(({ dateTo }) => dateTo >= since)
    .map(({ id, ...closure }) => ({ closureId: id, ...closure }));
}
