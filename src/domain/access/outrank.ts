import { type Actor, isRight } from './actor.ts';

/** Nobody gives, or takes charge of, rights they don't have themselves. Words that are no right (any more) open nothing, and don't count. */
export const outranks = (actor: Actor, roles: readonly { rights: readonly string[] }[]): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'staff' &&
    roles.every(({ rights }) => rights.every((right) => !isRight(right) || actor.rights.has(right))));
