/** What the calendar's and Today's pages are made with; each asks for itself who is looking. */
import { cache } from 'react';
import { type DeskRights, deskRights } from '../domain/access/desk.ts';
import { clientSight } from '../domain/access/client.ts';
import { can } from '../domain/access/policy.ts';
import { fullName } from '../domain/contact.ts';
import { isId } from '../domain/ids.ts';
import { type Desk, readDesk } from '../server/booking/desk.ts';
import { readClient } from '../server/clients/queries.ts';
import { server } from './deps.ts';
import { pageCaller, pageDeps, turnedAway } from './page.ts';

/** The house and the rights. Answers with "forbidden" where no staff account is looking. */
export const deskPage = cache(async (): Promise<{ desk: Desk; rights: DeskRights }> => {
  const { actor } = await pageCaller();
  const rights = deskRights(actor);
  if (rights === null || !can(actor, 'calendar.view')) return turnedAway();
  const { deps } = await server();
  return { desk: await readDesk(deps.db), rights };
});

/** Where the stream of changes stands as this page is made: the browser goes on from here. */
export async function liveCursor(): Promise<string> {
  const { hub } = await server();
  return (await hub.since(null)).cursor;
}

/** Whom an address asks to book for, as far as this account may see the card; null without one, and where there is none to see. */
export async function bookingFor(
  clientId: string | string[] | undefined,
): Promise<{ id: string; name: string; detail: string } | null> {
  const { actor } = await pageCaller();
  if (typeof clientId !== 'string' || !isId(clientId) || !can(actor, 'client.list')) return null;
  const deps = await pageDeps();
  const card = await readClient(deps.db, clientSight(actor), clientId);
  if (card === null) return null;
  return {
    id: card.clientId,
    name: fullName(card),
    detail: [card.contact?.phone, card.contact?.email].filter(Boolean).join(' · '),
  };
}
