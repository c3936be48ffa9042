/** Keeping pictures: the clinic's own templates, and photographs of clients. */
import type { z } from 'zod';
import { type Actor, actorId } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { renamePictureInput, retirePictureInput, UploadQuery } from '../../domain/picture.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { localDateOf } from '../../domain/schedule.ts';
import { standingCard } from '../clients/standing-card.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import { type Db, type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';
import { keptContentType, readPicture } from './decode.ts';
import { cardStanding, photographAccess } from './standing.ts';

/**
 * Whether this actor may keep such a picture, asked before its body is read and again as it is written: refuses `forbidden`, and
 * `not_found` where the client's card isn't within sight.
 */
export async function mayKeep(
  db: Db | Tx,
  actor: Actor,
  about: { clientId: string | null },
): Promise<Result<{ clientId: string | null }>> {
  if (about.clientId === null) {
    if (!can(actor, 'picture.edit')) return refuse('forbidden');
    return done({ clientId: null });
  }
  if (!can(actor, 'scheme.list')) return refuse('forbidden');
  const standing = await cardStanding(db, actor, about.clientId);
  if (standing === null) return refuse('not_found', { noun: 'client' });
  return photographAccess(actor, standing) === 'draw'
    ? done({ clientId: standing.clientId })
    : refuse('forbidden');
}

const changeOf = (clientId: string | null, pictureId: string) =>
  clientId === null
    ? { topic: 'catalogue' as const, entityId: pictureId }
    : { topic: 'client' as const, entityId: clientId };

const dayOf = (date: string | null): Date | null => (date === null ? null : new Date(`${date}T00:00:00Z`));

/** Nothing was taken on a day that hasn't come. */
async function isAhead(deps: Deps, takenOn: string | null): Promise<boolean> {
  if (takenOn === null) return false;
  const { timeZone } = await readClinicIdentity(deps.db);
  return takenOn > localDateOf(deps.now().getTime(), timeZone);
}

/** Keeps a file as a picture. Refuses what `mayKeep` does, what can't be read as a picture (`readPicture`), and a day still to come. */
export async function keepPicture(
  deps: Deps,
  actor: Actor,
  query: UploadQuery,
  file: Uint8Array,
): Promise<Result<{ pictureId: string }>> {
  const about = { clientId: query.kind === 'photograph' ? query.clientId : null };
  const takenOn = query.kind === 'photograph' ? query.takenOn : null;
  const allowed = await mayKeep(deps.db, actor, about);
  if (!allowed.ok) return allowed;
  if (await isAhead(deps, takenOn)) return invalid('takenOn', 'date_ahead');
  const picture = await readPicture(file);
  if (!picture.ok) return picture;
  const result = await transact(deps.db, async (tx): Promise<Result<{ pictureId: string }>> => {
    if (about.clientId !== null) await standingCard(tx, about.clientId);
    const still = await mayKeep(tx, actor, about);
    if (!still.ok) return still;
    const { clientId } = still.value;
    const pictureId = deps.newId();
    await tx.picture.create({
      data: {
        ...picture.value,
        id: pictureId,
        kind: query.kind,
        clientId,
        title: query.title,
        contentType: keptContentType,
        takenOn: dayOf(takenOn),
        createdBy: actorId(actor) ?? pictureId,
        createdAt: deps.now(),
      },
    });
    await noteChange(tx, changeOf(clientId, pictureId));
    return done({ pictureId });
  });
  deps.announcer.announce();
  return result;
}

/** Reads a picture for changing it. Refuses `not_found` where there is none within sight, and `forbidden`. */
async function forChanging(
  tx: Tx,
  actor: Actor,
  pictureId: string,
): Promise<Result<{ clientId: string | null }>> {
  const row = await tx.picture.findUnique({ where: { id: pictureId }, select: { clientId: true } });
  if (!row) return refuse('not_found', { noun: 'picture' });
  const allowed = await mayKeep(tx, actor, row);
  return !allowed.ok && allowed.refusal.code === 'not_found'
    ? refuse('not_found', { noun: 'picture' })
    : allowed;
}

async function change(
  deps: Deps,
  actor: Actor,
  ask: { pictureId: string; version: number },
  fields: { title?: string; takenOn?: Date | null; isActive?: boolean },
): Promise<Result<{ version: number }>> {
  const { pictureId } = ask;
  const result = await transact(deps.db, async (tx): Promise<Result<{ version: number }>> => {
    const found = await forChanging(tx, actor, pictureId);
    if (!found.ok) return found;
    const version = await writeOver('picture', ask.version, {
      write: (read) =>
        tx.picture.updateMany({
          where: { id: pictureId, version: read },
          data: { ...fields, version: nextVersion },
        }),
      exists: () => tx.picture.count({ where: { id: pictureId } }),
    });
    await noteChange(tx, changeOf(found.value.clientId, pictureId));
    return done({ version });
  });
  deps.announcer.announce();
  return result;
}

/** Names a picture, and says when it was taken. Refuses `forbidden`, `not_found`, `stale`, and a day still to come at its field. */
export async function renamePicture(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof renamePictureInput>,
): Promise<Result<{ version: number }>> {
  const { title, takenOn } = input.picture;
  if (await isAhead(deps, takenOn)) return invalid('picture.takenOn', 'date_ahead');
  return change(deps, actor, input, { title, takenOn: dayOf(takenOn) });
}

/**
 * Puts a picture out of use, or back: it is offered no longer, and what is drawn on it stays as it is. Refuses `forbidden`,
 * `not_found`, `stale`.
 */
export const retirePicture = (
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof retirePictureInput>,
): Promise<Result<{ version: number }>> => change(deps, actor, input, { isActive: input.isActive });
