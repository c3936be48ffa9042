/** Reading the calendar: for staff by location and days, for a client their own visits. */
import { z } from 'zod';
import { type Actor, holds } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { type ClientScope, clientScope } from '../../domain/access/client.ts';
import { claimingStatuses } from '../../domain/appointment.ts';
import { intervalsOf } from '../../domain/interval.ts';
import { expandHours } from '../../domain/schedule.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { withinScope } from '../clients/scope.ts';
import { type Db, Prisma } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import { calendarsOf } from '../schedules/calendar-source.ts';
import { straight } from '../sql.ts';

export interface CalendarVisit {
  appointmentId: string;
  version: number;
  status: string;
  startsAt: number;
  endsAt: number;
  /** Only on a hold: until when it stands. */
  heldUntil: number | null;
  /** Null on a hold, and where the actor may not see whose visit it is. */
  client: { id: string; name: string } | null;
  note: string | null;
  /** Null without the right to money, too. */
  priceMinor: number | null;
  items: {
    /** Empty, as its names are, where the actor may see that the time is taken, and no more. */
    serviceId: string;
    serviceName: string;
    specialistId: string;
    startsAt: number;
    endsAt: number;
    techniqueNames: string[];
    /** What the specialist needs around it; occupied like the visit itself. */
    bufferBeforeMinutes: number;
    bufferAfterMinutes: number;
    hue: number;
  }[];
  /** Rooms and devices, for the columns by room. */
  resourceIds: string[];
  mayEdit: boolean;
}

export interface CalendarView {
  timeZone: string;
  columns: { id: string; kind: 'specialist' | 'room' | 'device'; type: string; name: string; hue: number }[];
  visits: CalendarVisit[];
  /** Opening hours of each column within the days; what lies outside is shaded. */
  open: Record<string, { startMs: number; endMs: number }[]>;
  /** Leave and closures. */
  away: { resourceId: string; startMs: number; endMs: number; kind: string; note: string | null }[];
}

interface VisitRow {
  id: string;
  version: number;
  status: string;
  starts_at: Date;
  ends_at: Date;
  held_until: Date | null;
  note: string | null;
  price_minor: number;
  client_id: string | null;
  client_name: string | null;
  items: {
    serviceId: string;
    serviceName: string;
    specialistId: string;
    startsAt: number;
    endsAt: number;
    techniqueNames: string[];
    bufferBeforeMinutes: number;
    bufferAfterMinutes: number;
  }[];
  resource_ids: string[];
}

/**
 * Days of one location. Specialists without `calendar.view_all` see their own visits with names and the others' time as taken, nameless.
 * Null where the location doesn't exist. Local dates; instants in epoch milliseconds.
 */
