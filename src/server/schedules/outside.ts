/** Visits still to come that lie outside of the hours as they are now: kept as booked, and shown to whoever changed the hours. */
import { covers } from '../../domain/interval.ts';
import { expandHours, localDateOf } from '../../domain/schedule.ts';
import type { Db, Tx } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import { calendarsOf } from './calendar-source.ts';

export interface VisitOutside {
  appointmentId: string;
  /** Epoch milliseconds: the stretch of this resource, buffers aside. */
  startsAt: number;
  endsAt: number;
  clientName: string;
  serviceName: string;
  locationId: string;
}

interface Row {
  id: string;
  location_id: string;
  starts_at: Date;
  ends_at: Date;
  client_name: string;
  service_name: string;
}
const dayMs = 86_400_000;

/** In order of time. Rooms are judged by the whole visit, people by what they do in it. */
export async function visitsOutsideHours(
  client: Db | Tx,
  resourceId: string,
  now: Date,
): Promise<VisitOutside[]> {
  const house = await loadHouse(client);
  const resource = house.resources.get(resourceId);
  if (!resource) return [];
  const rows = await client.$queryRaw<Row[]>`
    SELECT a.id, a.location_id, i.starts_at, i.ends_at, i.service_name,
      trim(coalesce(p.first_name || ' ' || p.last_name, '')) AS client_name
    FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id LEFT JOIN client p ON p.id = a.client_id
    WHERE a.ends_at > ${now} AND a.status IN ('pending', 'booked', 'confirmed', 'arrived')
      AND (i.specialist_id = ${resourceId}::uuid OR (${resource.kind} <> 'specialist' AND EXISTS (
        SELECT FROM claim c WHERE c.appointment_id = a.id AND c.resource_id = ${resourceId}::uuid
          AND c.starts_at < i.ends_at AND c.ends_at > i.starts_at)))
    ORDER BY i.starts_at, i.id`;
  const outside: VisitOutside[] = [];
  for (const locationId of new Set(rows.map((row) => row.location_id))) {
    const here = rows.filter((row) => row.location_id === locationId);
    const fromMs = Math.min(...here.map(({ starts_at }) => starts_at.getTime()));
    const toMs = Math.max(...here.map(({ ends_at }) => ends_at.getTime()));
    const zone = house.locations.get(locationId)?.timeZone ?? 'UTC';
    const source = calendarsOf(house, {
      locationId,
      resourceIds: [resourceId],
      dateFrom: localDateOf(fromMs, zone),
      dateTo: localDateOf(toMs, zone),
    });
    const calendar = source?.calendars.get(resourceId);
    // A room or device without hours is open whenever; a person without any never works.
    if (!calendar && resource.kind !== 'specialist') continue;
    const hours = calendar ? expandHours(calendar, fromMs - dayMs, toMs + dayMs) : [];
    for (const row of here) {
      const startsAt = row.starts_at.getTime();
      const endsAt = row.ends_at.getTime();
      if (covers(hours, startsAt, endsAt)) continue;
      const { id: appointmentId, client_name: clientName, service_name: serviceName } = row;
      outside.push({ appointmentId, startsAt, endsAt, clientName, serviceName, locationId });
    }
  }
  return outside.sort((a, b) => a.startsAt - b.startsAt);
}
