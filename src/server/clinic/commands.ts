/** The clinic's own settings, the rules of online booking, and its locations. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { ClinicInput, PolicyInput } from '../../domain/clinic.ts';
import type { locationRefInput, saveLocationInput } from '../../domain/location.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid } from '../refused-write.ts';

/**
 * Saves name, currency, language and colour. Refuses `forbidden`, `not_found` where no clinic was set up, and another currency
 * once something was booked: amounts are kept in its minor unit.
 */
export async function saveClinic(deps: Deps, actor: Actor, input: ClinicInput): Promise<Result<null>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const clinic = await tx.clinic.findFirst();
    if (!clinic) return refuse('not_found', { noun: 'clinic' });
    if (clinic.currency !== input.currency && (await tx.appointment.count({ take: 1 })) > 0)
      return invalid('currency', 'currency_in_use');
    await tx.clinic.update({ where: { id: clinic.id }, data: input });
    await noteChange(tx, { topic: 'settings' });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Saves the rules of online booking; visits already booked stay as they are. Refuses `forbidden`, `not_found`. */
export async function savePolicy(deps: Deps, actor: Actor, input: PolicyInput): Promise<Result<null>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const { count } = await tx.clinic.updateMany({ data: input });
    if (count === 0) return refuse('not_found', { noun: 'clinic' });
    await noteChange(tx, { topic: 'settings' });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/**
 * Makes or changes a location. Refuses `forbidden`, `not_found`, a name in use, another zone once visits are booked there
 * (their hours would all move), and to switch off the last one or one with visits ahead, at the field.
 */
export async function saveLocation(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveLocationInput>,
): Promise<Result<{ locationId: string }>> {
  if (!can(actor, 'settings.edit')) return refuse('forbidden');
  const { location } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<{ locationId: string }>> => {
    await tx.$executeRaw`LOCK TABLE location IN SHARE ROW EXCLUSIVE MODE`;
    const locationId = input.locationId ?? deps.newId();
    const others = await tx.location.findMany({ where: { id: { not: locationId } } });
    if (others.some(({ name }) => name.toLocaleLowerCase() === location.name.toLocaleLowerCase()))
      return invalid('location.name', 'taken');
    if (!location.isActive && !others.some(({ isActive }) => isActive))
      return invalid('location.isActive', 'last_location');
    if (input.locationId === null) {
      const rank = Math.max(-1, ...others.map((each) => each.rank)) + 1;
      await tx.location.create({ data: { ...location, id: locationId, rank } });
    } else {
      const before = await tx.location.findUnique({ where: { id: locationId } });
      if (!before) return refuse('not_found', { noun: 'location' });
      const ahead = await tx.appointment.count({
        where: { locationId, endsAt: { gt: deps.now() }, claims: { some: {} } },
      });
      if (ahead > 0 && before.isActive && !location.isActive)
        return invalid('location.isActive', 'visits_ahead', { count: ahead });
      const bound = ahead + (await tx.closure.count({ where: { locationId, dateTo: { gte: deps.now() } } }));
      if (bound > 0 && before.timeZone !== location.timeZone)
        return invalid('location.timeZone', 'time_zone_in_use', { count: bound });
      await tx.location.update({ where: { id: locationId }, data: location });
    }
    await noteChange(tx, { topic: 'settings', entityId: locationId });
    return done({ locationId });
  });
  deps.announcer.announce();
  return result;
}

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
      (await tx.appointment.count({ where: { locationId } })) +
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
