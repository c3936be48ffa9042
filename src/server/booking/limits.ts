/** What an exclusion constraint can't say: caps counted under a lock on whoever is capped (BOOK-7). */
import { upcomingStatuses } from '../../domain/appointment.ts';
import { localDateOf, startOfLocalDay } from '../../domain/zone.ts';
import { addDays } from '../../domain/zone.ts';
import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';
import { lockCount } from './guard.ts';
import type { Situation } from './situation.ts';
import type { NewAppointment } from './write.ts';

/** True when every capped specialist of the visit, this one counted, stays within their cap on that day. */
export async function withinDayLimit(
  tx: Tx | Sql,
  situation: Pick<Situation, 'caps'>,
  visit: Pick<NewAppointment, 'id' | 'startsAt' | 'zone' | 'plan'>,
  now: Date,
): Promise<boolean> {
  const date = localDateOf(visit.startsAt, visit.zone);
  const capped = [...new Set(visit.plan.items.map(({ specialistId }) => specialistId))]
    .filter((id) => situation.caps.has(id))
    .sort();
  for (const specialistId of capped) {
    await lockCount(tx, `day:${specialistId}:${date}`);
    const from = new Date(startOfLocalDay(date, visit.zone));
    const to = new Date(startOfLocalDay(addDays(date, 1), visit.zone));
    const [row] = await asSql(tx).rows<{ count: number }>(Prisma.sql`
      SELECT count(*)::int AS count FROM visits_counted(${[specialistId]}::uuid[], ${from}, ${to}, ${now})`);
    if ((row?.count ?? 0) > (situation.caps.get(specialistId) ?? 0)) return false;
  }
  return true;
}

/** True while the client has fewer visits to come than the clinic's maximum. Locks the client. */
export async function belowUpcomingMaximum(
  tx: Tx,
  clientId: string,
  max: number,
  now: Date,
): Promise<boolean> {
  await lockCount(tx, `client:${clientId}`);
  const count = await tx.appointment.count({
    where: { clientId, startsAt: { gt: now }, status: { in: [...upcomingStatuses] } },
  });
  return count < max;
}
