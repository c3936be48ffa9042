/** From the server's days to the grid's columns. Pure, so that unchanged days keep their columns. */
import { isMovable } from '../../domain/appointment.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { placeBlocks } from './geometry.ts';
import { asAppointmentStatus } from './status.ts';
import type { Block, CalendarView, CalendarVisit, ColourBy, ColumnsBy, Lane, Span } from './types.ts';

export interface Place {
  id: string;
  name: string;
}

export interface Column {
  id: string;
  kind: 'specialist' | 'room' | 'device';
  name: string;
  hue: number;
  locationId: string;
}

/** Columns of one kind at one location; devices stand with the rooms. */
export const columnsOf = (view: CalendarView, place: Place, by: ColumnsBy): Column[] =>
  view.columns
    .filter(({ kind }) => (by === 'specialist' ? kind === 'specialist' : kind !== 'specialist'))
    .map(({ id, kind, name, hue }) => ({ id, kind, name, hue, locationId: place.id }));

type Parts = Pick<Block, 'startMs' | 'endMs' | 'hue' | 'bufferBeforeMinutes' | 'bufferAfterMinutes'>[];

function partsIn(
  visit: CalendarVisit,
  column: Column,
  hueOf: ReadonlyMap<string, number>,
  colour: ColourBy,
): Parts {
  const hue = (item: CalendarVisit['items'][number]) =>
    colour === 'service' ? item.hue : (hueOf.get(item.specialistId) ?? 1);
  if (column.kind !== 'specialist') {
    const [first] = visit.items;
    if (!first || !visit.resourceIds.includes(column.id)) return [];
    return [
      {
        startMs: visit.startsAt,
        endMs: visit.endsAt,
        hue: hue(first),
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
      },
    ];
  }
  return visit.items
    .filter(({ specialistId }) => specialistId === column.id)
    .map((item) => ({
      startMs: item.startsAt,
      endMs: item.endsAt,
      hue: hue(item),
      bufferBeforeMinutes: item.bufferBeforeMinutes,
      bufferAfterMinutes: item.bufferAfterMinutes,
    }));
}

/** A room or device without hours of its own is open whenever somebody works there. */
function openWithTeam(view: CalendarView): Span[] {
  const spans = view.columns
    .filter(({ kind }) => kind === 'specialist')
    .flatMap(({ id }) => view.open[id] ?? [])
    .sort((a, b) => a.startMs - b.startMs);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.startMs <= last.endMs)
      merged[merged.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, span.endMs) };
    else merged.push(span);
  }
  return merged;
}

interface LaneInput {
  teamOpen: readonly Span[];
  view: CalendarView;
  place: Place;
  column: Column;
  date: string;
  colour: ColourBy;
  hueOf: ReadonlyMap<string, number>;
  /** Visits by column, so that a day of many columns is gone through once. */
  visits: readonly CalendarVisit[];
}

export function laneOf({ teamOpen, view, place, column, date, colour, hueOf, visits }: LaneInput): Lane {
  const zone = view.timeZone;
  const dayStartMs = startOfLocalDay(date, zone);
  const dayEndMs = startOfLocalDay(addDays(date, 1), zone);
  const within = (span: { startMs: number; endMs: number }) =>
    span.startMs < dayEndMs && span.endMs > dayStartMs;
  const key = `${place.id}/${column.id}/${date}`;
  const blocks = visits.flatMap((visit) =>
    partsIn(visit, column, hueOf, colour)
      .filter(within)
      .map((part, index) => ({
        ...part,
        key: `${visit.appointmentId}/${key}/${index}`,
        visit,
        locationId: place.id,
        movable: visit.mayEdit && isMovable(asAppointmentStatus(visit.status)),
        resizable: visit.items.length === 1 && column.kind === 'specialist',
      })),
  );
  return {
    key,
    columnId: column.id,
    kind: column.kind,
    name: column.name,
    hue: column.hue,
    locationId: place.id,
    locationName: place.name,
    zone,
    date,
    dayStartMs,
    dayEndMs,
    blocks: placeBlocks(blocks),
    open: (view.open[column.id] ?? (column.kind === 'specialist' ? [] : teamOpen)).filter(within),
    away: view.away.filter((away) => away.resourceId === column.id && within(away)),
  };
}

/** Every lane of these days: in a week day by day, in a day column by column. */
export function lanesOf(
  places: readonly { place: Place; view: CalendarView }[],
  options: {
    dates: readonly string[];
    by: ColumnsBy;
    colour: ColourBy;
    /** Ids of the columns to show, in their own order; null: all. */
    only: readonly string[] | null;
  },
): Lane[] {
  const { dates, by, colour, only } = options;
  const prepared = places.map(({ place, view }) => {
    const columns = columnsOf(view, place, by).filter(({ id }) => only === null || only.includes(id));
    const byColumn = new Map<string, CalendarVisit[]>();
    const file = (id: string, visit: CalendarVisit) => {
      const list = byColumn.get(id);
      if (!list) byColumn.set(id, [visit]);
      else if (list.at(-1) !== visit) list.push(visit);
    };
    for (const visit of view.visits) {
      if (by === 'specialist') for (const { specialistId } of visit.items) file(specialistId, visit);
      else for (const id of visit.resourceIds) file(id, visit);
    }
    const hueOf = new Map(view.columns.map(({ id, hue }) => [id, hue]));
    const teamOpen = by === 'room' ? openWithTeam(view) : [];
    return { place, view, columns, byColumn, hueOf, teamOpen };
  });
  return dates.flatMap((date) =>
    prepared.flatMap(({ place, view, columns, byColumn, hueOf, teamOpen }) =>
      columns.map((column) =>
        laneOf({ teamOpen, view, place, column, date, colour, hueOf, visits: byColumn.get(column.id) ?? [] }),
      ),
    ),
  );
}
