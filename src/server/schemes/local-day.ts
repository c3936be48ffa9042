import { localDateOf } from '../../domain/zone.ts';
import type { Db, Tx } from '../db.ts';

/** The clinic's local day, as 2026-11-23: where the visit is, else at the clinic's first location. */
export async function localDay(db: Db | Tx, visitId: string | null, now: Date): Promise<string> {
  const visit = visitId
    ? await db.visit.findUnique({
        where: { id: visitId },
        select: { appointment: { select: { location: { select: { timeZone: true } } } } },
      })
    : null;
  const zone = visit?.appointment?.location.timeZone ?? (await firstZone(db));
  return localDateOf(now.getTime(), zone);
}

async function firstZone(db: Db | Tx): Promise<string> {
  const location = await db.location.findFirst({
    orderBy: [{ isActive: 'desc' }, { rank: 'asc' }, { createdAt: 'asc' }],
    select: { timeZone: true },
  });
  return location?.timeZone ?? 'UTC';
}
