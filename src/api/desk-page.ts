/** What the calendar's and Today's pages are made with; each asks for itself who is looking. */
import { holds } from '../domain/access/actor.ts';
import { can } from '../domain/access/policy.ts';
import { type Desk, readDesk } from '../server/booking/desk.ts';
import { server } from './deps.ts';
import { pageCaller } from './page.ts';

/** What the page offers this account; every command asks again. */
export interface DeskRights {
  /** The account's own column, where it performs. */
  specialistId: string | null;
  /** Writes into everybody's calendar, not only their own. */
  editAll: boolean;
  overridePolicy: boolean;
  moveDay: boolean;
  createClients: boolean;
  editHours: boolean;
}

/** The house and the rights, or null where no staff account is looking. */
export async function deskPage(): Promise<{ desk: Desk; rights: DeskRights } | null> {
  const { actor } = await pageCaller();
  if (actor.kind !== 'staff' || !can(actor, 'calendar.view')) return null;
  const { deps } = await server();
  return {
    desk: await readDesk(deps.db),
    rights: {
      specialistId: actor.specialistId,
      editAll: holds(actor, 'calendar.edit_all'),
      overridePolicy: can(actor, 'appointment.override_policy'),
      moveDay: can(actor, 'appointment.move_day'),
      createClients: can(actor, 'client.create'),
      editHours: can(actor, 'hours.edit'),
    },
  };
}

/** Where the stream of changes stands as this page is made: the browser goes on from here. */
export async function liveCursor(): Promise<string> {
  const { hub } = await server();
  return (await hub.since(null)).cursor;
}
