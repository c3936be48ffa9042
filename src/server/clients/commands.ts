/** Changing cards: made, edited, marked, joined to an account. Which card is decided by the scope, whether at all by the policy. */
import { type Actor, actorId } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import type { CreateClientInput, EditClientInput, LinkAccountInput } from '../../domain/client.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { keepAnswer, type Once, onlyOnce, succeed } from '../booking/idempotency.ts';
import { transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { mergeCards } from './merge.ts';
import { findCard } from './scope.ts';

const asDate = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));

/** Refuses tags and sources that are no longer there: the form says so at its field. */
async function missingChoice(
  tx: Tx,
  sourceId: string | null,
  tagIds: readonly string[],
): Promise<Result<null>> {
  const wanted = new Set(tagIds);
  const tagCount = await tx.tag.count({ where: { id: { in: [...wanted] } } });
  if (tagCount < wanted.size)
    return refuse('invalid_input', { issues: [{ path: 'tagIds', code: 'unknown' }] });
  if (sourceId !== null && !(await tx.source.findUnique({ where: { id: sourceId } })))
    return refuse('invalid_input', { issues: [{ path: 'sourceId', code: 'unknown' }] });
  return done(null);
}

/** Makes a card; the same key makes it once. Refuses with `forbidden`, `invalid_input` and `idempotency_key_reused`. */
export async function createClient(
  deps: Deps,
  actor: Actor,
  input: CreateClientInput,
): Promise<Result<{ clientId: string; cardNumber: number }>> {
  if (!can(actor, 'client.create')) return refuse('forbidden');
  const now = deps.now();
  const { idempotencyKey, tagIds, birthDate, ...fields } = input;
  const once: Once = { actor, key: idempotencyKey, command: 'client.create', input, now };
  // Whoever may add cards needn't see them all: the new one is beyond the sight of somebody who shares no tag with it yet.
  const { db } = asSystem(deps, 'create client', actor);
  const result = await onlyOnce<{ clientId: string; cardNumber: number }>(db, once, () =>
    transact(db, async (tx) => {
      const known = await missingChoice(tx, input.sourceId, tagIds);
      if (!known.ok) return { again: false, result: known };
      const id = deps.newId();
      const { cardNumber } = await tx.client.create({
        data: {
          ...fields,
          id,
          birthDate: asDate(birthDate),
          createdAt: now,
          updatedAt: now,
          tags: {
            create: [...new Set(tagIds)].map((tagId) => ({
              tagId,
              assignedBy: actorId(actor),
              assignedAt: now,
            })),
          },
        },
        select: { cardNumber: true },
      });
      await keepAnswer(tx, once, { clientId: id, cardNumber });
      await noteChange(tx, { topic: 'client', entityId: id });
      return succeed({ clientId: id, cardNumber });
    }),
  );
  deps.announcer.announce();
  return result;
}

/**
 * Changes a card as it was last read. Contact fields are left alone when the actor can't see them.
 * Refuses with `forbidden`, `not_found`, `invalid_input`, and `stale` when somebody else was quicker.
 */
export async function editClient(
  deps: Deps,
  actor: Actor,
  input: EditClientInput,
): Promise<Result<{ updatedAt: Date }>> {
  if (!can(actor, 'client.edit')) return refuse('forbidden');
  const now = deps.now();
  const { clientId, updatedAt, birthDate, email, phone, ...fields } = input;
  const contact = can(actor, 'client.view_contact') ? { email, phone } : {};
  const result = await transact<Result<{ updatedAt: Date }>>(deps.db, async (tx) => {
    const id = await findCard(tx, clientScope(actor), clientId);
    if (id === null) return refuse('not_found', { noun: 'client' });
    const known = await missingChoice(tx, input.sourceId, []);
    if (!known.ok) return known;
    // Two changes within one millisecond still differ: the time is the version.
    const changedAt = new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
    const { count } = await tx.client.updateMany({
      where: { id, updatedAt },
      data: { ...fields, ...contact, birthDate: asDate(birthDate), updatedAt: changedAt },
    });
    if (count === 0) return refuse('stale', { noun: 'client' });
    await noteChange(tx, { topic: 'client', entityId: id });
    return done({ updatedAt: changedAt });
  });
  deps.announcer.announce();
  return result;
}

type Marked = Result<{ tagId: string }>;

