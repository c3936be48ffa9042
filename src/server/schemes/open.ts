/** A scheme is opened, named, and given an earlier one to lie beneath. */
import type { Actor } from '../../domain/access/actor.ts';
import { actorId } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { OpenSchemeInput } from '../../domain/scheme/input.ts';
import { findCard } from '../clients/scope.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { undo } from '../refused-write.ts';
import { accessTo, lockDraft, lockScheme } from './read.ts';

interface Backdrop {
  templateKey: string | null;
  pictureId: string | null;
}

/** The acting account; nothing of a scheme is done by nobody. */
export function accountOf(actor: Actor): string {
  const id = actorId(actor);
  if (id === null) throw new Error('a scheme is changed by somebody');
  return id;
}

/**
 * Opens a scheme in a card. A draft of the same visit on the same backdrop is opened again instead of a second one. Refuses with
 * `not_found` (card, visit, picture or scheme beneath) and `forbidden`.
 */
export async function openScheme(
  deps: Deps,
  actor: Actor,
  input: OpenSchemeInput,
): Promise<Result<{ schemeId: string; isNew: boolean }>> {
  const result = await transact<Result<{ schemeId: string; isNew: boolean }>>(deps.db, async (tx) => {
    const scope = clientScope(actor);
    const clientId = await findCard(tx, scope, input.clientId);
    const access = clientId === null ? null : await accessTo(tx, actor, clientId);
    if (clientId === null || access === null) return refuse('not_found', { noun: 'client' });
    if (access !== 'draw') return refuse('forbidden');
    // Two who open at once come one after the other: the second finds the draft of the first.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`scheme:${clientId}`}, 0))::text`;
    const visit = input.visitId ? await tx.visit.findUnique({ where: { id: input.visitId } }) : null;
    if (input.visitId !== null && visit?.clientId !== clientId) return refuse('not_found', { noun: 'visit' });
    const earlier = input.repeat ? await newestFinished(tx, clientId) : null;
    const backdrop = earlier ?? wanted(input);
    const underSchemeId = earlier?.id ?? input.underSchemeId;
    if (!(await isOffered(tx, clientId, backdrop, earlier !== null)))
      return refuse('not_found', { noun: 'picture' });
    if (underSchemeId !== null && !(await mayLieBeneath(tx, clientId, underSchemeId)))
      return refuse('not_found', { noun: 'scheme' });
    const { templateKey, pictureId } = backdrop;
    const same = { clientId, visitId: input.visitId, templateKey, pictureId };
    const draft = await tx.scheme.findFirst({
      where: { ...same, status: 'draft', revision: 0 },
      orderBy: { openedAt: 'desc' },
      select: { id: true },
    });
    if (draft) return done({ schemeId: draft.id, isNew: false });
    const { id: schemeId } = await tx.scheme.create({
      data: {
        ...same,
        id: deps.newId(),
        title: input.title,
        underSchemeId,
        openedBy: accountOf(actor),
        openedAt: deps.now(),
      },
      select: { id: true },
    });
    // A card that was merged away meanwhile has let go of everything but this.
    if ((await findCard(tx, scope, clientId)) !== clientId)
      throw undo(refuse('not_found', { noun: 'client' }));
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done({ schemeId, isNew: true });
  });
  deps.announcer.announce();
  return result;
}

const wanted = ({ backdrop }: OpenSchemeInput): Backdrop =>
  backdrop.kind === 'template'
    ? { templateKey: backdrop.templateKey, pictureId: null }
    : { templateKey: null, pictureId: backdrop.pictureId };

const newestFinished = (tx: Tx, clientId: string) =>
  tx.scheme.findFirst({
    where: { clientId, revision: { gt: 0 } },
    orderBy: [{ finishedAt: 'desc' }, { openedAt: 'desc' }],
    select: { id: true, templateKey: true, pictureId: true },
  });

/** The house's own picture or this client's; one that was taken out of use serves only what repeats a scheme on it. */
async function isOffered(
  tx: Tx,
  clientId: string,
  { pictureId }: Backdrop,
  repeats: boolean,
): Promise<boolean> {
  if (pictureId === null) return true;
  const picture = await tx.picture.findUnique({
    where: { id: pictureId },
    select: { clientId: true, isActive: true },
  });
  if (!picture || (!picture.isActive && !repeats)) return false;
  return picture.clientId === null || picture.clientId === clientId;
}

async function mayLieBeneath(tx: Tx, clientId: string, schemeId: string): Promise<boolean> {
  const under = await tx.scheme.findUnique({
    where: { id: schemeId },
    select: { clientId: true, revision: true },
  });
  return under !== null && under.clientId === clientId && under.revision > 0;
}

/** Refuses with `not_found` and `forbidden`. Also a finished one is named anew: the name is no part of what was drawn. */
export async function renameScheme(
  deps: Deps,
  actor: Actor,
  input: { schemeId: string; title: string },
): Promise<Result<null>> {
  const result = await transact<Result<null>>(deps.db, async (tx) => {
    const locked = await lockScheme(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id, clientId, title, status } = locked.value;
    if (status === 'cancelled') return refuse('scheme_closed', { status });
    if (title === input.title) return done(null);
    await tx.scheme.update({ where: { id }, data: { title: input.title, version: { increment: 1 } } });
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Refuses with `not_found` (also for a scheme beneath that isn't this client's, isn't finished, or is this one), `forbidden` and `scheme_closed`. */
export async function setUnder(
  deps: Deps,
  actor: Actor,
  input: { schemeId: string; underSchemeId: string | null },
): Promise<Result<null>> {
  const result = await transact<Result<null>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id, clientId } = locked.value;
    const { underSchemeId } = input;
    if (
      underSchemeId === id ||
      (underSchemeId !== null && !(await mayLieBeneath(tx, clientId, underSchemeId)))
    )
      return refuse('not_found', { noun: 'scheme' });
    await tx.scheme.update({ where: { id }, data: { underSchemeId, version: { increment: 1 } } });
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
