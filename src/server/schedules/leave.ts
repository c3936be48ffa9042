/**
 * Leave of a person (or a device in repair) and closures of a house: entered and taken back. Both claim their time, whole or
 * not at all. Changing them is change-absence.ts.
 */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { type ClientScope, clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import {
  type closureRefInput,
  type createClosureInput,
  daySpan,
  type InstantSpan,
  type LeaveFields,
  type LeaveInput,
  type leaveRefInput,
  leaveSpan,
} from '../../domain/hours.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { localDateOf } from '../../domain/schedule.ts';
import { type Tx, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { dateText } from '../house/state.ts';
import { noteChange } from '../live/events.ts';
import { invalid, undo } from '../refused-write.ts';
import { claimAbsence, closedResources, refillAbsences } from './absence.ts';
import { visitsAt, visitsOf } from './visits-in-the-way.ts';

/** Another absence is being written over the same time right now: look again at what it left. */
class TryAgain extends Error {}
const maxTries = 6;

/** Runs the work anew while other absences are in the way of being written; in the end the last try's error stands. */
export async function settling<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TryAgain) || attempt >= maxTries) throw error;
      await new Promise((wake) => setTimeout(wake, attempt * 20));
    }
  }
}

export const source = (deps: Deps) => ({ now: deps.now(), newId: deps.newId });

/** Tells calendars which of their days to look at, and the settings that hours changed. */
export async function noteAbsence(
  tx: Tx,
  absence: { locationId: string; zone: string; span: InstantSpan; entityId: string },
): Promise<void> {
  const { locationId, zone, span, entityId } = absence;
  const dateFrom = localDateOf(span.startMs, zone);
  const dateTo = localDateOf(span.endMs - 1, zone);
  await noteChange(tx, { topic: 'calendar', locationId, dateFrom, dateTo, entityId });
  await noteChange(tx, { topic: 'hours', locationId, dateFrom, dateTo, entityId });
}

/** Claims the span for the absence, whole; otherwise undoes the transaction with the visits in the way. */
export async function takeTime(
  tx: Tx,
  scope: ClientScope,
  absence: { kind: 'leave'; leaveId: string } | { kind: 'closure'; closureId: string; locationId: string },
  resourceIds: readonly string[],
  span: InstantSpan,
  source: { now: Date; newId: () => string },
): Promise<void> {
  const isClaimed = await claimAbsence(tx, absence, resourceIds, span, source);
  if (absence.kind === 'closure') {
    // Also visits of people who are not claimed because they work elsewhere too.
    const there = await visitsAt(tx, scope, absence.locationId, span);
    if (there.total > 0) throw undo(refuse('visits_in_the_way', there));
  }
  if (isClaimed) return;
  const inTheWay = await visitsOf(tx, scope, resourceIds, span);
  if (inTheWay.total === 0) throw new TryAgain();
  throw undo(refuse('visits_in_the_way', inTheWay));
}

/** The instants a leave is to claim, or the complaint at the field that names none. */
export function leaveSpanOf(leave: LeaveFields, zone: string): InstantSpan | Result<never> {
  const span = leaveSpan(leave, zone);
  if ('code' in span) return invalid(span.path, span.code);
  return span.endMs > span.startMs ? span : invalid('endMinute', 'ends_before_start');
}

/**
 * Enters a leave and claims its time in one transaction. Refuses `forbidden`, `not_found`, times the clock skips at their
 * field, and `visits_in_the_way` with the visits: then nothing is written. Never moves or cancels a visit.
 */
export async function createLeave(
  deps: Deps,
  actor: Actor,
  input: LeaveInput,
): Promise<Result<{ leaveId: string; version: number }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await settling(() =>
    transact(deps.db, async (tx): Promise<Result<{ leaveId: string; version: number }>> => {
      const resource = await tx.resource.findUnique({
        where: { id: input.resourceId },
        include: { location: true },
      });
      if (!resource) return refuse('not_found', { noun: 'resource' });
      const zone = resource.location.timeZone;
      const span = leaveSpanOf(input, zone);
      if ('ok' in span) return span;
      const leaveId = deps.newId();
      await tx.leave.create({
        data: {
          id: leaveId,
          resourceId: resource.id,
          startsAt: new Date(span.startMs),
          endsAt: new Date(span.endMs),
          kind: input.kind,
          note: input.note,
          createdAt: deps.now(),
        },
      });
      await takeTime(tx, clientScope(actor), { kind: 'leave', leaveId }, [resource.id], span, source(deps));
      await noteAbsence(tx, { locationId: resource.locationId, zone, span, entityId: resource.id });
      return done({ leaveId, version: 1 });
    }),
  );
  deps.announcer.announce();
  return result;
}

