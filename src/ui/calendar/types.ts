import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type Desk = Outputs['booking']['desk'];
export type DeskService = Desk['services'][number];
export type CalendarView = NonNullable<Outputs['booking']['calendar']>;
export type CalendarVisit = CalendarView['visits'][number];
export type AppointmentDetail = Outputs['booking']['detail'];
export type AppointmentView = Outputs['booking']['reschedule'];
export type DayProposal = Outputs['booking']['proposeDay'][number];

export type { DeskRights } from '../../domain/access/desk.ts';

/** One column of the grid: one specialist or room on one day. */
export interface Lane {
  key: string;
  columnId: string;
  kind: 'specialist' | 'room' | 'device';
  name: string;
  hue: number;
  locationId: string;
  locationName: string;
  zone: string;
  /** Local day, and its first and last instant: 23 to 25 hours apart. */
  date: string;
  dayStartMs: number;
  dayEndMs: number;
  blocks: readonly Block[];
  /** Opening hours within the day. */
  open: readonly Span[];
  away: readonly Away[];
}

export interface Span {
  startMs: number;
  endMs: number;
}

export interface Away extends Span {
  kind: string;
  note: string | null;
}

/** A visit, or one service of it, as it stands in a column. */
export interface Block extends Span {
  /** `appointmentId/lane`: the same visit may stand in two columns. */
  key: string;
  visit: CalendarVisit;
  locationId: string;
  hue: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** Side by side where a specialist is free during another visit's processing time. */
  place: number;
  places: number;
  /** Only a visit of one service can be made longer or shorter. */
  resizable: boolean;
  movable: boolean;
}

export type View = 'day' | 'week';
export type ColumnsBy = 'specialist' | 'room';
export type ColourBy = 'service' | 'specialist';
