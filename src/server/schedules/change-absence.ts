/** Leave and closures changed: the time given back and the time taken in one transaction, or nothing at all. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import {
  type changeClosureInput,
  type changeLeaveInput,
  daySpan,
  type InstantSpan,
  leaveTimes,
} from '../../domain/hours.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { dateText } from '../house/state.ts';
import { nextVersion, writeOver } from '../versioned.ts';
import { closedResources, refillAbsences } from './absence.ts';
import { leaveSpanOf, lockLocation, noteAbsence, settling, source, takeTime } from './leave.ts';

const isSame = (one: InstantSpan, other: InstantSpan): boolean =>
  one.startMs === other.startMs && one.endMs === other.endMs;

/**
 * Changes when a leave is, why, and its note. Refuses `forbidden`, `not_found`, `stale`, times the clock skips at their field, and
 * `visits_in_the_way` with the visits: then the leave stays as it was. A change of words alone claims nothing anew.
 */
export async function changeLeave(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof changeLeaveInput>,
): Promise<Result<{ leaveId: string; version: number }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const { leaveId, version: readVersion, kind, note } = input;
  const result = await settling(() =>
    transact(deps.db, async (tx): Promise<Result<{ leaveId: string; version: number }>> => {
      const leave = await tx.leave.findUnique({
        where: { id: leaveId },
        include: { resource: { include: { location: true } } },
      });
      if (!leave) return refuse('not_found', { noun: 'leave' });
      const { resource } = leave;
      const zone = resource.location.timeZone;
      const before = { startMs: leave.startsAt.getTime(), endMs: leave.endsAt.getTime() };
      const span = isUntouched(input, before, zone) ? before : leaveSpanOf(input, zone);
      if ('ok' in span) return span;
      const version = await writeOver('leave', readVersion, {
        write: (read) =>
          tx.leave.updateMany({
            where: { id: leaveId, version: read },
            data: {
              startsAt: new Date(span.startMs),
              endsAt: new Date(span.endMs),
              kind,
              note,
              version: nextVersion,
            },
          }),
        exists: () => tx.leave.count({ where: { id: leaveId } }),
      });
      const days = { locationId: resource.locationId, zone, entityId: resource.id };
      await noteAbsence(tx, { ...days, span });
      if (isSame(span, before)) return done({ leaveId, version });
      await noteAbsence(tx, { ...days, span: before });
      await tx.claim.deleteMany({ where: { leaveId } });
      await takeTime(tx, clientScope(actor), { kind: 'leave', leaveId }, [resource.id], span, source(deps));
      await refillAbsences(tx, [resource.id], before, source(deps));
      return done({ leaveId, version });
    }),
  );
  deps.announcer.announce();
  return result;
}

/** The form says of the times what it was given: an hour that comes twice must not move for a change of words. */
function isUntouched(input: z.infer<typeof changeLeaveInput>, before: InstantSpan, zone: string): boolean {
  const was = leaveTimes(before, zone);
  return (
    was.dateFrom === input.dateFrom &&
    was.dateTo === input.dateTo &&
    was.startMinute === input.startMinute &&
    was.endMinute === input.endMinute
  );
}

/**
 * Changes the days of a closure, or its name. Refuses `forbidden`, `not_found`, `stale`, and `visits_in_the_way` with every visit
 * there on the new days: then the closure stays as it was. A new name alone claims nothing anew.
 */
export async function changeClosure(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof changeClosureInput>,
): Promise<Result<{ closureId: string; version: number }>> {
  if (!can(actor, 'hours.edit')) return refuse('forbidden');
  const { closureId } = input;
  const result = await settling(() =>
    transact(deps.db, async (tx): Promise<Result<{ closureId: string; version: number }>> => {
      const found = await tx.closure.findUnique({ where: { id: closureId }, include: { location: true } });
      if (!found) return refuse('not_found', { noun: 'closure' });
      const { locationId, location } = found;
      // Against a room or a person being added at this moment, which takes the same lock.
      await lockLocation(tx, locationId);
      const zone = location.timeZone;
      const before = daySpan(dateText(found.dateFrom), dateText(found.dateTo), zone);
      const span = daySpan(input.dateFrom, input.dateTo, zone);
      const version = await writeOver('closure', input.version, {
        write: (read) =>
          tx.closure.updateMany({
            where: { id: closureId, version: read },
            data: {
              dateFrom: new Date(input.dateFrom),
              dateTo: new Date(input.dateTo),
              name: input.name,
              version: nextVersion,
            },
          }),
        exists: () => tx.closure.count({ where: { id: closureId } }),
      });
      await noteAbsence(tx, { locationId, zone, span, entityId: closureId });
      if (isSame(span, before)) return done({ closureId, version });
      await noteAbsence(tx, { locationId, zone, span: before, entityId: closureId });
      const claimed = await tx.claim.findMany({
        where: { closureId },
        distinct: ['resourceId'],
        select: { resourceId: true },
      });
      await tx.claim.deleteMany({ where: { closureId } });
      const resourceIds = await closedResources(tx, locationId);
      await takeTime(
        tx,
        clientScope(actor),
        { kind: 'closure', closureId, locationId },
        resourceIds,
        span,
        source(deps),
      );
      const freed = claimed.map(({ resourceId }) => resourceId);
      await refillAbsences(tx, freed, before, source(deps));
      return done({ closureId, version });
    }),
  );
  deps.announcer.announce();
  return result;
}
