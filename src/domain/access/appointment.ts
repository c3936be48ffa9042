import { type Actor, holds, isStaff, ownerOf } from './actor.ts';

export interface AppointmentSubject {
  clientId: string | null;
  specialistIds: readonly string[];
  /** Whose hold it is, while it is one. */
  holderKey: string | null;
}

const own = (actor: Actor, subject: AppointmentSubject): boolean =>
  actor.kind === 'client' && actor.clientId !== null && actor.clientId === subject.clientId;
const performs = (actor: Actor, subject: AppointmentSubject): boolean =>
  isStaff(actor) && actor.specialistId !== null && subject.specialistIds.includes(actor.specialistId);
const heldBy = (actor: Actor, subject: AppointmentSubject): boolean =>
  subject.holderKey !== null &&
  (subject.holderKey === ownerOf(actor) ||
    // A guest who signs in half-way keeps the hold of this browser.
    (actor.kind === 'client' &&
      actor.holderKey !== null &&
      subject.holderKey === `holder:${actor.holderKey}`));

export const appointmentPolicy = {
  /** Anyone may look for a start; nothing personal is in it. */
  'appointment.search': (_actor: Actor) => true,
  /** The staff calendar; whose visit it is, is told by `calendar.view_all` or by performing it. */
  'calendar.view': (actor: Actor) => isStaff(actor),
  'appointment.view': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.view_all') || performs(actor, subject) || own(actor, subject),
  'appointment.hold': (actor: Actor) => ownerOf(actor) !== 'nobody',
  /** Turning a hold into a visit: whose hold it is, or staff who book for others. */
  'appointment.book': (actor: Actor, subject: AppointmentSubject) =>
    heldBy(actor, subject) || holds(actor, 'calendar.edit_all'),
  'appointment.release': (actor: Actor, subject: AppointmentSubject) =>
    heldBy(actor, subject) || holds(actor, 'calendar.edit_all'),
  /** Staff who write into the calendar without a client holding first. */
  'appointment.create': (actor: Actor, subject: { specialistIds: readonly string[] }) =>
    holds(actor, 'calendar.edit_all') || performs(actor, { ...subject, clientId: null, holderKey: null }),
  'appointment.approve': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.edit_all') || performs(actor, subject),
  'appointment.reschedule': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.edit_all') || performs(actor, subject) || own(actor, subject),
  'appointment.cancel': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.edit_all') || performs(actor, subject) || own(actor, subject),
  'appointment.confirm': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.edit_all') || performs(actor, subject) || own(actor, subject),
  /** Arrived, no-show and what follows: staff only. */
  'appointment.mark': (actor: Actor, subject: AppointmentSubject) =>
    holds(actor, 'calendar.edit_all') || performs(actor, subject),
  'appointment.override_policy': (actor: Actor) =>
    holds(actor, 'calendar.override_policy') || holds(actor, 'calendar.edit_all'),
  'appointment.move_day': (actor: Actor) => holds(actor, 'calendar.edit_all'),
} as const;
