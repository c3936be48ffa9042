import { type Actor, holds, isStaff } from './actor.ts';

/** What is public on the clinic's own page, and what only administrators change. */
export const clinicPolicy = {
  'catalogue.view_public': (_actor: Actor) => true,
  'catalogue.view': (actor: Actor) => isStaff(actor) || actor.kind === 'system',
  'catalogue.edit': (actor: Actor) => holds(actor, 'catalogue.edit'),
  'hours.view': (actor: Actor) => isStaff(actor) || actor.kind === 'system',
  'hours.edit': (actor: Actor) => holds(actor, 'hours.edit'),
  'people.view': (actor: Actor) => isStaff(actor),
  'people.edit': (actor: Actor) => holds(actor, 'people.edit'),
  'settings.view': (actor: Actor) => isStaff(actor),
  'settings.edit': (actor: Actor) => holds(actor, 'settings.edit'),
  /** What visits cost and brought: their own clients know their own, staff by right. */
  'money.view': (actor: Actor) => holds(actor, 'money.view') || !isStaff(actor),
  /** What others wrote; one's own is always seen. */
  'notes.view_all': (actor: Actor) => holds(actor, 'notes.view_all'),
  'audit.view': (actor: Actor) => holds(actor, 'audit.view'),
  /** Personal values in the trail: who may read them on every card may open them there, too. */
  'audit.reveal': (actor: Actor) =>
    holds(actor, 'audit.view') && holds(actor, 'clients.view_all') && holds(actor, 'clients.contact'),
  'role.view': (actor: Actor) => holds(actor, 'people.edit') || holds(actor, 'roles.edit'),
  'role.edit': (actor: Actor) => holds(actor, 'roles.edit'),
  'import.run': (actor: Actor) => holds(actor, 'imports.run'),
  'live.listen': (actor: Actor) => isStaff(actor) || actor.kind === 'client',
} as const;
