/** A visit told to its client: the letter and, where there is something to put into a calendar, the invitation. */
import type { AppointmentMessageKind } from '../../domain/message.ts';
import { appointmentCalendarFile, type Invitation } from './calendar-file.ts';
import { type WrittenLetter, write } from './letter.ts';
import { addressOf, type Outside } from './outside.ts';
import { fill, type MailLocale, moneyIn, whenIn, wordsIn } from './words.ts';

export interface ToldVisit {
  appointmentId: string;
  version: number;
  status: string;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
  zone: string;
  priceMinor: number;
  currency: string;
  services: readonly { name: string; techniques: readonly string[]; specialist: string }[];
  client: { firstName: string; fullName: string; email: string | null };
  clinic: string;
  location: { name: string; address: string | null; phone: string | null };
  /** Whether this client has an entry of this visit in a calendar already. */
  invited: boolean;
}

export interface VisitLetter extends WrittenLetter {
  calendar: string | null;
}

/** Writes the letter in the client's language. `now` in epoch milliseconds, for "this year" and the file's stamp. */
export function visitLetter(
  kind: AppointmentMessageKind,
  visit: ToldVisit,
  locale: MailLocale,
  outside: Outside,
  now: number,
): VisitLetter {
  const words = wordsIn(locale);
  const when = whenIn(locale, visit.startsAt, visit.zone, now);
  const over = kind === 'cancelled' || kind === 'declined';
  const services = visit.services
    .map(({ name, techniques }) => (techniques.length > 0 ? `${name} (${techniques.join(', ')})` : name))
    .join(', ');
  const minutes = Math.round((visit.endsAt - visit.startsAt) / 60_000);
  const place = [visit.location.name, visit.location.address].filter(Boolean).join(', ');
  const { phone } = visit.location;
  const letter = write({
    subject: fill(words[kind].subject, { when }),
    greeting: visit.client.firstName
      ? fill(words.greeting, { name: visit.client.firstName })
      : words.greetingNobody,
    lead: fill(words[kind].lead, { when }),
    facts: [
      { label: words.fact.what, value: services },
      {
        label: words.fact.who,
        value: [...new Set(visit.services.map(({ specialist }) => specialist))].join(', '),
      },
      { label: words.fact.when, value: `${when}, ${fill(words.duration, { minutes })}` },
      ...(over
        ? []
        : [
            { label: words.fact.where, value: place },
            { label: words.fact.price, value: moneyIn(locale, visit.priceMinor, visit.currency) },
          ]),
    ],
    action: over
      ? { label: words.bookAgain, url: `${outside.appUrl}/book` }
      : { label: words.yourVisits, url: `${outside.appUrl}/visits` },
    notes: phone ? [fill(words.questions, { phone })] : [],
    sender: [visit.clinic, place],
  });
  return { ...letter, calendar: invitationTo(kind, visit, letter, outside, now) };
}

function invitationTo(
  kind: AppointmentMessageKind,
  visit: ToldVisit,
  letter: WrittenLetter,
  outside: Outside,
  now: number,
): string | null {
  const { email } = visit.client;
  const takesBack = kind === 'cancelled' || kind === 'declined';
  // A request is no appointment yet, and what was never put into a calendar can't be taken out of it.
  if (email === null || visit.status === 'pending' || (takesBack && !visit.invited)) return null;
  const invitation: Invitation = {
    method: takesBack ? 'CANCEL' : 'REQUEST',
    organizer: { name: visit.clinic, email: addressOf(outside.mailFrom) },
    attendee: { name: visit.client.fullName, email },
  };
  return appointmentCalendarFile(
    {
      ...visit,
      title: `${visit.services.map(({ name }) => name).join(', ')}, ${visit.clinic}`,
      description: letter.text,
      place: [visit.location.name, visit.location.address].filter(Boolean).join(', '),
      state: takesBack ? 'cancelled' : 'confirmed',
    },
    new Date(now),
    invitation,
  );
}
