/** What the calendar's and Today's pages are made with; each asks for itself who is looking. */
import { type DeskRights, deskRights } from '../domain/access/desk.ts';
import { can } from '../domain/access/policy.ts';
import { type Desk, readDesk } from '../server/booking/desk.ts';
import { server } from './deps.ts';
import { pageCaller } from './page.ts';

/** The house and the rights, or null where no staff account is looking. */
export async function deskPage(): Promise<{ desk: Desk; rights: DeskRights } | null> {
  const { actor } = await pageCaller();
  const rights = deskRights(actor);
  if (rights === null || !can(actor, 'calendar.view')) return null;
  const { deps } = await server();
  return { desk: await readDesk(deps.db), rights };
}

/** Where the stream of changes stands as this page is made: the browser goes on from here. */
export async function liveCursor(): Promise<string> {
  const { hub } = await server();
  return (await hub.since(null)).cursor;
}
