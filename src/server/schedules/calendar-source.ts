/** Opening hours of resources at one location, shaped for `expandHours` and the search for starts. */
import { needKey } from '../../domain/plan.ts';
import { addDays, type Calendar, type HoursException, RUN_REACH_DAYS } from '../../domain/schedule.ts';
import type { Db, Tx } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { House, HouseClosure, HouseLocation, HouseResource } from '../house/state.ts';

export interface CalendarSource {
  location: HouseLocation;
  /** Active resources asked for that work here, by rank, then name. A specialist belongs here who has hours here, or none anywhere and this home. */
  resources: readonly HouseResource[];
  /** Of what was asked for and of everything pooled. Absent for a room or device that is open whenever: the specialist's hours bound it. */
  calendars: ReadonlyMap<string, Calendar>;
  /** Rooms and devices that can meet a need, by `needKey`, in order of preference. */
  pools: ReadonlyMap<string, readonly string[]>;
  /** Closures of this location that touch the dates asked for. */
  closures: readonly HouseClosure[];
}

export interface CalendarAsk {
  locationId: string;
  /** Null: everything that works here. */
  resourceIds: readonly string[] | null;
  kinds?: readonly HouseResource['kind'][];
  /** Local dates `YYYY-MM-DD`, inclusive. */
  dateFrom: string;
  dateTo: string;
}

const aroundTheClock = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startMinute: 0, endMinute: 1440 }));

/**
 * Promises what is needed to say when each resource is open on the dates asked for, however far back a run of work that
 * touches them began. Closures come first among the exceptions, as `closed`. Null where the location doesn't exist.
 */
export async function loadCalendars(client: Db | Tx, ask: CalendarAsk): Promise<CalendarSource | null> {
  return calendarsOf(await loadHouse(client), ask);
}

/** The same from a house already read. */
export function calendarsOf(house: House, ask: CalendarAsk): CalendarSource | null {
  const location = house.locations.get(ask.locationId);
  if (!location) return null;
  const from = addDays(ask.dateFrom, -(RUN_REACH_DAYS + 4));
  const to = addDays(ask.dateTo, 4);
  const touches = (span: { dateFrom: string; dateTo: string }): boolean =>
    span.dateTo >= from && span.dateFrom <= to;
  const closures = house.closures.filter((closure) => closure.locationId === location.id && touches(closure));
  const closed: HoursException[] = closures.map(({ dateFrom, dateTo }) => ({
    dateFrom,
    dateTo,
    kind: 'closed',
    intervals: [],
  }));
  const resources: HouseResource[] = [];
  const calendars = new Map<string, Calendar>();
  const pools = new Map<string, string[]>();
  for (const resource of house.resources.values()) {
    if (!resource.isActive || !worksAt(house, resource, location.id)) continue;
    // A pool is whole whatever was asked for: a need may be met by any resource of its type.
    if (resource.kind !== 'specialist') {
      const key = needKey(resource);
      pools.set(key, [...(pools.get(key) ?? []), resource.id]);
    }
    const isAsked =
      (ask.resourceIds === null || ask.resourceIds.includes(resource.id)) &&
      (!ask.kinds || ask.kinds.includes(resource.kind));
    if (isAsked) resources.push(resource);
    // What is pooled always brings its hours: an absent calendar would read as open whenever.
    if (!isAsked && resource.kind === 'specialist') continue;
    const calendar = calendarOf(house, resource, location, closed, touches);
    if (calendar) calendars.set(resource.id, calendar);
  }
  return {
    location,
    resources,
    calendars,
    pools,
    closures: closures.filter(({ dateFrom, dateTo }) => dateTo >= ask.dateFrom && dateFrom <= ask.dateTo),
  };
}

function worksAt(house: House, resource: HouseResource, locationId: string): boolean {
  const schedules = house.schedules.get(resource.id) ?? [];
  if (resource.kind !== 'specialist' || schedules.length === 0) return resource.locationId === locationId;
  return (
    resource.locationId === locationId || schedules.some((schedule) => schedule.locationId === locationId)
  );
}

function calendarOf(
  house: House,
  resource: HouseResource,
  location: HouseLocation,
  closed: readonly HoursException[],
  touches: (span: { dateFrom: string; dateTo: string }) => boolean,
): Calendar | null {
  const isHome = resource.locationId === location.id;
  const all = house.schedules.get(resource.id) ?? [];
  const own = (house.exceptions.get(resource.id) ?? []).filter(touches);
  // Replaced and extra hours are worked at home; elsewhere the first leaves the day empty and the second adds nothing.
  const exceptions = [
    ...closed,
    ...(isHome
      ? own
      : own
          .filter(({ kind }) => kind !== 'extra')
          .map((each) => (each.kind === 'replace' ? { ...each, intervals: [] } : each))),
  ];
  const zone = location.timeZone;
  if (resource.kind !== 'specialist' && all.length === 0) {
    if (exceptions.length === 0) return null;
    return { zone, schedules: [{ validFrom: null, validUntil: null, weekly: aroundTheClock }], exceptions };
  }
  const schedules = all
    .filter((schedule) => schedule.locationId === location.id)
    .map(({ validFrom, validUntil, weekly }) => ({ validFrom, validUntil, weekly }));
  return { zone, schedules, exceptions };
}
