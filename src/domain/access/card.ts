import { type Actor, holds } from './actor.ts';
import { can } from './policy.ts';

/** What the clients' pages offer an account; every command asks again. */
export interface CardRights {
  create: boolean;
  edit: boolean;
  contact: boolean;
  link: boolean;
  /** Looks after the account behind a card: blocks it, ends its sessions, takes a lost second factor away. */
  account: boolean;
  messages: boolean;
  imports: boolean;
  /** Opens anybody's visits in the calendar, not only those of `specialistId`. */
  viewVisits: boolean;
  /** Begins and completes anybody's visits, not only those of `specialistId`. */
  allVisits: boolean;
  /** Reads the trail: who sees the card and who read it. */
  trail: boolean;
  /** Opens personal values in it. */
  reveal: boolean;
  specialistId: string | null;
}

/** The rights of a staff account at cards; null for everybody else. */
export function cardRightsOf(actor: Actor): CardRights | null {
  if (actor.kind !== 'staff' || !can(actor, 'client.list')) return null;
  return {
    create: can(actor, 'client.create'),
    edit: can(actor, 'client.edit'),
    contact: can(actor, 'client.view_contact'),
    link: can(actor, 'client.link_account'),
    account: can(actor, 'client.edit_account'),
    messages: can(actor, 'message.view'),
    imports: can(actor, 'import.run'),
    viewVisits: holds(actor, 'calendar.view_all'),
    allVisits: holds(actor, 'calendar.edit_all'),
    trail: can(actor, 'audit.view'),
    reveal: can(actor, 'audit.reveal'),
    specialistId: actor.specialistId,
  };
}
