/**
 * The guard: taking and giving back time. The exclusion constraint `claim_no_overlap` is the only arbiter (BOOK-1);
 * here is no check, only an insert and a count.
 */
import type { Claim } from '../../domain/starts/model.ts';
import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';

/** Whose time is taken. */
export type ClaimOwner =
  | { kind: 'hold'; appointmentId: string; heldUntil: Date }
  | { kind: 'appointment'; appointmentId: string };

const order = (a: Claim, b: Claim): number =>
  a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.startMs - b.startMs;

/** Ends lapsed holds that stand in the way of these claims (BOOK-4). Must come before any insert of the transaction. */
export async function releaseLapsed(tx: Tx | Sql, claims: readonly Claim[], now: Date): Promise<void> {
  if (claims.length === 0) return;
  const resourceIds = [...new Set(claims.map(({ resourceId }) => resourceId))].sort();
  const fromAt = new Date(Math.min(...claims.map(({ startMs }) => startMs)));
  const toAt = new Date(Math.max(...claims.map(({ endMs }) => endMs)));
  await asSql(tx).rows(
    Prisma.sql`SELECT release_lapsed_holds(${resourceIds}::uuid[], ${fromAt}, ${toAt}, ${now})`,
  );
}

/**
 * Takes the claims in sorted resource order, each conflict skipped instead of raised (plain inserts deadlock each other).
 * False when not all could be taken: the caller must roll back.
 */
export async function takeClaims(
  tx: Tx | Sql,
  claims: readonly Claim[],
  owner: ClaimOwner,
  newId: () => string,
): Promise<boolean> {
  const rows = [...claims].sort(order);
  const heldUntil = owner.kind === 'hold' ? owner.heldUntil : null;
  const taken = await asSql(tx).run(Prisma.sql`
    INSERT INTO claim (id, resource_id, starts_at, ends_at, kind, appointment_id, held_until)
    VALUES ${Prisma.join(
      rows.map(
        ({ resourceId, startMs, endMs }) =>
          Prisma.sql`(${newId()}::uuid, ${resourceId}::uuid, ${new Date(startMs)}, ${new Date(endMs)}, ${owner.kind},
            ${owner.appointmentId}::uuid, ${heldUntil})`,
      ),
    )}
    ON CONFLICT DO NOTHING`);
  return taken === rows.length;
}

/** Locks resources in sorted order until the end of the transaction: crossed moves would deadlock otherwise. */
export async function lockResources(tx: Tx | Sql, resourceIds: readonly string[]): Promise<void> {
  const sorted = [...new Set(resourceIds)].sort();
  await asSql(tx).rows(Prisma.sql`
    SELECT count(pg_advisory_xact_lock(hashtextextended(id, 7)))
    FROM (SELECT unnest(${sorted}::text[]) AS id ORDER BY 1) AS wanted`);
}

/** Locks what a constraint can't say: a specialist's cap on a day, a client's maximum. Held until the end of the transaction. */
export async function lockCount(tx: Tx | Sql, subject: string): Promise<void> {
  await asSql(tx).rows(Prisma.sql`SELECT count(pg_advisory_xact_lock(hashtextextended(${subject}, 11)))`);
}
