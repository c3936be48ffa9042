/** Days and hours of a location by Intl alone: calendar days are text, instants are milliseconds. */
const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return format;
}

interface Wall {
  /** `2026-03-02` */
  day: string;
  hour: number;
}

export function wallOf(atMs: number, zone: string): Wall {
  const parts = new Map(
    partsFormat(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    hour: Number(parts.get('hour')),
  };
}

/** Calendar arithmetic has no zone: UTC days are all of one length. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** A calendar day as an instant to be formatted in UTC. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

export interface Offer {
  startsAt: number;
  endsAt: number;
}

export function byDay<T extends Offer>(starts: readonly T[], zone: string): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const start of starts) {
    const { day } = wallOf(start.startsAt, zone);
    const list = days.get(day);
    if (list) list.push(start);
    else days.set(day, [start]);
  }
  return days;
}

export const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

export function partOf(atMs: number, zone: string): PartOfDay {
  const { hour } = wallOf(atMs, zone);
  return hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
}

/** The three starts nearest to a lost one, in order of time, without itself. */
export const nearest = <T extends Offer>(starts: readonly T[], atMs: number): T[] =>
  starts
    .filter(({ startsAt }) => startsAt !== atMs)
    .sort((a, b) => Math.abs(a.startsAt - atMs) - Math.abs(b.startsAt - atMs))
    .slice(0, 3)
    .sort((a, b) => a.startsAt - b.startsAt);
