/** The history people see, and the way back to any step of it: as one more step. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { appendRecords } from './append.ts';
import { accountOf } from './open.ts';
import { lockDraft, noScheme, readableScheme } from './read.ts';
import { listSteps, recordsAtStep, type Step } from './steps.ts';

/** Newest first, a page at a time. Refuses with `not_found`. */
export async function readHistoryOf(
  db: Db,
  actor: Actor,
  input: { schemeId: string; before: string | null },
): Promise<Result<{ steps: Step[]; next: string | null }>> {
  const standing = await readableScheme(db, actor, input.schemeId);
  if (!standing) return noScheme();
  const { id: schemeId, generation } = standing.scheme;
  return done(await listSteps(db, { schemeId, generation }, { before: input.before }));
}

/** Refuses with `not_found` (scheme or step), `forbidden` and `scheme_closed`. */
export async function goBack(
  deps: Deps,
  actor: Actor,
  input: { schemeId: string; stepId: string },
): Promise<Result<null>> {
  return transact<Result<null>>(deps.db, async (tx) => {
    const locked = await lockDraft(tx, actor, input.schemeId);
    if (!locked.ok) return locked;
    const { id: schemeId, generation } = locked.value;
    const at = { schemeId, generation };
    const target = await recordsAtStep(tx, at, input.stepId);
    if (target === null) return refuse('not_found', { noun: 'step' });
    const name = actor.kind === 'staff' ? actor.name : '';
    const writer = { accountId: accountOf(actor), guestId: null, name };
    await appendRecords(tx, at, { writer, kind: 'back', now: deps.now() }, target);
    return done(null);
  });
}
