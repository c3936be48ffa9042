/** The clinic's own settings, the rules of online booking, and its locations. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { saveAccessRuleInput, saveClinicInput, savePolicyInput } from '../../domain/clinic.ts';
import type { locationRefInput, saveLocationInput } from '../../domain/location.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { aheadAt, bookedWith } from '../house/booked.ts';
import { noteChange } from '../live/events.ts';
import { invalid, undo } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

/**
 * Saves name, currency, language and colour. Refuses `forbidden`, `not_found` where no clinic was set up, `stale`, and another
 * currency once something was booked: amounts are kept in its minor unit.
 */
export async function saveClinic(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveClinicInput>,
): Promise<Result<{ version: number }>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<{ version: number }>> => {
    const before = await tx.clinic.findFirst();
    const version = await writeOver('clinic', input.version, {
      write: (read) =>
        tx.clinic.updateMany({
          where: { version: read },
          data: { ...input.clinic, version: nextVersion },
        }),
      exists: () => tx.clinic.count(),
    });
    if (before?.currency !== input.clinic.currency && (await bookedWith(tx, 'clinic')) > 0)
      throw undo(invalid('clinic.currency', 'currency_in_use'));
    await noteChange(tx, { topic: 'settings' });
    return done({ version });
  });
  deps.announcer.announce();
  return result;
}

/**
 * Decides whether visits open cards to their specialists. Acts on the next request and on open pages; the trail tells who decided.
 * Refuses `forbidden`, `not_found`, `stale`.
 */
export async function saveAccessRule(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveAccessRuleInput>,
): Promise<Result<{ version: number }>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<{ version: number }>> => {
    const version = await writeOver('clinic', input.version, {
      write: (read) =>
        tx.clinic.updateMany({
          where: { version: read },
          data: { ...input.rule, version: nextVersion },
        }),
      exists: () => tx.clinic.count(),
    });
    await noteChange(tx, { topic: 'settings' });
    // Lists of clients that are open grow or shrink.
    await noteChange(tx, { topic: 'client' });
    return done({ version });
  });
  deps.announcer.announce();
  return result;
}

/** Saves the rules of online booking; visits already booked stay as they are. Refuses `forbidden`, `not_found`, `stale`. */
export async function savePolicy(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof savePolicyInput>,
): Promise<Result<{ version: number }>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<{ version: number }>> => {
    const version = await writeOver('policy', input.version, {
      write: (read) =>
        tx.clinic.updateMany({
          where: { policyVersion: read },
          data: { ...input.policy, policyVersion: nextVersion },
        }),
      exists: () => tx.clinic.count(),
    });
    await noteChange(tx, { topic: 'settings' });
    return done({ version });
  });
  deps.announcer.announce();
  return result;
}

/**
 * Makes or changes a location. Refuses `forbidden`, `not_found`, `stale`, a name in use, another zone once visits are booked there
 * (their hours would all move), and to switch off the last one or one with visits ahead, at the field.
 */
export async function saveLocation(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveLocationInput>,
): Promise<Result<{ locationId: string; version: number }>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const { location } = input;
  type Saved = { locationId: string; version: number };
  const result = await transact(deps.db, async (tx): Promise<Result<Saved>> => {
    await tx.$executeRaw`LOCK TABLE location IN SHARE ROW EXCLUSIVE MODE`;
    const locationId = input.locationId ?? deps.newId();
    const before = await tx.location.findUnique({ where: { id: locationId } });
    const version = input.locationId === null ? 1 : await writeLocation(tx, locationId, input);
    const others = await tx.location.findMany({ where: { id: { not: locationId } } });
    if (others.some(({ name }) => name.toLocaleLowerCase() === location.name.toLocaleLowerCase()))
      throw undo(invalid('location.name', 'taken'));
    if (!location.isActive && !others.some(({ isActive }) => isActive))
      throw undo(invalid('location.isActive', 'last_location'));
    if (input.locationId === null) {
      const rank = Math.max(-1, ...others.map((each) => each.rank)) + 1;
      await tx.location.create({ data: { ...location, id: locationId, rank } });
    } else {
      const ahead = await aheadAt(tx, locationId, deps.now());
      if (ahead > 0 && before?.isActive && !location.isActive)
        throw undo(invalid('location.isActive', 'visits_ahead', { count: ahead }));
      const bound = ahead + (await tx.closure.count({ where: { locationId, dateTo: { gte: deps.now() } } }));
      if (bound > 0 && before?.timeZone !== location.timeZone)
        throw undo(invalid('location.timeZone', 'time_zone_in_use', { count: bound }));
    }
    await noteChange(tx, { topic: 'settings', entityId: locationId });
    return done({ locationId, version });
  });
  deps.announcer.announce();
  return result;
}

const writeLocation = (tx: Tx, id: string, input: z.infer<typeof saveLocationInput>): Promise<number> =>
  writeOver('location', input.version, {
    write: (version) =>
      tx.location.updateMany({
        where: { id, version },
        data: { ...input.location, version: nextVersion },
      }),
    exists: () => tx.location.count({ where: { id } }),
  });

/** Removes a location that has nothing. Refuses `forbidden`, `not_found`, `in_use` with what belongs to it. */
export async function deleteLocation(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof locationRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const { locationId } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    await tx.$executeRaw`LOCK TABLE location IN SHARE ROW EXCLUSIVE MODE`;
    if ((await tx.location.count({ where: { id: locationId } })) === 0)
      return refuse('not_found', { noun: 'location' });
    const count =
      (await tx.resource.count({ where: { locationId } })) +
      (await bookedWith(tx, 'location', locationId)) +
      (await tx.schedule.count({ where: { locationId } }));
    if (count > 0) return refuse('in_use', { noun: 'location', count });
    const others = await tx.location.count({ where: { id: { not: locationId }, isActive: true } });
    if (others === 0) return refuse('in_use', { noun: 'location', count: 1 });
    await tx.location.delete({ where: { id: locationId } });
    await noteChange(tx, { topic: 'settings', entityId: locationId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
