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
  'message.view': (actor: Actor) => holds(actor, 'messages.view'),
  'message.retry': (actor: Actor) => holds(actor, 'messages.view'),
  'import.run': (actor: Actor) => holds(actor, 'imports.run'),
  'live.listen': (actor: Actor) => isStaff(actor) || actor.kind === 'client',
} as const;