/** Takes a leave back; its time is free at once, or stays with another absence that covers it. Refuses `forbidden`, `not_found`, `stale`. */
export async function deleteLeave(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof leaveRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const leave = await tx.leave.findUnique({
      where: { id: input.leaveId },
      include: { resource: { include: { location: true } } },
    });
    if (!leave) return refuse('not_found', { noun: 'leave' });
    const { resource } = leave;
    const { count } = await tx.leave.deleteMany({ where: { id: leave.id, version: input.version } });
    if (count === 0) return refuse('stale', { noun: 'leave' });
    const span = { startMs: leave.startsAt.getTime(), endMs: leave.endsAt.getTime() };
    await refillAbsences(tx, [resource.id], span, source(deps));
    const { locationId } = resource;
    await noteAbsence(tx, { locationId, zone: resource.location.timeZone, span, entityId: resource.id });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/**
 * Closes a location on whole local days: claims everything at home there (people with hours elsewhere too are left to their
 * hours). Refuses `forbidden`, `not_found`, and `visits_in_the_way` with every visit there on those days: then nothing is written.
 */
export async function createClosure(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof createClosureInput>,
): Promise<Result<{ closureId: string; version: number }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await settling(() =>
    transact(deps.db, async (tx): Promise<Result<{ closureId: string; version: number }>> => {
      // Against a room or a person being added at this moment, which takes the same lock.
      await lockLocation(tx, input.locationId);
      const location = await tx.location.findUnique({ where: { id: input.locationId } });
      if (!location) return refuse('not_found', { noun: 'location' });
      const span = daySpan(input.dateFrom, input.dateTo, location.timeZone);
      const closureId = deps.newId();
      await tx.closure.create({
        data: {
          id: closureId,
          locationId: location.id,
          dateFrom: new Date(input.dateFrom),
          dateTo: new Date(input.dateTo),
          name: input.name,
        },
      });
      const resourceIds = await closedResources(tx, location.id);
      await takeTime(
        tx,
        clientScope(actor),
        { kind: 'closure', closureId, locationId: location.id },
        resourceIds,
        span,
        source(deps),
      );
      await noteAbsence(tx, { locationId: location.id, zone: location.timeZone, span, entityId: closureId });
      return done({ closureId, version: 1 });
    }),
  );
  deps.announcer.announce();
  return result;
}

/** Opens the location again on those days. Refuses `forbidden`, `not_found`, `stale`. */
export async function deleteClosure(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof closureRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const closure = await tx.closure.findUnique({
      where: { id: input.closureId },
      include: { location: true, claims: { select: { resourceId: true }, distinct: ['resourceId'] } },
    });
    if (!closure) return refuse('not_found', { noun: 'closure' });
    const { count } = await tx.closure.deleteMany({ where: { id: closure.id, version: input.version } });
    if (count === 0) return refuse('stale', { noun: 'closure' });
    const { location } = closure;
    const span = daySpan(dateText(closure.dateFrom), dateText(closure.dateTo), location.timeZone);
    await refillAbsences(
      tx,
      closure.claims.map(({ resourceId }) => resourceId),
      span,
      source(deps),
    );
    await noteAbsence(tx, { locationId: location.id, zone: location.timeZone, span, entityId: closure.id });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Held until the end of the transaction by whoever closes a location or adds something to it. */
export async function lockLocation(tx: Tx, locationId: string): Promise<void> {
  await tx.$queryRaw`SELECT count(pg_advisory_xact_lock(hashtextextended(${locationId}, 13)))`;
}
