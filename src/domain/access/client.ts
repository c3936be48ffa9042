import { type Actor, holds, isStaff } from './actor.ts';

export interface ClientSubject {
  clientId: string;
  /** Access tags on the card. */
  accessTagIds: readonly string[];
  /** Specialists who have, or had, a visit with this client. */
  specialistIds: readonly string[];
}

declare const proven: unique symbol;
/** Which cards an actor may read; no client query runs without one, and only `clientScope` makes them. */
export type ClientScope = (
  | { kind: 'all' }
  /** Cards that share an access tag with the specialist, or have a visit with them. */
  | { kind: 'shared'; specialistId: string }
  | { kind: 'own'; clientId: string }
  | { kind: 'none' }
) & { readonly [proven]: 'client' };

type Bare<T> = T extends unknown ? Omit<T, typeof proven> : never;
const brand = (scope: Bare<ClientScope>): ClientScope => scope as ClientScope;

/** Promises the widest set of cards this actor may see, and no more. */
export function clientScope(actor: Actor): ClientScope {
  if (holds(actor, 'clients.view_all')) return brand({ kind: 'all' });
  if (isStaff(actor) && actor.specialistId)
    return brand({ kind: 'shared', specialistId: actor.specialistId });
  if (actor.kind === 'client' && actor.clientId) return brand({ kind: 'own', clientId: actor.clientId });
  return brand({ kind: 'none' });
}

/** What somebody sees of cards: which ones, and of each what their work needs. */
export interface ClientSight {
  scope: ClientScope;
  contact: boolean;
  money: boolean;
  /** What others wrote; of one's own visits the notes are always seen. */
  notes: boolean;
  specialistId: string | null;
}

export const clientSight = (actor: Actor): ClientSight => ({
  scope: clientScope(actor),
  contact: holds(actor, 'clients.contact') || actor.kind === 'client',
  money: holds(actor, 'money.view') || actor.kind === 'client',
  notes: holds(actor, 'notes.view_all'),
  specialistId: isStaff(actor) ? actor.specialistId : null,
});

export const clientPolicy = {
  'client.list': (actor: Actor) => isStaff(actor) || actor.kind === 'system',
  'client.view_own': (actor: Actor) => actor.kind === 'client',
  'client.create': (actor: Actor) => holds(actor, 'clients.edit'),
  /** Which card is decided by the scope; this is whether cards may be changed at all. */
  'client.edit': (actor: Actor) => holds(actor, 'clients.edit'),
  'client.view_contact': (actor: Actor) => holds(actor, 'clients.contact') || actor.kind === 'client',
  'client.link_account': (actor: Actor) => holds(actor, 'clients.link_account'),
  /** How the account behind a card is entered, and whether at all; which card is decided by the scope here, too. */
  'client.edit_account': (actor: Actor) => holds(actor, 'people.edit'),
  'client.prove_contact': (actor: Actor) => actor.kind === 'client',
} as const;
