/** What the app itself writes into the trail: what was read, entered, refused, taken out, and why something was changed. */
import { type Db, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql, straight } from '../sql.ts';

export interface Noted {
  /** e.g. `client.read`, `account.sign_in`. */
  action: string;
  subjectType: string;
  subjectId: string | null;
  /** Whose card it concerns; who sees the card sees the entry in its history. */
  clientId?: string | null;
  reason?: string | null;
  detail?: object;
}

/** Writes one entry in the caller's transaction. Who it was is stamped by the database from that transaction, when by its clock. */
export async function noteEntry(tx: Tx | Sql, noted: Noted): Promise<void> {
  const detail = noted.detail === undefined ? null : JSON.stringify(noted.detail);
  await asSql(tx).run(Prisma.sql`
    INSERT INTO audit_entry (actor_kind, action, subject_type, subject_id, client_id, reason, detail)
    VALUES ('system', ${noted.action}, ${noted.subjectType}, ${noted.subjectId}::uuid, ${noted.clientId ?? null}::uuid,
      ${noted.reason ?? null}, ${detail}::jsonb)`);
}

/**
 * That somebody signed in was turned away at a door, or asked there for a record that they may not see or that isn't there: who tries one
 * id after another is seen to. Best effort: the answer is "no" whether or not it could be noted.
 */
export const noteRefused = (
  db: Db,
  door: string,
  hidden?: { noun: string; id: string | null },
): Promise<void> =>
  noteEntry(straight(db), {
    action: hidden ? 'door.refused_record' : 'door.refused',
    subjectType: hidden?.noun ?? 'door',
    subjectId: hidden?.id ?? null,
    detail: { door },
  }).catch(() => undefined);

/** From here on every change of this transaction is noted with this reason. */
export async function forReason(tx: Tx | Sql, reason: string): Promise<void> {
  await asSql(tx).rows(Prisma.sql`SELECT set_config('dermis.reason', ${reason}, true)`);
}
