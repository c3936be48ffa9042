import { type Actor, holds } from './actor.ts';
import { can } from './policy.ts';

/** What the desk's pages offer an account; every command asks again. */
export interface DeskRights {
  /** The account's own column, where it performs. */
  specialistId: string | null;
  /** Writes into everybody's calendar, not only their own. */
  editAll: boolean;
  overridePolicy: boolean;
  moveDay: boolean;
  createClients: boolean;
  editHours: boolean;
}

/** The rights of a staff account at the desk; null for everybody else. */
export function deskRights(actor: Actor): DeskRights | null {
  if (actor.kind !== 'staff') return null;
  return {
    specialistId: actor.specialistId,
    editAll: holds(actor, 'calendar.edit_all'),
    overridePolicy: can(actor, 'appointment.override_policy'),
    moveDay: can(actor, 'appointment.move_day'),
    createClients: can(actor, 'client.create'),
    editHours: can(actor, 'hours.edit'),
  };
}
