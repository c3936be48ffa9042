/** What the stream says: which days and records changed, never what they hold. */
export interface LiveEvent {
  id: string;
  topic: string;
  locationId: string | null;
  /** Local days touched, YYYY-MM-DD; null: any. */
  dateFrom: string | null;
  dateTo: string | null;
  entityId: string | null;
}

export interface LiveBatch {
  events: readonly LiveEvent[];
  /** Where to go on after a break; ahead of it nothing has been told yet. */
  cursor: string;
  /** What happened in between can't be told any more: read everything again. */
  reset: boolean;
}

export type LiveState = 'connecting' | 'open';

/** Whether an event can concern days of a location. Events without a place or a day concern every one. */
export function touches(
  event: Pick<LiveEvent, 'locationId' | 'dateFrom' | 'dateTo'>,
  range: { locationId: string; fromDate: string; untilDate: string },
): boolean {
  if (event.locationId !== null && event.locationId !== range.locationId) return false;
  if (event.dateFrom !== null && event.dateFrom >= range.untilDate) return false;
  return event.dateTo === null || event.dateTo >= range.fromDate;
}
