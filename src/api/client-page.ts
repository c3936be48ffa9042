/** What the pages about clients are made with; each asks for itself who is looking. */
import { forbidden } from 'next/navigation';
import { cache } from 'react';
import { holds } from '../domain/access/actor.ts';
import { clientScope } from '../domain/access/client.ts';
import { can } from '../domain/access/policy.ts';
import { isId } from '../domain/ids.ts';
import { type CardVisit, type ClientCard, readClient, readVisits } from '../server/clients/queries.ts';
import { server } from './deps.ts';
import { pageCaller } from './page.ts';

/** What the page offers this account; every command asks again. */
export interface CardRights {
  create: boolean;
  edit: boolean;
  contact: boolean;
  link: boolean;
  messages: boolean;
  imports: boolean;
  /** Begins and completes anybody's visits, not only those of `specialistId`. */
  allVisits: boolean;
  specialistId: string | null;
}

/** Answers with "forbidden" where no staff account is looking. */
export async function cardRights(): Promise<CardRights> {
  const { actor } = await pageCaller();
  if (actor.kind !== 'staff' || !can(actor, 'client.list')) forbidden();
  return {
    create: can(actor, 'client.create'),
    edit: can(actor, 'client.edit'),
    contact: can(actor, 'client.view_contact'),
    link: can(actor, 'client.link_account'),
    messages: can(actor, 'message.view'),
    imports: can(actor, 'import.run'),
    allVisits: holds(actor, 'calendar.edit_all'),
    specialistId: actor.specialistId,
  };
}

export interface CardPage {
  card: ClientCard;
  visits: { coming: CardVisit[]; past: CardVisit[] };
}

/** The card behind an address, as far as this account may see it; null says no more than that. */
export const pageCard = cache(async (clientId: string): Promise<CardPage | null> => {
  const { actor } = await pageCaller();
  if (!isId(clientId)) return null;
  const { deps } = await server();
  const scope = clientScope(actor);
  const [card, visits] = await Promise.all([
    readClient(deps.db, scope, clientId, can(actor, 'client.view_contact')),
    readVisits(deps.db, scope, clientId, deps.now()),
  ]);
  return card === null || visits === null ? null : { card, visits };
});

/** Whether mail leaves this machine, for those who may see messages. Answers others with "forbidden". */
export async function mailState(): Promise<{ isLocal: boolean }> {
  const { actor } = await pageCaller();
  if (!can(actor, 'message.view')) forbidden();
  return { isLocal: (await server()).env.SMTP_URL === undefined };
}
