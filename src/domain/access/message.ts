import { type Actor, holds, rights } from './actor.ts';
import { type ClientScope, clientScope } from './client.ts';
import { outranks } from './outrank.ts';

/** What somebody sees of the outbox: whose messages, and of each what their work needs. */
export interface MessageSight {
  /** Messages to these clients … */
  clients: ClientScope;
  /** … and to colleagues, about how their accounts are entered. */
  accounts: boolean;
  /** Where a message went to. */
  contact: boolean;
  /** What a visit costs, as its letters say it. */
  money: boolean;
  /** A link to a new password opens an account: only for those beyond whom nobody's rights reach. */
  secrets: boolean;
}

export const messageSight = (actor: Actor): MessageSight => ({
  clients: clientScope(actor),
  accounts: holds(actor, 'people.edit'),
  contact: holds(actor, 'clients.contact'),
  money: holds(actor, 'money.view'),
  secrets: outranks(actor, [{ rights }]),
});

export const messagePolicy = {
  /** Which messages is decided by the sight; this is whether the outbox opens at all. */
  'message.view': (actor: Actor) => holds(actor, 'messages.view'),
  'message.retry': (actor: Actor) => holds(actor, 'messages.view'),
} as const;
