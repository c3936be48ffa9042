/** The first page of the day: who comes next, which requests wait, what failed, and what is still free. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { messageSight } from '../../domain/access/message.ts';
import { can } from '../../domain/access/policy.ts';
import { intersect, intervalsOf, normalize, spansOf, subtract } from '../../domain/interval.ts';
import { addDays, localDateOf, startOfLocalDay } from '../../domain/zone.ts';
import { clientNames } from '../clients/names.ts';
import { type Db, Prisma } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { HouseLocation } from '../house/state.ts';
import { type FailedMessage, failedMessages } from '../notifications/queries.ts';
import { type CalendarView, type CalendarVisit, readCalendar } from './queries.ts';

export interface TodayVisit extends CalendarVisit {
  locationId: string;
  timeZone: string;
  /** What happens in the chair: planned, in_progress or completed; null before it was begun. */
  chair: string | null;
  /** What a drawing of it is opened for. */
  visitId: string | null;
}

export interface TodayRequest {
  appointmentId: string;
  version: number;
  startsAt: number;
  endsAt: number;
  timeZone: string;
  clientName: string;
  serviceNames: string[];
  specialistNames: string[];
  note: string | null;
  requestedAt: Date;
  /** Whether this actor may say yes or no to it. */
  mayAnswer: boolean;
}

export interface TodayView {
  locations: { id: string; name: string; timeZone: string; date: string }[];
  /** Of the location's today, by start; for a specialist without `calendar.view_all` their own. */
  visits: TodayVisit[];
  /** Waiting for an answer, the soonest visit first. */
  requests: TodayRequest[];
  /** Messages that could not be delivered in the last two weeks; null without the right to messages. */
  failures: FailedMessage[] | null;
  /** What is left of today for each specialist who works, in stretches of at least `shortestFreeMinutes`. */
  free: {
    specialistId: string;
    name: string;
    hue: number;
    locationId: string;
    timeZone: string;
    stretches: { startMs: number; endMs: number }[];
  }[];
}

const shortestFreeMinutes = 15;
const failureDays = 14;
const dayMs = 86_400_000;
/** Staff who neither see all nor perform have no visits of their own. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Promises today at every active location, as far as the actor may see it. Instants in epoch milliseconds. */
export async function readToday(db: Db, actor: Actor, now: Date): Promise<TodayView> {
  const house = await loadHouse(db);
  const ownId = actor.kind === 'staff' ? actor.specialistId : null;
  const only = holds(actor, 'calendar.view_all') ? null : (ownId ?? nobody);
  const places = [...house.locations.values()]
    .filter(({ isActive }) => isActive)
    .map((place) => ({ place, date: localDateOf(now.getTime(), place.timeZone) }));
  const [days, requests, failures] = await Promise.all([
    Promise.all(places.map(({ place, date }) => readPlace(db, actor, place, date, only, now))),
    readRequests(db, actor, only, now),
    can(actor, 'message.view')
      ? failedMessages(db, messageSight(actor), new Date(now.getTime() - failureDays * dayMs))
      : null,
  ]);
  return {
    locations: places.map(({ place, date }) => ({
      id: place.id,
      name: place.name,
      timeZone: place.timeZone,
      date,
    })),
    visits: days.flatMap(({ visits }) => visits).sort((a, b) => a.startsAt - b.startsAt),
    requests,
    failures,
    free: days.flatMap(({ free }) => free),
  };
}

