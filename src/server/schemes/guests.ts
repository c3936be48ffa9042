/** A client joins the drawing: invited by a code, let in by the staff who draw, out again with the consultation. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import {
  canGuestBecome,
  drawingModeOf,
  type GuestMode,
  type GuestStatus,
  inviteExpiry,
  inviteFault,
  isGuestStatus,
} from '../../domain/scheme/consultation.ts';
import { hashToken, newToken } from '../access/tokens.ts';
import { type Db, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { hueForGuest } from './hues.ts';
import { noteDrawing } from './notices.ts';
import { accountOf } from './open.ts';
import { lockDraft, noScheme, readableScheme } from './read.ts';

/** More than come with one client. */
const mostGuests = 8;

const statusOfGuest = (status: string): GuestStatus => (isGuestStatus(status) ? status : 'ended');

/** A code for one device, for two minutes; the one before it opens nothing any more. Refuses with `not_found`, `forbidden`, `scheme_closed`. */
export async function inviteGuest(
  deps: Deps,
  actor: Actor,
  schemeId: string,
): Promise<Result<{ inviteToken: string; expiresAt: Date }>> {
  return transact<Result<{ inviteToken: string; expiresAt: Date }>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, schemeId);
    if (!locked.ok) return locked;
    const inviteToken = newToken();
    const expiresAt = new Date(inviteExpiry(deps.now().getTime()));
    await tx.drawingInvite.deleteMany({ where: { schemeId } });
    await tx.drawingInvite.create({
      data: { tokenHash: hashToken(inviteToken), schemeId, createdBy: accountOf(actor), expiresAt },
    });
    return done({ inviteToken, expiresAt });
  });
}

/** Whoever holds an invitation asks to be let in. Refuses with `invite_lapsed`: used, too old, or there never was one. */
export async function joinByInvite(
  deps: Deps,
  actor: Actor,
  input: { inviteToken: string; name: string },
): Promise<Result<{ guestToken: string }>> {
  const now = deps.now();
  const system = asSystem(deps, 'join a drawing', actor);
  const result = await transact<Result<{ guestToken: string }>>(system.db, async (tx) => {
    const tokenHash = hashToken(input.inviteToken);
    const known = await tx.drawingInvite.findUnique({ where: { tokenHash }, select: { schemeId: true } });
    if (!known) return refuse('invite_lapsed');
    const { schemeId } = known;
    await tx.$queryRaw`SELECT 1 FROM scheme WHERE id = ${schemeId}::uuid FOR NO KEY UPDATE`;
    const scheme = await tx.scheme.findUniqueOrThrow({ where: { id: schemeId } });
    const invite = await tx.drawingInvite.findUnique({ where: { tokenHash } });
    const lapsed = invite && inviteFault(timesOf(invite), now.getTime());
    if (!invite || lapsed !== null || scheme.status !== 'draft') return refuse('invite_lapsed');
    const present = await tx.drawingGuest.count({ where: { schemeId, status: { not: 'ended' } } });
    if (present >= mostGuests) return refuse('busy');
    await tx.drawingInvite.update({ where: { tokenHash }, data: { usedAt: now } });
    const guestToken = newToken();
    await tx.drawingGuest.create({
      data: {
        id: deps.newId(),
        schemeId,
        tokenHash: hashToken(guestToken),
        name: input.name,
        hue: await hueForGuest(tx, scheme, invite.createdBy),
        joinedAt: now,
      },
    });
    await noteChange(tx, { topic: 'client', entityId: scheme.clientId });
    return done({ guestToken });
  });
  deps.announcer.announce();
  return result;
}

const timesOf = ({ expiresAt, usedAt }: { expiresAt: Date; usedAt: Date | null }) => ({
  expiresAt: expiresAt.getTime(),
  usedAt: usedAt?.getTime() ?? null,
});

export interface GuestListed {
  guestId: string;
  name: string;
  hue: number;
  status: GuestStatus;
  joinedAt: Date;
}

/** Who joined and hasn't left, in the order they came. Refuses with `not_found`. */
export async function listGuests(
  db: Db,
  actor: Actor,
  schemeId: string,
): Promise<Result<{ guests: GuestListed[] }>> {
  if (!(await readableScheme(db, actor, schemeId))) return noScheme();
  const rows = await db.drawingGuest.findMany({
    where: { schemeId, status: { not: 'ended' } },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
  });
  return done({
    guests: rows.map(({ id, name, hue, status, joinedAt }) => ({
      guestId: id,
      name,
      hue,
      status: statusOfGuest(status),
      joinedAt,
    })),
  });
}

/** Lets a guest in, raises or lowers what they may, or ends their part. Refuses with `not_found`, `forbidden`, `scheme_closed`, `transition_refused`. */
export async function changeGuest(
  deps: Deps,
  actor: Actor,
  { schemeId, guestId, to }: { schemeId: string; guestId: string; to: GuestMode | 'ended' },
): Promise<Result<null>> {
  const result = await transact<Result<null>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, schemeId);
    if (!locked.ok) return locked;
    const guest = await tx.drawingGuest.findUnique({ where: { id: guestId } });
    if (guest?.schemeId !== schemeId) return refuse('not_found', { noun: 'guest' });
    const from = statusOfGuest(guest.status);
    if (from === to) return done(null);
    if (!canGuestBecome(from, to)) return refuse('transition_refused', { from, to });
    const times = to === 'ended' ? { endedAt: deps.now() } : { acceptedBy: accountOf(actor) };
    await tx.drawingGuest.update({ where: { id: guestId }, data: { status: to, ...times } });
    await noteDrawing(tx, schemeId);
    await noteChange(tx, { topic: 'client', entityId: locked.value.clientId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** What a guest may do right now; null once their part is over. */
export const guestMode = (status: string): GuestMode | null => drawingModeOf(statusOfGuest(status));
