/** What a person may do about a message. */
import type { Actor } from '../../domain/access/actor.ts';
import { messageSight } from '../../domain/access/message.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { noteEntry } from '../trail/note.ts';
import { withinSight } from './sight.ts';

/** Tries a failed message once more. Refuses with `forbidden`, `not_found`, and `transition_refused` unless it has failed. */
export async function retryMessage(deps: Deps, actor: Actor, messageId: string): Promise<Result<null>> {
  if (!can(actor, 'message.retry')) return refuse('forbidden');
  const result = await transact<Result<null>>(deps.db, async (tx) => {
    const [seen] = await tx.$queryRaw<{ status: string }[]>`
      SELECT m.status FROM message m WHERE m.id = ${messageId}::uuid AND ${withinSight(messageSight(actor))}
      FOR UPDATE`;
    if (!seen) return refuse('not_found', { noun: 'message' });
    if (seen.status !== 'failed') return refuse('transition_refused', { from: seen.status, to: 'due' });
    await tx.message.update({
      where: { id: messageId },
      data: { status: 'due', statusReason: null, attemptCount: 0, claimedUntil: null },
    });
    await noteEntry(tx, { action: 'message.retry', subjectType: 'message', subjectId: messageId });
    await noteChange(tx, { topic: 'message', entityId: messageId });
    await deps.queue.send(tx, 'send-message', { messageId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
