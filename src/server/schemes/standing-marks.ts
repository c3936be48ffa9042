/**
 * Whether anything changed on which somebody's standing in a room hangs: asked for everybody at once, often, and cheaply. Who it
 * changed for is asked in full (`standing.ts`); this decides nothing.
 */
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';
import type { TicketHolder } from './tickets.ts';

export interface Stander {
  schemeId: string;
  who: TicketHolder;
}

/** One text for each, in order: alike for as long as nothing changed. */
export async function standingMarks(db: Db, standers: readonly Stander[]): Promise<string[]> {
  if (standers.length === 0) return [];
  const schemeIds = standers.map(({ schemeId }) => schemeId);
  const sessionIds = standers.map(({ who }) => (who.kind === 'account' ? who.sessionId : null));
  const guestIds = standers.map(({ who }) => (who.kind === 'guest' ? who.guestId : null));
  const rows = await straight(db).rows<{ place: string; mark: string }>(Prisma.sql`
    SELECT asked.place::text, concat_ws('|', scheme.status, scheme.generation, scheme.client_id, client.merged_into_id,
      session.id, session.revoked_at, session.expires_at, session.last_seen_at, account.blocked_at, account.name,
      (SELECT string_agg(role.key || ':' || array_to_string(role.rights, ','), ';' ORDER BY role.key)
       FROM account_role held JOIN role ON role.id = held.role_id WHERE held.account_id = account.id),
      specialist.id, specialist.hue, specialist_treats(specialist.id, scheme.client_id),
      (SELECT factor.confirmed_at FROM second_factor factor WHERE factor.account_id = account.id),
      guest.status, guest.name, guest.hue) AS mark
    FROM unnest(${schemeIds}::uuid[], ${sessionIds}::uuid[], ${guestIds}::uuid[])
      WITH ORDINALITY AS asked (scheme_id, session_id, guest_id, place)
    LEFT JOIN scheme ON scheme.id = asked.scheme_id
    LEFT JOIN client ON client.id = scheme.client_id
    LEFT JOIN session ON session.id = asked.session_id
    LEFT JOIN account ON account.id = session.account_id
    LEFT JOIN specialist ON specialist.account_id = account.id
    LEFT JOIN drawing_guest guest ON guest.id = asked.guest_id`);
  const marks = standers.map(() => '');
  for (const { place, mark } of rows) marks[Number(place) - 1] = mark;
  return marks;
}
