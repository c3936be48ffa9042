/** Cancel leaves without a trace: everything since the scheme was opened, or last finished, is discarded. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result } from '../../domain/refusal.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { besideMarks } from './beside.ts';
import { endConsultations } from './consultation-end.ts';
import { dropDocument } from './document-end.ts';
import { lockDraft, type SchemeRow } from './read.ts';

/** Refuses with `not_found`, `forbidden` and `scheme_closed`. What was finished before stands as it was. */
export async function cancelScheme(
  deps: Deps,
  actor: Actor,
  schemeId: string,
): Promise<Result<{ status: 'cancelled' | 'finished' }>> {
  const result = await transact<Result<{ status: 'cancelled' | 'finished' }>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, schemeId);
    if (!locked.ok) return locked;
    const scheme = locked.value;
    const status = scheme.revision === 0 ? 'cancelled' : 'finished';
    await dropDocument(tx, { schemeId, generation: scheme.generation });
    await tx.schemeMark.deleteMany({ where: { schemeId } });
    if (status === 'cancelled') {
      await tx.schemeStep.deleteMany({ where: { schemeId } });
      await tx.schemeWriter.deleteMany({ where: { schemeId } });
    } else await restore(tx, scheme);
    await tx.scheme.update({
      where: { id: schemeId },
      data: {
        status,
        correctionReason: null,
        version: { increment: 1 },
        // Whoever still holds what was discarded can't bring it back.
        generation: { increment: 1 },
      },
    });
    await endConsultations(tx, [schemeId], deps.now());
    await noteChange(tx, { topic: 'client', entityId: scheme.clientId });
    return done({ status });
  });
  deps.announcer.announce();
  return result;
}

/** Lots and notes as they were finished, and of the history no more than led there. */
async function restore(tx: Tx, { id: schemeId, revision: number, finishedAt }: SchemeRow): Promise<void> {
  const beside = await tx.schemeBeside.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number } },
  });
  await tx.schemeMark.createMany({
    data: besideMarks
      .parse(beside.marks)
      .map(({ markId, lotId, note }) => ({ schemeId, markId, lotId, note })),
  });
  if (finishedAt === null) return;
  await tx.schemeStep.deleteMany({ where: { schemeId, at: { gt: finishedAt } } });
  await tx.schemeWriter.deleteMany({ where: { schemeId, firstAt: { gt: finishedAt } } });
}
