/** Who acts. Made by the transport from the session row, by the worker for jobs; never from anything a browser says. */

/** What a role may hold. A role is a set of these; an administrator composes them. */
export const rights = [
  'calendar.view_all',
  'calendar.edit_all',
  'calendar.override_policy',
  'clients.view_all',
  'clients.edit',
  'clients.contact',
  'clients.link_account',
  'catalogue.edit',
  'hours.edit',
  'people.edit',
  'settings.edit',
  'messages.view',
  'imports.run',
  /** Prices of visits and what was paid. */
  'money.view',
  /** What others wrote about a client; what one wrote for one's own visits is always seen. */
  'notes.view_all',
  /** Drawings of clients one sees without treating them; whoever treats a client reads and draws theirs. */
  'schemes.view',
  'schemes.edit_all',
  'roles.edit',
  'audit.view',
] as const;
export type Right = (typeof rights)[number];

export type Actor =
  | { kind: 'nobody'; holderKey: string | null }
  | { kind: 'client'; accountId: string; clientId: string | null; holderKey: string | null }
  | {
      kind: 'staff';
      accountId: string;
      name: string;
      roleKeys: readonly string[];
      rights: ReadonlySet<Right>;
      specialistId: string | null;
    }
  | {
      kind: 'system';
      task: string;
      /** Who asked for it, for the trail; their rights were asked about before. */
      by?: { kind: 'nobody' | 'client' | 'staff'; accountId: string | null };
    };

export const shippedRoles: Record<
  'administrator' | 'receptionist' | 'specialist' | 'client',
  readonly Right[]
> = {
  administrator: rights,
  receptionist: [
    'calendar.view_all',
    'calendar.edit_all',
    'clients.view_all',
    'clients.edit',
    'clients.contact',
    'clients.link_account',
    'messages.view',
    'money.view',
    'notes.view_all',
  ],
  specialist: [],
  client: [],
};

export function isRight(text: string): text is Right {
  return (rights as readonly string[]).includes(text);
}

/** True for staff holding the right, and for the system itself. */
export const holds = (actor: Actor, right: Right): boolean =>
  actor.kind === 'system' || (actor.kind === 'staff' && actor.rights.has(right));

export const isStaff = (actor: Actor): actor is Extract<Actor, { kind: 'staff' }> => actor.kind === 'staff';

/** The id written beside a change; null for nobody and the system. */
export const actorId = (actor: Actor): string | null =>
  actor.kind === 'staff' || actor.kind === 'client' ? actor.accountId : null;

/** Whose idempotency keys and holds these are. */
export function ownerOf(actor: Actor): string {
  if (actor.kind === 'staff' || actor.kind === 'client') return `account:${actor.accountId}`;
  if (actor.kind === 'system') return `system:${actor.task}`;
  return actor.holderKey ? `holder:${actor.holderKey}` : 'nobody';
}

/** The names under which an actor's holds stand: the account's, and this browser's from before signing in. */
export function holderKeysOf(actor: Actor): string[] {
  if (actor.kind === 'nobody') return actor.holderKey ? [ownerOf(actor)] : [];
  if (actor.kind === 'client' && actor.holderKey) return [ownerOf(actor), `holder:${actor.holderKey}`];
  return [ownerOf(actor)];
}