/** Runs a change of marks on a card within the actor's scope. */
async function onCard(
  deps: Deps,
  actor: Actor,
  clientId: string,
  change: (tx: Tx, id: string) => Promise<Marked>,
): Promise<Marked> {
  if (!can(actor, 'client.edit')) return refuse('forbidden');
  const result = await transact<Marked>(deps.db, async (tx) => {
    const id = await findCard(tx, clientScope(actor), clientId);
    if (id === null) return refuse('not_found', { noun: 'client' });
    const changed = await change(tx, id);
    if (changed.ok) await noteChange(tx, { topic: 'client', entityId: id });
    return changed;
  });
  deps.announcer.announce();
  return result;
}

async function mark(tx: Tx, deps: Deps, actor: Actor, clientId: string, tagId: string): Promise<void> {
  await tx.clientTag.createMany({
    data: { clientId, tagId, assignedBy: actorId(actor), assignedAt: deps.now() },
    skipDuplicates: true,
  });
}

/** Puts a mark on a card; twice changes nothing. An access tag opens the card to its specialists. */
export const addTag = (
  deps: Deps,
  actor: Actor,
  input: { clientId: string; tagId: string },
): Promise<Marked> =>
  onCard(deps, actor, input.clientId, async (tx, id) => {
    if (!(await tx.tag.findUnique({ where: { id: input.tagId } })))
      return refuse('not_found', { noun: 'tag' });
    await mark(tx, deps, actor, id, input.tagId);
    return done({ tagId: input.tagId });
  });

/** Takes a mark off; twice changes nothing. */
export const removeTag = (
  deps: Deps,
  actor: Actor,
  input: { clientId: string; tagId: string },
): Promise<Marked> =>
  onCard(deps, actor, input.clientId, async (tx, id) => {
    await tx.clientTag.deleteMany({ where: { clientId: id, tagId: input.tagId } });
    return done({ tagId: input.tagId });
  });

const hueCount = 10;

/** Marks a card with a word; a tag of that name is used, or made (an ordinary one: it opens nothing). */
export const addNewTag = (
  deps: Deps,
  actor: Actor,
  input: { clientId: string; name: string },
): Promise<Marked> =>
  onCard(deps, actor, input.clientId, async (tx, id) => {
    await tx.tag.createMany({
      data: { id: deps.newId(), name: input.name, hue: ((await tx.tag.count()) % hueCount) + 1 },
      skipDuplicates: true,
    });
    const tag = await tx.tag.findUniqueOrThrow({ where: { name: input.name } });
    await mark(tx, deps, actor, id, tag.id);
    return done({ tagId: tag.id });
  });

/**
 * Staff say that the account which came with one card belongs to another: its card is merged into that one, with the
 * reason in the trail. Refuses with `forbidden`, `not_found`, and `already_linked` when the staying card has an account.
 */
export async function linkAccount(
  deps: Deps,
  actor: Actor,
  input: LinkAccountInput,
): Promise<Result<{ clientId: string }>> {
  if (!can(actor, 'client.link_account')) return refuse('forbidden');
  const scope = clientScope(actor);
  // Everything that belongs to a card moves with it, whoever may write it singly.
  const { db } = asSystem(deps, 'link account', actor);
  const result = await transact<Result<{ clientId: string }>>(db, async (tx) => {
    const intoId = await findCard(tx, scope, input.clientId);
    const fromId = await findCard(tx, scope, input.accountCardId);
    if (intoId === null || fromId === null || intoId === fromId)
      return refuse('not_found', { noun: 'client' });
    await tx.$queryRaw`SELECT 1 FROM client WHERE id IN (${intoId}::uuid, ${fromId}::uuid) ORDER BY id FOR UPDATE`;
    const into = await tx.client.findUniqueOrThrow({ where: { id: intoId } });
    const from = await tx.client.findUniqueOrThrow({ where: { id: fromId } });
    if (into.accountId !== null || into.mergedIntoId !== null) return refuse('already_linked');
    if (from.accountId === null || from.mergedIntoId !== null)
      return refuse('not_found', { noun: 'account' });
    await mergeCards(tx, deps.now(), {
      fromId,
      intoId,
      action: 'client.link_account',
      reason: input.reason,
    });
    await tx.client.update({ where: { id: intoId }, data: { accountId: from.accountId } });
    return done({ clientId: intoId });
  });
  deps.announcer.announce();
  return result;
}
