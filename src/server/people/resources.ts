/** Rooms and devices. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { resourceRefInput, saveResourceInput } from '../../domain/resource.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, undo } from '../refused-write.ts';
import { syncClosures } from '../schedules/absence.ts';
import { lockLocation } from '../schedules/leave.ts';
import { upcomingVisits } from '../schedules/visits-in-the-way.ts';
import { nextVersion, writeOver } from '../versioned.ts';

type SaveResource = z.infer<typeof saveResourceInput>;

/**
 * Makes a room or a device, or changes its name, type and whether it is used; closures already announced hold for a new one too.
 * Refuses `forbidden`, `not_found`, `stale`, a name in use at the same place, `visits_in_the_way` when one with visits ahead
 * is switched off or becomes another type.
 */
export async function saveResource(
  deps: Deps,
  actor: Actor,
  input: SaveResource,
): Promise<Result<{ resourceId: string; version: number }>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { resource } = input;
  const result = await transact(
    deps.db,
    async (tx): Promise<Result<{ resourceId: string; version: number }>> => {
      await lockLocation(tx, resource.locationId);
      if ((await tx.location.count({ where: { id: resource.locationId } })) === 0)
        return invalid('resource.locationId', 'unknown');
      const resourceId = input.resourceId ?? deps.newId();
      const { locationId, kind, name } = resource;
      const namesake = await tx.resource.count({
        where: { locationId, kind, name: { equals: name, mode: 'insensitive' }, id: { not: resourceId } },
      });
      if (namesake > 0) return invalid('resource.name', 'taken');
      const version = await writeRow(tx, deps, actor, resourceId, input);
      await syncClosures(tx, resourceId, { now: deps.now(), newId: deps.newId });
      await noteChange(tx, { topic: 'people', entityId: resourceId });
      return done({ resourceId, version });
    },
  );
  deps.announcer.announce();
  return result;
}

async function writeRow(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  resourceId: string,
  input: SaveResource,
): Promise<number> {
  const { resource } = input;
  if (input.resourceId === null) {
    const last = await tx.resource.aggregate({ where: { kind: resource.kind }, _max: { rank: true } });
    await tx.resource.create({ data: { ...resource, id: resourceId, rank: (last._max.rank ?? -1) + 1 } });
    return 1;
  }
  const row = { id: resourceId, kind: { not: 'specialist' } };
  const before = await tx.resource.findFirst({ where: row });
  // The location stays: visits and closures were made for it.
  const { kind, type, name, isActive } = resource;
  const version = await writeOver('resource', input.version, {
    write: (read) =>
      tx.resource.updateMany({
        where: { ...row, version: read },
        data: { kind, type, name, isActive, version: nextVersion },
      }),
    exists: () => tx.resource.count({ where: row }),
  });
  if ((before?.isActive && !isActive) || before?.type !== type || before.kind !== kind) {
    const ahead = await upcomingVisits(tx, clientScope(actor), resourceId, deps.now());
    if (ahead.total > 0) throw undo(refuse('visits_in_the_way', ahead));
  }
  return version;
}

/** Removes a room or device that no visit ever occupied. Refuses `forbidden`, `not_found`, `in_use`: switch it off instead. */
export async function deleteResource(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof resourceRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { resourceId } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM resource WHERE id = ${resourceId}::uuid AND kind <> 'specialist' FOR UPDATE`;
    if (found.length === 0) return refuse('not_found', { noun: 'resource' });
    const count = await tx.claim.count({ where: { resourceId, appointmentId: { not: null } } });
    if (count > 0) return refuse('in_use', { noun: 'resource', count });
    await tx.claim.deleteMany({ where: { resourceId } });
    await tx.resource.delete({ where: { id: resourceId } });
    await noteChange(tx, { topic: 'people', entityId: resourceId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