export async function readCalendar(
  db: Db,
  actor: Actor,
  params: {
    locationId: string;
    fromDate: string;
    days: number;
    resourceIds?: string[] | undefined;
    now: Date;
  },
): Promise<CalendarView | null> {
  const house = await loadHouse(db);
  const until = addDays(params.fromDate, params.days);
  const source = calendarsOf(house, {
    locationId: params.locationId,
    resourceIds: params.resourceIds ?? null,
    dateFrom: params.fromDate,
    dateTo: addDays(until, -1),
  });
  if (!source) return null;
  const zone = source.location.timeZone;
  const fromMs = startOfLocalDay(params.fromDate, zone);
  const toMs = startOfLocalDay(until, zone);
  const ids = source.resources.map(({ id }) => id);
  const seesAll = holds(actor, 'calendar.view_all');
  const seesMoney = can(actor, 'money.view');
  const seesNotes = can(actor, 'notes.view_all');
  const [seen, taken, away] = await Promise.all([
    readVisits(db, clientScope(actor), params.locationId, fromMs, toMs, params.now),
    seesAll ? [] : readTaken(db, params.locationId, fromMs, toMs, params.now),
    readAway(db, ids, fromMs, toMs),
  ]);
  const known = new Set(seen.map(({ id }) => id));
  const rows = [...seen, ...taken.filter(({ id }) => !known.has(id))].sort(
    (a, b) => a.starts_at.getTime() - b.starts_at.getTime() || (a.id < b.id ? -1 : 1),
  );
  const ownId = actor.kind === 'staff' ? actor.specialistId : null;
  const visits = rows.map((row): CalendarVisit => {
    const own = row.items.some(({ specialistId }) => specialistId === ownId);
    const named = seesAll || own;
    return {
      appointmentId: row.id,
      version: row.version,
      status: row.status,
      startsAt: row.starts_at.getTime(),
      endsAt: row.ends_at.getTime(),
      heldUntil: row.status === 'held' ? (row.held_until?.getTime() ?? null) : null,
      client: named && row.client_id ? { id: row.client_id, name: row.client_name ?? '' } : null,
      note: own || seesNotes ? row.note : null,
      priceMinor: named && seesMoney ? row.price_minor : null,
      items: row.items.map((item) => ({
        ...item,
        serviceId: named ? item.serviceId : '',
        serviceName: named ? item.serviceName : '',
        techniqueNames: named ? item.techniqueNames : [],
        hue: (named && house.services.get(item.serviceId)?.hue) || 1,
      })),
      resourceIds: row.resource_ids,
      mayEdit: holds(actor, 'calendar.edit_all') || own,
    };
  });
  const open: CalendarView['open'] = {};
  for (const { id } of source.resources) {
    const calendar = source.calendars.get(id);
    if (calendar)
      open[id] = intervalsOf(expandHours(calendar, fromMs, toMs)).map(({ startMs, endMs }) => ({
        startMs,
        endMs,
      }));
  }
  return {
    timeZone: zone,
    columns: source.resources.map(({ id, kind, type, name }) => ({
      id,
      kind,
      type,
      name,
      hue: house.specialists.get(id)?.hue ?? 1,
    })),
    visits,
    open,
    away,
  };
}

async function readVisits(
  db: Db,
  scope: ClientScope,
  locationId: string,
  fromMs: number,
  toMs: number,
  now: Date,
): Promise<VisitRow[]> {
  return db.$queryRaw<VisitRow[]>`
    SELECT a.id, a.version, a.status, a.starts_at, a.ends_at, a.held_until, a.note, a.price_minor, c.id AS client_id,
      trim(c.first_name || ' ' || c.last_name) AS client_name,
      (SELECT json_agg(json_build_object('serviceId', i.service_id, 'serviceName', i.service_name,
          'specialistId', i.specialist_id, 'startsAt', (extract(epoch FROM i.starts_at) * 1000)::bigint,
          'endsAt', (extract(epoch FROM i.ends_at) * 1000)::bigint,
          'bufferBeforeMinutes', i.buffer_before_minutes, 'bufferAfterMinutes', i.buffer_after_minutes,
          'techniqueNames', jsonb_path_query_array(i.techniques, '$[*].name')) ORDER BY i.position)
        FROM appointment_item i WHERE i.appointment_id = a.id) AS items,
      coalesce((SELECT array_agg(DISTINCT k.resource_id) FROM claim k WHERE k.appointment_id = a.id), '{}') AS resource_ids
    FROM appointment a LEFT JOIN client c ON c.id = a.client_id AND ${withinScope(scope)}
    WHERE a.location_id = ${locationId}::uuid
      AND a.service_date BETWEEN ${new Date(fromMs - 86_400_000)}::date AND ${new Date(toMs + 86_400_000)}::date
      AND a.starts_at < ${new Date(toMs)} AND a.ends_at > ${new Date(fromMs)}
      AND a.status = ANY (${[...claimingStatuses]}) AND (a.status <> 'held' OR a.held_until > ${now})
    ORDER BY a.starts_at, a.id`;
}

