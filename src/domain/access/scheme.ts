import { type Actor, holds, isStaff } from './actor.ts';

/** Of whom the scheme is, as the command has read it. */
export interface SchemeSubject {
  /** Whether the card is within this actor's scope. */
  seesCard: boolean;
  /** Whether this actor treats the client: by a visit or an access tag. */
  treats: boolean;
}

export const schemePolicy = {
  /** Which clients' is decided by the scope and the record. */
  'scheme.list': (actor: Actor) => isStaff(actor),
  'scheme.read': (actor: Actor, subject: SchemeSubject) =>
    subject.seesCard && (subject.treats || holds(actor, 'schemes.view')),
  /** Draws, finishes, corrects, shares, cancels and invites. */
  'scheme.draw': (actor: Actor, subject: SchemeSubject) =>
    subject.seesCard &&
    ((isStaff(actor) && subject.treats) ||
      // What isn't seen isn't drawn on: row security says the same.
      (holds(actor, 'schemes.view') && holds(actor, 'schemes.edit_all'))),
  /** A client's own, once shared. */
  'scheme.view_own': (actor: Actor) => actor.kind === 'client',
  /** By an invitation, which is asked for instead of an account. */
  'scheme.join': (_actor: Actor) => true,
  /** The clinic's own templates. */
  'picture.edit': (actor: Actor) => holds(actor, 'catalogue.edit'),
  'product.list': (actor: Actor) => isStaff(actor),
  'product.edit': (actor: Actor) => holds(actor, 'catalogue.edit'),
} as const;
