import type { Actor } from './actor.ts';

export const accountPolicy = {
  /** Doors that stand open: signing in, registering, asking for a code. They reveal nothing. */
  'account.enter': (_actor: Actor) => true,
  /** Strangers choose a language too; there is only nothing to keep it with. */
  'account.choose_language': (_actor: Actor) => true,
  'account.view_own': (actor: Actor) => actor.kind === 'staff' || actor.kind === 'client',
  'account.edit_own': (actor: Actor) => actor.kind === 'staff' || actor.kind === 'client',
} as const;