/** Others' time, for who may know no more of it than that it is taken. */
async function readTaken(
  db: Db,
  locationId: string,
  fromMs: number,
  toMs: number,
  now: Date,
): Promise<VisitRow[]> {
  const rows = await straight(db).rows<
    Omit<VisitRow, 'items'> & {
      items: Omit<VisitRow['items'][number], 'serviceId' | 'serviceName' | 'techniqueNames'>[];
    }
  >(Prisma.sql`
    SELECT appointment_id AS id, 0 AS version, status, starts_at, ends_at, held_until, NULL AS note, 0 AS price_minor,
      NULL AS client_id, NULL AS client_name, items, resource_ids
    FROM time_taken(${locationId}::uuid, ${new Date(fromMs)}, ${new Date(toMs)}, ${now})`);
  return rows.map((row) => ({
    ...row,
    items: row.items.map((item) => ({ ...item, serviceId: '', serviceName: '', techniqueNames: [] })),
  }));
}

async function readAway(
  db: Db,
  resourceIds: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<CalendarView['away']> {
  if (resourceIds.length === 0) return [];
  const rows = await db.$queryRaw<
    { resource_id: string; starts_at: Date; ends_at: Date; kind: string; note: string | null }[]
  >`
    SELECT l.resource_id, l.starts_at, l.ends_at, l.kind, l.note FROM leave l
    WHERE l.resource_id IN (${Prisma.join(resourceIds.map((id) => Prisma.sql`${id}::uuid`))})
      AND l.starts_at < ${new Date(toMs)} AND l.ends_at > ${new Date(fromMs)}
    UNION ALL
    SELECT k.resource_id, min(k.starts_at), max(k.ends_at), 'closure', c.name FROM closure c JOIN claim k ON k.closure_id = c.id
    WHERE k.resource_id IN (${Prisma.join(resourceIds.map((id) => Prisma.sql`${id}::uuid`))})
      AND k.starts_at < ${new Date(toMs)} AND k.ends_at > ${new Date(fromMs)}
    GROUP BY k.resource_id, c.id, c.name`;
  return rows.map((row) => ({
    resourceId: row.resource_id,
    startMs: row.starts_at.getTime(),
    endMs: row.ends_at.getTime(),
    kind: row.kind,
    note: row.note,
  }));
}

const keptTechniques = z.array(z.object({ id: z.string(), name: z.string() }));

export interface OwnVisit {
  appointmentId: string;
  version: number;
  status: string;
  locationId: string;
  locationName: string;
  address: string | null;
  timeZone: string;
  startsAt: number;
  endsAt: number;
  priceMinor: number;
  currency: string;
  items: {
    serviceId: string;
    serviceName: string;
    specialistId: string;
    specialistName: string;
    techniqueIds: string[];
    techniqueNames: string[];
  }[];
}

/** A client's visits, the next first, then the past ones; lapsed holds are nobody's visits. Empty for every scope but one's own. */
export async function readOwnVisits(db: Db, scope: ClientScope, limit = 100): Promise<OwnVisit[]> {
  if (scope.kind !== 'own') return [];
  const rows = await db.appointment.findMany({
    where: { clientId: scope.clientId, status: { notIn: ['held', 'expired'] } },
    orderBy: { startsAt: 'desc' },
    take: limit,
    include: {
      location: true,
      items: {
        orderBy: { position: 'asc' },
        include: { specialist: { include: { resource: { select: { name: true } } } } },
      },
    },
  });
  return rows.map((row) => ({
    appointmentId: row.id,
    version: row.version,
    status: row.status,
    locationId: row.locationId,
    locationName: row.location.name,
    address: row.location.address,
    timeZone: row.location.timeZone,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    priceMinor: row.priceMinor,
    currency: row.currency,
    items: row.items.map((item) => {
      const named = keptTechniques.parse(item.techniques);
      return {
        serviceId: item.serviceId,
        serviceName: item.serviceName,
        specialistId: item.specialistId,
        specialistName: item.specialist.resource.name,
        techniqueIds: named.map(({ id }) => id),
        techniqueNames: named.map(({ name }) => name),
      };
    }),
  }));
}
