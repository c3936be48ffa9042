/** Categories and the order of things; services themselves are in save-service.ts. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type {
  categoryRefInput,
  moveServiceInput,
  orderCategoriesInput,
  saveCategoryInput,
  serviceRefInput,
} from '../../domain/service.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { bookedWith } from '../house/booked.ts';
import { noteChange } from '../live/events.ts';
import { refusingViolations } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

const nameTaken = { service_category_name_key: { path: 'name', code: 'taken' } };

/** Makes or renames a category. Refuses `forbidden`, `not_found`, `stale`, and a name in use at its field. */
export async function saveCategory(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveCategoryInput>,
): Promise<Result<{ categoryId: string }>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  const categoryId = input.categoryId ?? deps.newId();
  const work = transact(deps.db, async (tx): Promise<Result<{ categoryId: string }>> => {
    if (input.categoryId === null) {
      const last = await tx.serviceCategory.aggregate({ _max: { rank: true } });
      await tx.serviceCategory.create({
        data: { id: categoryId, name: input.name, rank: (last._max.rank ?? -1) + 1 },
      });
    } else {
      await writeOver('category', input.version, {
        write: (version) =>
          tx.serviceCategory.updateMany({
            where: { id: categoryId, version },
            data: { name: input.name, version: nextVersion },
          }),
        exists: () => tx.serviceCategory.count({ where: { id: categoryId } }),
      });
    }
    await noteChange(tx, { topic: 'catalogue', entityId: categoryId });
    return done({ categoryId });
  });
  const result = await refusingViolations(work, nameTaken);
  deps.announcer.announce();
  return result;
}

/** Removes an empty category. Refuses `forbidden`, `not_found`, `in_use` with the number of its services. */
export async function deleteCategory(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof categoryRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    // Locked, so that no service moves in while it is being counted.
    const found = await tx.$queryRaw<
      unknown[]
    >`SELECT 1 FROM service_category WHERE id = ${input.categoryId}::uuid FOR UPDATE`;
    if (found.length === 0) return refuse('not_found', { noun: 'category' });
    const count = await tx.service.count({ where: { categoryId: input.categoryId } });
    if (count > 0) return refuse('in_use', { noun: 'category', count });
    await tx.serviceCategory.delete({ where: { id: input.categoryId } });
    await noteChange(tx, { topic: 'catalogue', entityId: input.categoryId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Puts categories in this order; ones not named keep theirs behind. Refuses `forbidden`. */
export async function orderCategories(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof orderCategoriesInput>,
): Promise<Result<null>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  await transact(deps.db, async (tx) => {
    await tx.$executeRaw`
      UPDATE service_category SET rank = wanted.rank
      FROM unnest(${input.categoryIds}::uuid[]) WITH ORDINALITY AS wanted (id, rank)
      WHERE service_category.id = wanted.id`;
    await noteChange(tx, { topic: 'catalogue' });
  });
  deps.announcer.announce();
  return done(null);
}

/** Puts services into a category, in this order. No version is raised: the order is nobody's edit. Refuses `forbidden`, `not_found`. */
export async function moveServices(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof moveServiceInput>,
): Promise<Result<null>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const category = await tx.serviceCategory.count({ where: { id: input.categoryId } });
    if (category === 0) return refuse('not_found', { noun: 'category' });
    await tx.$executeRaw`
      UPDATE service SET rank = wanted.rank, category_id = ${input.categoryId}::uuid
      FROM unnest(${input.serviceIds}::uuid[]) WITH ORDINALITY AS wanted (id, rank)
      WHERE service.id = wanted.id`;
    await noteChange(tx, { topic: 'catalogue', entityId: input.categoryId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Removes a service nobody has booked and no other one requires. Refuses `forbidden`, `not_found`, `in_use`: switch it off instead. */
export async function deleteService(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof serviceRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  const { serviceId } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    // Locked against a booking in between: its reference to the service waits for this transaction.
    const found = await tx.$queryRaw<
      unknown[]
    >`SELECT 1 FROM service WHERE id = ${serviceId}::uuid FOR UPDATE`;
    if (found.length === 0) return refuse('not_found', { noun: 'service' });
    const booked = await bookedWith(tx, 'service', serviceId);
    const required = await tx.servicePrerequisite.count({ where: { requiredServiceId: serviceId } });
    if (booked + required > 0) return refuse('in_use', { noun: 'service', count: booked + required });
    await tx.service.delete({ where: { id: serviceId } });
    await noteChange(tx, { topic: 'catalogue', entityId: serviceId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
