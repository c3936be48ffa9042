/** A visit as a calendar file (RFC 5545; with a method it is an invitation by RFC 5546). */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { isRepeatedHour, type OffsetChange, offsetChanges, onTheClock } from '../../domain/zone-rules.ts';

export interface CalendarVisit {
  /** The event's UID: every later file about this visit changes the same entry. */
  appointmentId: string;
  /** SEQUENCE: a higher one replaces a lower one, whatever arrives last. */
  version: number;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
  /** IANA zone of the location; the file says the clinic's time and brings the zone's rules along. */
  zone: string;
  title: string;
  description: string;
  place: string;
  state: 'tentative' | 'confirmed' | 'cancelled';
}

export interface Invitation {
  method: 'REQUEST' | 'CANCEL';
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
}

const states = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const;
const methods = { REQUEST: ICalCalendarMethod.REQUEST, CANCEL: ICalCalendarMethod.CANCEL } as const;

/** Promises a file that says the same instant everywhere. Without an invitation it is one to keep (`PUBLISH`). */
export function appointmentCalendarFile(
  visit: CalendarVisit,
  writtenAt: Date,
  invitation?: Invitation,
): string {
  const { startsAt, endsAt } = visit;
  // A wall clock can't name the second pass of the hour that comes twice; UTC can.
  const zone = [startsAt, endsAt].some((at) => isRepeatedHour(at, visit.zone)) ? 'UTC' : visit.zone;
  const calendar = ical({
    prodId: { company: 'Dermis', product: 'Booking', language: 'EN' },
    method: invitation ? methods[invitation.method] : ICalCalendarMethod.PUBLISH,
    ...(zone === 'UTC'
      ? {}
      : {
          timezone: {
            name: zone,
            generator: () => timeZoneBlock(zone, offsetChanges(zone, startsAt, endsAt)),
          },
        }),
  });
  calendar.createEvent({
    id: visit.appointmentId,
    sequence: visit.version,
    start: onTheClock(startsAt, zone),
    end: onTheClock(endsAt, zone),
    ...(zone === 'UTC' ? {} : { timezone: zone }),
    summary: visit.title,
    description: visit.description,
    location: visit.place,
    status: states[visit.state],
    ...(invitation
      ? {
          organizer: invitation.organizer,
          attendees: [
            {
              ...invitation.attendee,
              rsvp: false,
              status: ICalAttendeeStatus.ACCEPTED,
              role: ICalAttendeeRole.REQ,
            },
          ],
        }
      : {}),
  });
  // The library writes the stamp on the zone's clock; the standard wants UTC.
  return calendar.toString().replace(/^DTSTAMP:[^\r\n]*/m, () => `DTSTAMP:${asUtc(writtenAt)}`);
}

const asUtc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const asOffset = (minutes: number): string => {
  const size = Math.abs(minutes);
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(size / 60)}${part(size % 60)}`;
};

/** The zone's rules as far as this visit needs them: programs that don't know the zone's name read these. */
function timeZoneBlock(zone: string, changes: readonly OffsetChange[]): string {
  const components = changes.flatMap(({ localTime, offsetBefore, offsetAfter }) => {
    const kind = offsetAfter > offsetBefore ? 'DAYLIGHT' : 'STANDARD';
    return [
      `BEGIN:${kind}`,
      `DTSTART:${localTime}`,
      `TZOFFSETFROM:${asOffset(offsetBefore)}`,
      `TZOFFSETTO:${asOffset(offsetAfter)}`,
      `END:${kind}`,
    ];
  });
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...components, 'END:VTIMEZONE'].join('\r\n');
}
