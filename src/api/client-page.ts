/** What the pages about clients are made with; each asks for itself who is looking. */
import { forbidden } from 'next/navigation';
import { cache } from 'react';
import { type CardRights, cardRightsOf } from '../domain/access/card.ts';
import { clientSight } from '../domain/access/client.ts';
import { can } from '../domain/access/policy.ts';
import { isId } from '../domain/ids.ts';
import { type CardVisit, type ClientCard, readClient, readVisits } from '../server/clients/queries.ts';
import { server } from './deps.ts';
import { pageCaller, pageDeps } from './page.ts';

/** Answers with "forbidden" where no staff account is looking. */
export async function cardRights(): Promise<CardRights> {
  return cardRightsOf((await pageCaller()).actor) ?? forbidden();
}

export interface CardPage {
  card: ClientCard;
  visits: { coming: CardVisit[]; past: CardVisit[] };
}

/** The card behind an address, as far as this account may see it; null says no more than that. */
export const pageCard = cache(async (clientId: string): Promise<CardPage | null> => {
  const { actor } = await pageCaller();
  if (!isId(clientId)) return null;
  const deps = await pageDeps();
  const sight = clientSight(actor);
  const [card, visits] = await Promise.all([
    readClient(deps.db, sight, clientId),
    readVisits(deps.db, sight, clientId, deps.now()),
  ]);
  return card === null || visits === null ? null : { card, visits };
});

/** Whether mail leaves this machine, for those who may see messages. Answers others with "forbidden". */
export async function mailState(): Promise<{ isLocal: boolean }> {
  const { actor } = await pageCaller();
  if (!can(actor, 'message.view')) forbidden();
  return { isLocal: (await server()).env.SMTP_URL === undefined };
}
