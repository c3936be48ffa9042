/** What somebody may do in a scheme's room at this moment: asked as a socket opens, and again for as long as it is open. */
import type { CloseName } from '../../domain/scheme/close-codes.ts';
import type { DrawingAccess } from '../../domain/scheme/wire.ts';
import type { Actor } from '../../domain/access/actor.ts';
import { actingAs, type Db } from '../db.ts';
import { readSessionById } from '../access/sessions.ts';
import { hueOfStaff } from './hues.ts';
import { schemeStanding } from './read.ts';
import type { TicketHolder } from './tickets.ts';

export interface RoomStanding {
  access: DrawingAccess;
  generation: number;
  /** To be asked again by then, whatever happens: sessions end by time as well. */
  until: Date;
}

export type StandingOrClose = { ok: true; value: RoomStanding } | { ok: false; close: CloseName };

const close = (name: CloseName): StandingOrClose => ({ ok: false, close: name });

/** With the system's hand (`systemDb`): sessions and guests are looked up before it is known who asks. */
export const standingOf = (
  db: Db,
  who: TicketHolder,
  schemeId: string,
  now: Date,
): Promise<StandingOrClose> =>
  who.kind === 'guest'
    ? guestStanding(db, who.guestId, schemeId, now)
    : staffStanding(db, who, schemeId, now);

async function staffStanding(
  db: Db,
  who: Extract<TicketHolder, { kind: 'account' }>,
  schemeId: string,
  now: Date,
): Promise<StandingOrClose> {
  const session = await readSessionById(db, who.sessionId, now);
  if (session?.accountId !== who.accountId || session.factor === 'overdue') return close('revoked');
  const { actor } = session;
  const standing = await schemeStanding(actingAs(db, actor), actor, schemeId);
  if (!standing || standing.access === 'none') return close('forbidden');
  const { scheme, access } = standing;
  if (scheme.status !== 'draft') return close('closed');
  return {
    ok: true,
    value: {
      access: {
        mode: access === 'draw' ? 'draw' : 'watch',
        name: session.name.slice(0, 200),
        hue: await hueOf(db, actor),
        kind: 'staff',
      },
      generation: scheme.generation,
      until:
        session.factorDueAt && session.factorDueAt < session.endsAt ? session.factorDueAt : session.endsAt,
    },
  };
}

async function hueOf(db: Db, actor: Exclude<Actor, { kind: 'nobody' | 'system' }>): Promise<number> {
  const specialist =
    actor.kind === 'staff' && actor.specialistId !== null
      ? await db.specialist.findUnique({ where: { id: actor.specialistId }, select: { hue: true } })
      : null;
  return hueOfStaff(actor.accountId, specialist?.hue ?? null);
}

const guestLooksEveryMs = 10_000;

async function guestStanding(db: Db, guestId: string, schemeId: string, now: Date): Promise<StandingOrClose> {
  const guest = await db.drawingGuest.findUnique({
    where: { id: guestId },
    include: {
      scheme: { select: { status: true, generation: true, visit: { select: { completedAt: true } } } },
    },
  });
  const visitEndedAt = guest?.scheme.visit?.completedAt ?? null;
  // Guests end with their visit; whether they were told so in the visit's own transaction doesn't count.
  if (!guest || guest.status === 'ended' || (visitEndedAt !== null && visitEndedAt >= guest.joinedAt))
    return close('revoked');
  if (guest.schemeId !== schemeId || guest.status === 'waiting') return close('forbidden');
  if (guest.scheme.status !== 'draft') return close('closed');
  const mode = guest.status === 'draw' || guest.status === 'point' ? guest.status : 'watch';
  return {
    ok: true,
    value: {
      access: { mode, name: guest.name.slice(0, 200), hue: guest.hue, kind: 'guest' },
      generation: guest.scheme.generation,
      until: new Date(now.getTime() + guestLooksEveryMs),
    },
  };
}
