/** The people who perform: made, changed, put in order, removed while nobody was ever booked with them. */
import type { z } from 'zod';
import { type Actor, holds } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type {
  orderSpecialistsInput,
  SpecialistFields,
  saveSpecialistInput,
  specialistRefInput,
} from '../../domain/specialist.ts';
import { reachOf } from '../../domain/technique.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { bookedWith } from '../house/booked.ts';
import { loadHouse } from '../house/load.ts';
import { noteChange } from '../live/events.ts';
import { invalid, refusingViolations, undo } from '../refused-write.ts';
import { syncClosures } from '../schedules/absence.ts';
import { lockLocation } from '../schedules/leave.ts';
import { upcomingVisits } from '../schedules/visits-in-the-way.ts';
import { nextVersion, writeOver } from '../versioned.ts';

const violations = {
  specialist_account_id_key: { path: 'specialist.accountId', code: 'taken' },
  specialist_account_id_fkey: { path: 'specialist.accountId', code: 'unknown' },
  specialist_tag_tag_id_fkey: { path: 'specialist.tagIds', code: 'unknown' },
  specialist_service_service_id_fkey: { path: 'specialist.services', code: 'unknown' },
  specialist_technique_technique_id_fkey: { path: 'specialist.techniques', code: 'unknown' },
};

/**
 * Makes a specialist (resource and person under one id) or replaces what is edited of one: offers, mastery, access tags.
 * Refuses `forbidden` (also where access tags or the linked account change and the actor doesn't see every card: nobody gives a sight
 * they don't have), `not_found`, `stale`, `visits_in_the_way` when someone with visits ahead is switched off, and complaints
 * at their fields (`specialist.…`): an account already linked, own minutes that leave a visit no time.
 */
export async function saveSpecialist(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveSpecialistInput>,
): Promise<Result<{ specialistId: string; version: number }>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { specialist } = input;
  const work = transact(deps.db, async (tx): Promise<Result<{ specialistId: string; version: number }>> => {
    await lockLocation(tx, specialist.locationId);
    if ((await tx.location.count({ where: { id: specialist.locationId } })) === 0)
      return invalid('specialist.locationId', 'unknown');
    const problem = await checkTerms(tx, specialist);
    if (problem) return problem;
    if (await givesSight(tx, input)) if (!holds(actor, 'clients.view_all')) return refuse('forbidden');
    const specialistId = input.specialistId ?? deps.newId();
    const version = await writePerson(tx, deps, actor, specialistId, input);
    const own = { specialistId };
    await tx.specialistService.deleteMany({ where: own });
    await tx.specialistService.createMany({ data: specialist.services.map((row) => ({ ...row, ...own })) });
    await tx.specialistTechnique.deleteMany({ where: own });
    await tx.specialistTechnique.createMany({
      data: specialist.techniques.map((row) => ({ ...row, ...own })),
    });
    await tx.specialistTag.deleteMany({ where: own });
    const tagIds = new Set(specialist.tagIds); // a tag named twice is one tag
    await tx.specialistTag.createMany({ data: [...tagIds].map((tagId) => ({ tagId, ...own })) });
    await syncClosures(tx, specialistId, { now: deps.now(), newId: deps.newId });
    await noteChange(tx, { topic: 'people', entityId: specialistId });
    return done({ specialistId, version });
  });
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

/** Access tags and the linked account open cards: whether they would be others than now. */
async function givesSight(
  tx: Tx,
  { specialistId, specialist }: z.infer<typeof saveSpecialistInput>,
): Promise<boolean> {
  const before =
    specialistId === null
      ? null
      : await tx.specialist.findUnique({ where: { id: specialistId }, include: { tags: true } });
  const tags = new Set(before?.tags.map(({ tagId }) => tagId));
  const wanted = new Set(specialist.tagIds);
  return (before?.accountId ?? null) !== specialist.accountId || wanted.symmetricDifference(tags).size > 0;
}

