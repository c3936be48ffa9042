import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { RequirementInput } from '../../domain/requirement.ts';
import type { ServiceFields, saveServiceInput } from '../../domain/service.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, refusingViolations } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

type SaveService = z.infer<typeof saveServiceInput>;
type Saved = { serviceId: string; version: number };

/** The database's word on what two people did at once; everything else the schema has said already. */
const violations = {
  service_code_key: { path: 'service.code', code: 'taken' },
  service_category_id_fkey: { path: 'service.categoryId', code: 'unknown' },
  service_prerequisite_required_service_id_fkey: { path: 'service.prerequisites', code: 'unknown' },
};

/**
 * Makes a service or replaces what an administrator edits of it, techniques and all. Visits booked before keep their snapshots.
 * Refuses `forbidden`, `not_found`, `stale` where it was changed since it was read, and complaints at their fields
 * (`service.…`): a code in use, a category that is gone, services that require each other in a circle.
 */
export async function saveService(deps: Deps, actor: Actor, input: SaveService): Promise<Result<Saved>> {
  if (!can(actor, 'catalogue.edit')) return refuse('forbidden');
  const work = transact(deps.db, async (tx): Promise<Result<Saved>> => {
    const { service } = input;
    if ((await tx.serviceCategory.count({ where: { id: service.categoryId } })) === 0)
      return invalid('service.categoryId', 'unknown');
    const serviceId = input.serviceId ?? deps.newId();
    const problem = await checkPrerequisites(tx, serviceId, service);
    if (problem) return problem;
    const version = await writeRow(tx, serviceId, input);
    await writeTechniques(tx, deps, serviceId, service);
    await tx.servicePrerequisite.deleteMany({ where: { serviceId } });
    await tx.servicePrerequisite.createMany({
      data: service.prerequisites.map((each) => ({ ...each, serviceId })),
    });
    await noteChange(tx, { topic: 'catalogue', entityId: serviceId });
    return done({ serviceId, version });
  });
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

/** Each required service exists, is another one, and does not in its turn wait for this one. */
async function checkPrerequisites(
  tx: Tx,
  serviceId: string,
  service: ServiceFields,
): Promise<Result<never> | null> {
  if (service.prerequisites.length === 0) return null;
  // Two edits that close a circle between them must not both pass.
  await tx.$executeRaw`LOCK TABLE service_prerequisite IN SHARE ROW EXCLUSIVE MODE`;
  const known = await tx.service.findMany({ select: { id: true } });
  const ids = new Set(known.map(({ id }) => id));
  const rows = await tx.servicePrerequisite.findMany({ where: { serviceId: { not: serviceId } } });
  const reaches = (from: string, seen: Set<string>): boolean => {
    if (from === serviceId) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return rows.some((row) => row.serviceId === from && reaches(row.requiredServiceId, seen));
  };
  for (const [index, { requiredServiceId }] of service.prerequisites.entries()) {
    const path = `service.prerequisites.${index}.requiredServiceId`;
    if (requiredServiceId === serviceId) return invalid(path, 'prerequisite_self');
    if (!ids.has(requiredServiceId)) return invalid(path, 'unknown');
    if (reaches(requiredServiceId, new Set())) return invalid(path, 'prerequisite_circle');
  }
  return null;
}

async function writeRow(tx: Tx, serviceId: string, input: SaveService): Promise<number> {
  const { requirements: _r, prerequisites: _p, techniques: _t, processing, ...fields } = input.service;
  const data = {
    ...fields,
    processingAfterMinutes: processing?.afterMinutes ?? null,
    processingMinutes: processing?.minutes ?? null,
  };
  if (input.serviceId === null) {
    const last = await tx.service.aggregate({
      where: { categoryId: fields.categoryId },
      _max: { rank: true },
    });
    await tx.service.create({ data: { ...data, id: serviceId, rank: (last._max.rank ?? -1) + 1 } });
    return 1;
  }
  return writeOver('service', input.version, {
    write: (version) =>
      tx.service.updateMany({ where: { id: serviceId, version }, data: { ...data, version: nextVersion } }),
    exists: () => tx.service.count({ where: { id: serviceId } }),
  });
}

/** Techniques that stay keep their id, and with it who masters them. Parents are set last, when all of them exist. */
async function writeTechniques(tx: Tx, deps: Deps, serviceId: string, service: ServiceFields): Promise<void> {
  const before = await tx.technique.findMany({ where: { serviceId }, select: { id: true } });
  const known = new Set(before.map(({ id }) => id));
  const idByKey = new Map(service.techniques.map(({ key }) => [key, known.has(key) ? key : deps.newId()]));
  const kept = new Set(idByKey.values());
  await tx.technique.updateMany({ where: { serviceId }, data: { parentId: null } });
  await tx.technique.deleteMany({ where: { serviceId, id: { notIn: [...kept] } } });
  await tx.resourceRequirement.deleteMany({ where: { OR: [{ serviceId }, { technique: { serviceId } }] } });
  const needs = (owner: { serviceId: string } | { techniqueId: string }, list: readonly RequirementInput[]) =>
    list.map((need) => ({ id: deps.newId(), ...owner, ...need }));
  const allNeeds = needs({ serviceId }, service.requirements);
  for (const [rank, technique] of service.techniques.entries()) {
    const { key, parentKey: _parent, requirements, ...fields } = technique;
    const id = idByKey.get(key) ?? key;
    const groupKey = fields.selection === 'one_of' ? fields.groupKey : null;
    const data = { ...fields, groupKey, rank, serviceId };
    if (known.has(id)) await tx.technique.update({ where: { id }, data });
    else await tx.technique.create({ data: { ...data, id } });
    allNeeds.push(...needs({ techniqueId: id }, requirements));
  }
  for (const { key, parentKey } of service.techniques) {
    if (parentKey === null) continue;
    await tx.technique.update({
      where: { id: idByKey.get(key) ?? key },
      data: { parentId: idByKey.get(parentKey) ?? null },
    });
  }
  if (allNeeds.length > 0) await tx.resourceRequirement.createMany({ data: allNeeds });
}
