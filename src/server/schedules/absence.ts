/**
 * Leave and closures claim their time like visits do, under the same constraint. Where one lies over another, the time is
 * claimed once; when the one that has it goes, the other takes it over.
 */
import { cutIntoDays, daySpan, type InstantSpan } from '../../domain/hours.ts';
import { intersect, subtract } from '../../domain/interval.ts';
import { localDateOf } from '../../domain/schedule.ts';
import { dateText } from '../house/state.ts';
import type { Tx } from '../db.ts';

export type AbsenceOwner = { kind: 'leave'; leaveId: string } | { kind: 'closure'; closureId: string };

const dayMs = 86_400_000;
const claimReachMs = 2 * dayMs;
const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What leave and closures have claimed of these resources in the span: flat sorted spans by resource. */
async function absentAlready(
  tx: Tx,
  resourceIds: readonly string[],
  span: InstantSpan,
): Promise<Map<string, number[]>> {
  const rows = await tx.claim.findMany({
    where: {
      resourceId: { in: [...resourceIds] },
      kind: { in: ['leave', 'closure'] },
      startsAt: { lt: new Date(span.endMs), gt: new Date(span.startMs - claimReachMs) },
      endsAt: { gt: new Date(span.startMs) },
    },
    orderBy: { startsAt: 'asc' },
    select: { resourceId: true, startsAt: true, endsAt: true },
  });
  const found = new Map<string, number[]>();
  for (const { resourceId, startsAt, endsAt } of rows)
    found.set(resourceId, [...(found.get(resourceId) ?? []), startsAt.getTime(), endsAt.getTime()]);
  return found;
}

/**
 * Claims what of the span no absence has yet, for every resource: lapsed holds are released first, then one insert in
 * sorted resource order, conflicts skipped and counted. False where a visit (or an absence being written at this very
 * moment) has some of it: the caller undoes everything.
 */
export async function claimAbsence(
  tx: Tx,
  owner: AbsenceOwner,
  resourceIds: readonly string[],
  span: InstantSpan,
  source: { now: Date; newId: () => string },
): Promise<boolean> {
  const sorted = [...new Set(resourceIds)].sort(byId);
  if (sorted.length === 0) return true;
  const from = new Date(span.startMs);
  const to = new Date(span.endMs);
  await tx.$queryRaw`SELECT release_lapsed_holds(${sorted}::uuid[], ${from}, ${to}, ${source.now})`;
  const already = await absentAlready(tx, sorted, span);
  const wanted = sorted.flatMap((resourceId) =>
    cutIntoDays(subtract([span.startMs, span.endMs], already.get(resourceId) ?? [])).map((piece) => ({
      resourceId,
      ...piece,
    })),
  );
  return (await insertClaims(tx, owner, wanted, source.newId)) === wanted.length;
}

async function insertClaims(
  tx: Tx,
  owner: AbsenceOwner,
  pieces: readonly (InstantSpan & { resourceId: string })[],
  newId: () => string,
): Promise<number> {
  if (pieces.length === 0) return 0;
  const leaveId = owner.kind === 'leave' ? owner.leaveId : null;
  const closureId = owner.kind === 'closure' ? owner.closureId : null;
  return tx.$executeRaw`
    INSERT INTO claim (id, resource_id, starts_at, ends_at, kind, leave_id, closure_id)
    SELECT piece.id, piece.resource_id, piece.starts_at, piece.ends_at, ${owner.kind}, ${leaveId}::uuid, ${closureId}::uuid
    FROM unnest(${pieces.map(() => newId())}::uuid[], ${pieces.map(({ resourceId }) => resourceId)}::uuid[],
      ${pieces.map(({ startMs }) => new Date(startMs))}::timestamptz[],
      ${pieces.map(({ endMs }) => new Date(endMs))}::timestamptz[])
      WITH ORDINALITY AS piece (id, resource_id, starts_at, ends_at, position)
    ORDER BY piece.position
    ON CONFLICT DO NOTHING`;
}

/** Whom a closure of the location claims: everything at home there, but people with hours elsewhere too. */
export async function closedResources(tx: Tx, locationId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM resource r
    WHERE (r.location_id = ${locationId}::uuid
        OR (r.kind = 'specialist' AND EXISTS (
          SELECT FROM schedule s WHERE s.resource_id = r.id AND s.location_id = ${locationId}::uuid)))
      AND (r.kind <> 'specialist' OR NOT EXISTS (
        SELECT FROM schedule s WHERE s.resource_id = r.id AND s.location_id <> ${locationId}::uuid))
    ORDER BY r.id`;
  return rows.map(({ id }) => id);
}

/**
 * Gives freed time to the leaves and closures that still cover it. Call after an absence's claims were deleted, in the
 * same transaction: until its end nobody else can take the time.
 */
export async function refillAbsences(
  tx: Tx,
  resourceIds: readonly string[],
  span: InstantSpan,
  source: { now: Date; newId: () => string },
): Promise<void> {
  const within = { startsAt: { lt: new Date(span.endMs) }, endsAt: { gt: new Date(span.startMs) } };
  const ids = [...resourceIds];
  const leaves = await tx.leave.findMany({
    where: { resourceId: { in: ids }, ...within },
    orderBy: { id: 'asc' },
  });
  const closures = await tx.closure.findMany({
    where: {
      dateFrom: { lte: new Date(span.endMs + dayMs) },
      dateTo: { gte: new Date(span.startMs - 2 * dayMs) },
    },
    include: { location: { select: { timeZone: true } } },
    orderBy: { id: 'asc' },
  });
  const refill = async (owner: AbsenceOwner, covered: readonly string[], own: InstantSpan) => {
    const [startMs, endMs] = intersect([own.startMs, own.endMs], [span.startMs, span.endMs]);
    if (startMs !== undefined && endMs !== undefined)
      await claimAbsence(tx, owner, covered, { startMs, endMs }, source);
  };
  for (const { id, resourceId, startsAt, endsAt } of leaves)
    await refill({ kind: 'leave', leaveId: id }, [resourceId], {
      startMs: startsAt.getTime(),
      endMs: endsAt.getTime(),
    });
  for (const { id, locationId, dateFrom, dateTo, location } of closures) {
    const closed = new Set(await closedResources(tx, locationId));
    const own = daySpan(dateText(dateFrom), dateText(dateTo), location.timeZone);
    await refill(
      { kind: 'closure', closureId: id },
      ids.filter((each) => closed.has(each)),
      own,
    );
  }
}

/**
 * Brings the closures still ahead in line with where a resource works now: a room made after the closure was announced
 * is closed too, a person with new hours elsewhere no longer. Visits already there keep their time.
 */
export async function syncClosures(
  tx: Tx,
  resourceId: string,
  source: { now: Date; newId: () => string },
): Promise<void> {
  const yesterday = new Date(source.now.getTime() - dayMs);
  const closures = await tx.closure.findMany({
    where: { dateTo: { gte: new Date(localDateOf(yesterday.getTime(), 'UTC')) } },
    include: { location: { select: { timeZone: true } } },
    orderBy: { id: 'asc' },
  });
  for (const { id, locationId, dateFrom, dateTo, location } of closures) {
    const span = daySpan(dateText(dateFrom), dateText(dateTo), location.timeZone);
    const isClosed = (await closedResources(tx, locationId)).includes(resourceId);
    if (isClosed) {
      await claimAbsence(tx, { kind: 'closure', closureId: id }, [resourceId], span, source);
      continue;
    }
    const { count } = await tx.claim.deleteMany({ where: { closureId: id, resourceId } });
    if (count > 0) await refillAbsences(tx, [resourceId], span, source);
  }
}