async function writePerson(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  specialistId: string,
  input: z.infer<typeof saveSpecialistInput>,
): Promise<number> {
  const { name, isActive, locationId, title, bio, hue, maxPerDay, isOnline, accountId } = input.specialist;
  const person = { title, bio, hue, maxPerDay, isOnline, accountId };
  if (input.specialistId === null) {
    const last = await tx.resource.aggregate({ where: { kind: 'specialist' }, _max: { rank: true } });
    const rank = (last._max.rank ?? -1) + 1;
    const kind = 'specialist';
    await tx.resource.create({
      data: { id: specialistId, locationId, kind, type: kind, name, rank, isActive },
    });
    await tx.specialist.create({ data: { id: specialistId, ...person } });
    return 1;
  }
  const row = { id: specialistId, kind: 'specialist' };
  const before = await tx.resource.findFirst({ where: row });
  // The home stays: visits, closures and hours were made for it.
  const version = await writeOver('specialist', input.version, {
    write: (read) =>
      tx.resource.updateMany({
        where: { ...row, version: read },
        data: { name, isActive, version: nextVersion },
      }),
    exists: () => tx.resource.count({ where: row }),
  });
  if (before?.isActive && !isActive) {
    const ahead = await upcomingVisits(tx, clientScope(actor), specialistId, deps.now());
    if (ahead.total > 0) throw undo(refuse('visits_in_the_way', ahead));
  }
  await tx.specialist.update({ where: { id: specialistId }, data: person });
  return version;
}

/** Own minutes and prices must leave every selection some time and no negative price. */
async function checkTerms(tx: Tx, specialist: SpecialistFields): Promise<Result<never> | null> {
  const { services } = await loadHouse(tx);
  const own = new Map(specialist.techniques.map((row) => [row.techniqueId, row]));
  for (const [index, offer] of specialist.services.entries()) {
    const service = services.get(offer.serviceId);
    if (!service) return invalid(`specialist.services.${index}.serviceId`, 'unknown');
    const base = {
      minutes: offer.minutes ?? service.baseMinutes,
      priceMinor: offer.priceMinor ?? service.priceMinor,
    };
    const techniques = service.techniques
      .filter(({ id, masteryRequired }) => !masteryRequired || own.has(id))
      .map((technique) => ({
        key: technique.id,
        parentKey: technique.parentId,
        selection: technique.selection,
        groupKey: technique.groupKey ?? null,
        minutes: own.get(technique.id)?.minutes ?? technique.minutes,
        priceMinor: own.get(technique.id)?.priceMinor ?? technique.priceMinor,
      }));
    const { least } = reachOf(base, techniques);
    if (least.minutes < 5)
      return invalid(`specialist.services.${index}.minutes`, 'total_too_short', { minutes: least.minutes });
    if (service.processing && service.processing.afterMinutes + service.processing.minutes > least.minutes)
      return invalid(`specialist.services.${index}.minutes`, 'processing_range');
    if (least.priceMinor < 0)
      return invalid(`specialist.services.${index}.priceMinor`, 'total_price_negative');
  }
  return null;
}

/** Puts specialists in this order, which is also the rank for "anyone by rank". Refuses `forbidden`. */
export async function orderSpecialists(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof orderSpecialistsInput>,
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  await transact(deps.db, async (tx) => {
    await tx.$executeRaw`
      UPDATE resource SET rank = wanted.rank
      FROM unnest(${input.specialistIds}::uuid[]) WITH ORDINALITY AS wanted (id, rank)
      WHERE resource.id = wanted.id AND kind = 'specialist'`;
    await noteChange(tx, { topic: 'people' });
  });
  deps.announcer.announce();
  return done(null);
}

/** Removes a person nobody was ever booked with. Refuses `forbidden`, `not_found`, `in_use`: switch them off instead. */
export async function deleteSpecialist(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof specialistRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { specialistId } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM resource WHERE id = ${specialistId}::uuid AND kind = 'specialist' FOR UPDATE`;
    if (found.length === 0) return refuse('not_found', { noun: 'specialist' });
    const count =
      (await bookedWith(tx, 'specialist', specialistId)) +
      (await tx.claim.count({ where: { resourceId: specialistId, appointmentId: { not: null } } }));
    if (count > 0) return refuse('in_use', { noun: 'specialist', count });
    await tx.claim.deleteMany({ where: { resourceId: specialistId } });
    await tx.resource.delete({ where: { id: specialistId } });
    await noteChange(tx, { topic: 'people', entityId: specialistId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
