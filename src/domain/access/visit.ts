import { type Actor, holds, isStaff } from './actor.ts';

export const visitPolicy = {
  /** Only who performs it, or who runs the calendar, opens the visit in the chair. */
  'visit.start': (actor: Actor, subject: { specialistIds: readonly string[] }) =>
    holds(actor, 'calendar.edit_all') ||
    (isStaff(actor) && actor.specialistId !== null && subject.specialistIds.includes(actor.specialistId)),
  'visit.complete': (actor: Actor, subject: { specialistIds: readonly string[] }) =>
    holds(actor, 'calendar.edit_all') ||
    (isStaff(actor) && actor.specialistId !== null && subject.specialistIds.includes(actor.specialistId)),
} as const;