async function readPlace(
  db: Db,
  actor: Actor,
  place: HouseLocation,
  date: string,
  only: string | null,
  now: Date,
): Promise<{ visits: TodayVisit[]; free: TodayView['free'] }> {
  const view = await readCalendar(db, actor, { locationId: place.id, fromDate: date, days: 1, now });
  if (!view) return { visits: [], free: [] };
  const shown = view.visits.filter(
    ({ status, items }) =>
      status !== 'held' && (only === null || items.some(({ specialistId }) => specialistId === only)),
  );
  const chairs = await db.visit.findMany({
    where: { appointmentId: { in: shown.map(({ appointmentId }) => appointmentId) } },
    select: { id: true, appointmentId: true, status: true },
  });
  const chairOf = new Map(chairs.map((chair) => [chair.appointmentId, chair]));
  return {
    visits: shown.map((visit) => ({
      ...visit,
      locationId: place.id,
      timeZone: place.timeZone,
      chair: chairOf.get(visit.appointmentId)?.status ?? null,
      visitId: chairOf.get(visit.appointmentId)?.id ?? null,
    })),
    free: await readFree(db, view, place, date, only, now),
  };
}

async function readFree(
  db: Db,
  view: CalendarView,
  place: HouseLocation,
  date: string,
  only: string | null,
  now: Date,
): Promise<TodayView['free']> {
  const endMs = startOfLocalDay(addDays(date, 1), place.timeZone);
  const team = view.columns.filter(({ kind, id }) => kind === 'specialist' && (only === null || id === only));
  if (team.length === 0) return [];
  const claims = await db.$queryRaw<{ resource_id: string; starts_at: Date; ends_at: Date }[]>`
    SELECT resource_id, starts_at, ends_at FROM claim
    WHERE resource_id IN (${Prisma.join(team.map(({ id }) => Prisma.sql`${id}::uuid`))})
      AND starts_at < ${new Date(endMs)} AND ends_at > ${now} AND (held_until IS NULL OR held_until > ${now})
    ORDER BY starts_at`;
  return team.flatMap(({ id, name, hue }) => {
    const open = spansOf(view.open[id] ?? []);
    const rest = intersect(open, [now.getTime(), endMs]);
    if (rest.length === 0) return [];
    const busy = claims
      .filter((claim) => claim.resource_id === id)
      .flatMap((claim) => [claim.starts_at.getTime(), claim.ends_at.getTime()]);
    const stretches = intervalsOf(subtract(rest, normalize(busy))).filter(
      (stretch) => stretch.endMs - stretch.startMs >= shortestFreeMinutes * 60_000,
    );
    return [
      {
        specialistId: id,
        name,
        hue,
        locationId: place.id,
        timeZone: place.timeZone,
        stretches: [...stretches],
      },
    ];
  });
}

async function readRequests(db: Db, actor: Actor, only: string | null, now: Date): Promise<TodayRequest[]> {
  const notes = only !== null || can(actor, 'notes.view_all');
  const rows = await db.appointment.findMany({
    where: {
      status: 'pending',
      endsAt: { gt: new Date(now.getTime() - dayMs) },
      ...(only === null ? {} : { items: { some: { specialistId: only } } }),
    },
    orderBy: { startsAt: 'asc' },
    take: 50,
    select: {
      id: true,
      version: true,
      startsAt: true,
      endsAt: true,
      note: true,
      createdAt: true,
      location: { select: { timeZone: true } },
      clientId: true,
      items: {
        orderBy: { position: 'asc' },
        select: {
          serviceName: true,
          specialistId: true,
          specialist: { select: { resource: { select: { name: true } } } },
        },
      },
    },
  });
  const names = await clientNames(
    db,
    clientScope(actor),
    rows.map(({ clientId }) => clientId),
  );
  return rows.map((row) => ({
    appointmentId: row.id,
    version: row.version,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    timeZone: row.location.timeZone,
    clientName: names.get(row.clientId ?? '') ?? '',
    serviceNames: row.items.map(({ serviceName }) => serviceName),
    specialistNames: [...new Set(row.items.map(({ specialist }) => specialist.resource.name))],
    note: notes ? row.note : null,
    requestedAt: row.createdAt,
    mayAnswer: can(actor, 'appointment.approve', {
      clientId: null,
      specialistIds: row.items.map(({ specialistId }) => specialistId),
      holderKey: null,
    }),
  }));
}
