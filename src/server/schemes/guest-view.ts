/** What a guest's page is told, by the token it was given on joining: the drawing's ground, and nothing else of the client. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { GuestMode } from '../../domain/scheme/consultation.ts';
import { hashToken } from '../access/tokens.ts';
import { type Db, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { backdropOf, type SchemeBackdrop } from './backdrop.ts';
import { guestMode } from './guests.ts';
import { noteDrawing } from './notices.ts';
import { issueTicket } from './tickets.ts';

/** With the header `authorization: Bearer <guest token>`: no token is ever part of an address. */
export const guestPictureAddress = '/api/drawings/guest/picture';

export interface GuestView {
  state: 'waiting' | 'admitted' | 'ended';
  name: string;
  clinicName: string;
  /** Only for whoever was let in. */
  drawing: {
    schemeId: string;
    generation: number;
    mode: GuestMode;
    hue: number;
    backdrop: SchemeBackdrop;
  } | null;
}

const guestOf = (db: Db, guestToken: string) =>
  db.drawingGuest.findUnique({
    where: { tokenHash: hashToken(guestToken) },
    include: { scheme: { include: { visit: { select: { completedAt: true } } } } },
  });
type Guest = NonNullable<Awaited<ReturnType<typeof guestOf>>>;

/** Ended by hand, with the draft, or with the visit in which they joined. */
function isOver({ status, joinedAt, scheme }: Guest): boolean {
  const completedAt = scheme.visit?.completedAt ?? null;
  return status === 'ended' || scheme.status !== 'draft' || (completedAt !== null && completedAt >= joinedAt);
}

const bySystem = (deps: Deps, actor: Actor): Db => asSystem(deps, 'sit in on a drawing', actor).db;
const noGuest = (): Result<never> => refuse('not_found', { noun: 'guest' });

/** Refuses with `not_found` for a token that is none. */
export async function readGuestView(
  deps: Deps,
  actor: Actor,
  guestToken: string,
): Promise<Result<GuestView>> {
  const db = bySystem(deps, actor);
  const guest = await guestOf(db, guestToken);
  if (!guest) return noGuest();
  const clinic = await db.clinic.findFirst({ select: { name: true } });
  const mode = isOver(guest) ? null : guestMode(guest.status);
  return done({
    state: isOver(guest) ? 'ended' : mode === null ? 'waiting' : 'admitted',
    name: guest.name,
    clinicName: clinic?.name ?? '',
    drawing:
      mode === null
        ? null
        : {
            schemeId: guest.schemeId,
            generation: guest.scheme.generation,
            mode,
            hue: guest.hue,
            backdrop: await groundFor(db, guest),
          },
  });
}

/** A picture's title is the staff's own word for it. */
async function groundFor(db: Db, { scheme }: Guest): Promise<SchemeBackdrop> {
  const backdrop = await backdropOf(db, scheme);
  return backdrop.kind === 'template' ? backdrop : { ...backdrop, title: '', address: guestPictureAddress };
}

/** Refuses with `not_found`, `forbidden` while waiting, and `invite_lapsed` once it is over. */
export async function guestWay(
  deps: Deps,
  actor: Actor,
  guestToken: string,
): Promise<Result<{ schemeId: string; ticket: string; generation: number }>> {
  const db = bySystem(deps, actor);
  const guest = await guestOf(db, guestToken);
  if (!guest) return noGuest();
  if (isOver(guest)) return refuse('invite_lapsed');
  if (guestMode(guest.status) === null) return refuse('forbidden');
  const { id: guestId, schemeId, scheme } = guest;
  const ticket = await issueTicket({ db, now: deps.now }, { kind: 'guest', guestId }, schemeId);
  return done({ schemeId, ticket, generation: scheme.generation });
}

/** The guest leaves by themselves; twice is once. Refuses with `not_found`. */
export async function leaveDrawing(deps: Deps, actor: Actor, guestToken: string): Promise<Result<null>> {
  const db = bySystem(deps, actor);
  const result = await transact<Result<null>>(db, async (tx) => {
    const guest = await tx.drawingGuest.findUnique({
      where: { tokenHash: hashToken(guestToken) },
      include: { scheme: { select: { clientId: true } } },
    });
    if (!guest) return noGuest();
    const { count } = await tx.drawingGuest.updateMany({
      where: { id: guest.id, status: { not: 'ended' } },
      data: { status: 'ended', endedAt: deps.now() },
    });
    if (count === 0) return done(null);
    await noteDrawing(tx, guest.schemeId);
    await noteChange(tx, { topic: 'client', entityId: guest.scheme.clientId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** What the drawing's ground looks like, for a guest who was let in; null for everybody else. */
export async function readGuestPicture(
  deps: Deps,
  actor: Actor,
  guestToken: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; contentType: string } | null> {
  const db = bySystem(deps, actor);
  const guest = await guestOf(db, guestToken);
  if (!guest || isOver(guest) || guestMode(guest.status) === null) return null;
  if (guest.scheme.pictureId === null) return null;
  const picture = await db.picture.findUnique({
    where: { id: guest.scheme.pictureId },
    select: { bytes: true, contentType: true },
  });
  return picture;
}
