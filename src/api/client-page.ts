/** What the pages about clients are made with; each asks for itself who is looking. */
import { cache } from 'react';
import { type CardRights, cardRightsOf } from '../domain/access/card.ts';
import { clientSight } from '../domain/access/client.ts';
import { can } from '../domain/access/policy.ts';
import { isId } from '../domain/ids.ts';
import { type CardVisit, type ClientCard, readClient, readVisits } from '../server/clients/queries.ts';
import { server } from './deps.ts';
import { pageCaller, pageDeps, turnedAway } from './page.ts';

/** Answers with "forbidden" where no staff account is looking. */
export async function cardRights(): Promise<CardRights> {
  return cardRightsOf((await pageCaller()).actor) ?? (await turnedAway());
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
  const card = await readClient(deps.db, sight, clientId);
  // After it: by then it is noted who reads the card.
  const visits = card && (await readVisits(deps.db, sight, clientId, deps.now()));
  return visits && { card, visits };
});

/** Whether mail leaves this machine, for those who may see messages. Answers others with "forbidden". */
export async function mailState(): Promise<{ isLocal: boolean }> {
  const { actor } = await pageCaller();
  if (!can(actor, 'message.view')) return turnedAway();
  return { isLocal: (await server()).env.SMTP_URL === undefined };
}
