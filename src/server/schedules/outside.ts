/** Visits still to come that lie outside of the hours as they are now: kept as booked, and shown to whoever changed the hours. */
import type { ClientScope } from '../../domain/access/client.ts';
import { covers } from '../../domain/interval.ts';
import { expandHours, localDateOf } from '../../domain/schedule.ts';
import { withinScope } from '../clients/scope.ts';
import type { Db, Tx } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import { calendarsOf } from './calendar-source.ts';

export interface VisitOutside {
  appointmentId: string;
  /** Epoch milliseconds: the stretch of this resource, buffers aside. */
  startsAt: number;
  endsAt: number;
  /** Empty beyond the reader's sight, as is what is done. */
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
  scope: ClientScope,
  resourceId: string,
  now: Date,
): Promise<VisitOutside[]> {
  const house = await loadHouse(client);
  const resource = house.resources.get(resourceId);
  if (!resource) return [];
  const rows = await client.$queryRaw<Row[]>`
    SELECT s.appointment_id AS id, s.location_id, s.starts_at, s.ends_at, coalesce(i.service_name, '') AS service_name,
      trim(coalesce(c.first_name || ' ' || c.last_name, '')) AS client_name
    FROM stretches_ahead(${resourceId}::uuid, ${now}) s
      LEFT JOIN appointment_item i ON i.id = s.item_id
      LEFT JOIN appointment a ON a.id = s.appointment_id
      LEFT JOIN client c ON c.id = a.client_id AND ${withinScope(scope)}
    ORDER BY s.starts_at, s.item_id`;
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
