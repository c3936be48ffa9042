/** Weekly hours and days that differ. Changing them never alters a booked visit; the answer says which now lie outside. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import type {
  deleteScheduleInput,
  exceptionRefInput,
  saveExceptionInput,
  saveScheduleInput,
} from '../../domain/hours.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, refusingViolations } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';
import { syncClosures } from './absence.ts';
import { lockLocation } from './leave.ts';
import { type VisitOutside, visitsOutsideHours } from './outside.ts';

const violations = {
  schedule_no_overlap: { path: 'validFrom', code: 'schedules_overlap' },
  schedule_location_id_fkey: { path: 'locationId', code: 'unknown' },
};

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

async function noteHours(tx: Tx, resourceId: string, locationId: string): Promise<void> {
  await noteChange(tx, { topic: 'hours', locationId, entityId: resourceId });
}

/**
 * Makes weekly hours or replaces them. Refuses `forbidden`, `not_found`, `stale`, and complaints at their fields: a validity
 * that overlaps another schedule's, a location that is gone or isn't the room's own. Answers with the visits now outside of hours.
 */
export async function saveSchedule(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveScheduleInput>,
): Promise<Result<{ scheduleId: string; version: number; outside: VisitOutside[] }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  type Saved = { scheduleId: string; version: number; outside: VisitOutside[] };
  const work = transact(deps.db, async (tx): Promise<Result<Saved>> => {
    await lockLocation(tx, input.locationId);
    const resource = await tx.resource.findUnique({ where: { id: input.resourceId } });
    if (!resource) return refuse('not_found', { noun: 'resource' });
    const location = await tx.location.count({ where: { id: input.locationId } });
    const isElsewhere = resource.kind !== 'specialist' && resource.locationId !== input.locationId;
    if (location === 0 || isElsewhere) return invalid('locationId', 'unknown');
    const { scheduleId, version } = await writeSchedule(tx, deps, input);
    await tx.weeklyInterval.deleteMany({ where: { scheduleId } });
    await tx.weeklyInterval.createMany({
      data: input.weekly.map((hours) => ({ id: deps.newId(), scheduleId, ...hours })),
    });
    await syncClosures(tx, resource.id, { now: deps.now(), newId: deps.newId });
    await noteHours(tx, resource.id, input.locationId);
    return done({
      scheduleId,
      version,
      outside: await visitsOutsideHours(tx, clientScope(actor), resource.id, deps.now()),
    });
  });
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

async function writeSchedule(
  tx: Tx,
  deps: Deps,
  input: z.infer<typeof saveScheduleInput>,
): Promise<{ scheduleId: string; version: number }> {
  const data = {
    locationId: input.locationId,
    validFrom: date(input.validFrom),
    validUntil: date(input.validUntil),
  };
  if (input.scheduleId === null) {
    const scheduleId = deps.newId();
    await tx.schedule.create({ data: { ...data, id: scheduleId, resourceId: input.resourceId } });
    return { scheduleId, version: 1 };
  }
  const { scheduleId } = input;
  const row = { id: scheduleId, resourceId: input.resourceId };
  const version = await writeOver('schedule', input.version, {
    write: (read) =>
      tx.schedule.updateMany({ where: { ...row, version: read }, data: { ...data, version: nextVersion } }),
    exists: () => tx.schedule.count({ where: row }),
  });
  return { scheduleId, version };
}

/** Removes weekly hours. Refuses `forbidden`, `not_found`, `stale`. Answers with the visits now outside of hours. */
export async function deleteSchedule(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof deleteScheduleInput>,
): Promise<Result<{ outside: VisitOutside[] }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<{ outside: VisitOutside[] }>> => {
    const schedule = await tx.schedule.findUnique({ where: { id: input.scheduleId } });
    if (!schedule) return refuse('not_found', { noun: 'schedule' });
    await lockLocation(tx, schedule.locationId);
    const { count } = await tx.schedule.deleteMany({
      where: { id: input.scheduleId, version: input.version },
    });
    if (count === 0) return refuse('stale', { noun: 'schedule' });
    await syncClosures(tx, schedule.resourceId, { now: deps.now(), newId: deps.newId });
    await noteHours(tx, schedule.resourceId, schedule.locationId);
    return done({
      outside: await visitsOutsideHours(tx, clientScope(actor), schedule.resourceId, deps.now()),
    });
  });
  deps.announcer.announce();
  return result;
}

/** Makes or changes days that differ from the week. Refuses `forbidden`, `not_found`, `stale`. Answers with the visits now outside of hours. */
export async function saveException(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveExceptionInput>,
): Promise<Result<{ exceptionId: string; version: number; outside: VisitOutside[] }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  type Saved = { exceptionId: string; version: number; outside: VisitOutside[] };
  const result = await transact(deps.db, async (tx): Promise<Result<Saved>> => {
    const resource = await tx.resource.findUnique({ where: { id: input.resourceId } });
    if (!resource) return refuse('not_found', { noun: 'resource' });
    const exceptionId = input.exceptionId ?? deps.newId();
    const data = {
      dateFrom: new Date(input.dateFrom),
      dateTo: new Date(input.dateTo),
      kind: input.kind,
      intervals: input.intervals,
      note: input.note,
    };
    const row = { id: exceptionId, resourceId: resource.id };
    let version = 1;
    if (input.exceptionId === null) await tx.scheduleException.create({ data: { ...data, ...row } });
    else
      version = await writeOver('exception', input.version, {
        write: (read) =>
          tx.scheduleException.updateMany({
            where: { ...row, version: read },
            data: { ...data, version: nextVersion },
          }),
        exists: () => tx.scheduleException.count({ where: row }),
      });
    await noteHours(tx, resource.id, resource.locationId);
    return done({
      exceptionId,
      version,
      outside: await visitsOutsideHours(tx, clientScope(actor), resource.id, deps.now()),
    });
  });
  deps.announcer.announce();
  return result;
}

/** Lets the week hold again on those days. Refuses `forbidden`, `not_found`, `stale`. */
export async function deleteException(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof exceptionRefInput>,
): Promise<Result<{ outside: VisitOutside[] }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<{ outside: VisitOutside[] }>> => {
    const exception = await tx.scheduleException.findUnique({
      where: { id: input.exceptionId },
      include: { resource: true },
    });
    if (!exception) return refuse('not_found', { noun: 'exception' });
    const { count } = await tx.scheduleException.deleteMany({
      where: { id: exception.id, version: input.version },
    });
    if (count === 0) return refuse('stale', { noun: 'exception' });
    await noteHours(tx, exception.resourceId, exception.resource.locationId);
    return done({
      outside: await visitsOutsideHours(tx, clientScope(actor), exception.resourceId, deps.now()),
    });
  });
  deps.announcer.announce();
  return result;
}
