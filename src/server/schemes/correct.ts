/** A finished scheme is opened again: what is finished next is another revision, and the old one stays. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { resumeDocument } from './document-end.ts';
import { noteDrawing } from './notices.ts';
import { lockScheme } from './read.ts';

/** Refuses with `not_found`, `forbidden`, `reason_required`, `scheme_not_finished`, and `scheme_closed` for a cancelled one. */
export async function correctScheme(
  deps: Deps,
  actor: Actor,
  input: { schemeId: string; reason: string },
): Promise<Result<{ generation: number }>> {
  const result = await transact<Result<{ generation: number }>>(deps.db, async (tx) => {
    const locked = await lockScheme(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id: schemeId, clientId, status, generation, revision } = locked.value;
    if (status === 'cancelled') return refuse('scheme_closed', { status });
    if (status !== 'finished') return refuse('scheme_not_finished');
    if (input.reason === '') return refuse('reason_required');
    await resumeDocument(tx, { schemeId, generation }, revision, deps.now());
    await tx.scheme.update({
      where: { id: schemeId },
      data: { status: 'draft', correctionReason: input.reason, version: { increment: 1 } },
    });
    await noteDrawing(tx, schemeId);
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return done({ generation });
  });
  deps.announcer.announce();
  return result;
}
