/** Whether a client sees a finished scheme in their portal. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { lockScheme } from './read.ts';

/** Refuses with `not_found`, `forbidden`, and `scheme_not_finished` where nothing could be seen yet. Taking it back always works. */
export async function shareScheme(
  deps: Deps,
  actor: Actor,
  input: { schemeId: string; isShared: boolean },
): Promise<Result<{ isShared: boolean }>> {
  const result = await transact<Result<{ isShared: boolean }>>(deps.db, async (tx) => {
    const locked = await lockScheme(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id, clientId, revision, isShared } = locked.value;
    if (input.isShared && revision === 0) return refuse('scheme_not_finished');
    if (isShared === input.isShared) return done({ isShared });
    await tx.scheme.update({
      where: { id },
      data: { isShared: input.isShared, version: { increment: 1 } },
    });
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done({ isShared: input.isShared });
  });
  deps.announcer.announce();
  return result;
}
