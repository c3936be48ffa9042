/** How much was booked, whoever may see it: what decides whether a part of the house may go or change. */
import type { Tx } from '../db.ts';

/** How many visits, of all there ever were, stand with this service, specialist or location; of a clinic, whether there is any. */
export async function bookedWith(
  tx: Tx,
  noun: 'service' | 'specialist' | 'location' | 'clinic',
  id: string | null = null,
): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: bigint | null }[]
  >`SELECT booked_with(${noun}, ${id}::uuid) AS count`;
  if (!row || row.count === null) throw new Error('only staff are told what was booked');
  return Number(row.count);
}

/** How many visits and holds at a location are still to come or under way. */
export async function aheadAt(tx: Tx, locationId: string, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM visits_placed(${locationId}::uuid, ${now}, 'infinity')`;
  return Number(row?.count ?? 0);
}
