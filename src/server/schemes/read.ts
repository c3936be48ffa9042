/** The scheme behind an id, and how far somebody may go with it. Asked by procedures, handlers and sockets alike. */
import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import type { SchemeSubject } from '../../domain/access/scheme.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, type Tx } from '../db.ts';
import { withinScope } from '../clients/scope.ts';

export type SchemeRow = Prisma.SchemeGetPayload<object>;
export type SchemeAccess = 'none' | 'read' | 'draw';

export interface SchemeStanding {
  scheme: SchemeRow;
  access: SchemeAccess;
}

/** What the rules ask of the client whose scheme it is. */
async function subjectOf(db: Db | Tx, actor: Actor, clientId: string): Promise<SchemeSubject> {
  const specialistId = isStaff(actor) ? actor.specialistId : null;
  const [row] = await db.$queryRaw<{ sees: boolean; treats: boolean }[]>`
    SELECT ${withinScope(clientScope(actor))} AS sees,
      coalesce(specialist_treats(${specialistId}::uuid, c.id), FALSE) AS treats
    FROM client c WHERE c.id = ${clientId}::uuid AND c.merged_into_id IS NULL`;
  return { seesCard: row?.sees ?? false, treats: row?.treats ?? false };
}

/** How far somebody may go with the schemes of a client; null where the card isn't seen. */
export async function accessTo(db: Db | Tx, actor: Actor, clientId: string): Promise<SchemeAccess | null> {
  const subject = await subjectOf(db, actor, clientId);
  if (!subject.seesCard) return null;
  if (can(actor, 'scheme.draw', subject)) return 'draw';
  if (!can(actor, 'scheme.read', subject)) return 'none';
  return 'read';
}

/** Null: there is no such scheme, or its card isn't seen. A client reads their own by the portal's queries, not by this. */
export async function schemeStanding(
  db: Db | Tx,
  actor: Actor,
  schemeId: string,
): Promise<SchemeStanding | null> {
  const scheme = await db.scheme.findUnique({ where: { id: schemeId } });
  if (!scheme) return null;
  const access = await accessTo(db, actor, scheme.clientId);
  return access === null ? null : { scheme, access };
}

export const noScheme = (): Result<never> => refuse('not_found', { noun: 'scheme' });

/** The scheme for whoever may read it; to everybody else there is none. */
export async function readableScheme(
  db: Db | Tx,
  actor: Actor,
  schemeId: string,
): Promise<SchemeStanding | null> {
  const standing = await schemeStanding(db, actor, schemeId);
  return standing && standing.access !== 'none' ? standing : null;
}

/**
 * The same for whoever may draw, with the row held until the transaction ends: nothing is appended, finished or cancelled meanwhile. What
 * merely refers to it, as a state that is being folded, isn't held up: finishing waits for that, too.
 */
export async function lockScheme(tx: Tx, actor: Actor, schemeId: string): Promise<Result<SchemeRow>> {
  await tx.$queryRaw`SELECT 1 FROM scheme WHERE id = ${schemeId}::uuid FOR NO KEY UPDATE`;
  const standing = await schemeStanding(tx, actor, schemeId);
  if (!standing || standing.access === 'none') return noScheme();
  return standing.access === 'draw' ? { ok: true, value: standing.scheme } : refuse('forbidden');
}

/** The same while it is drawn on. */
export async function lockDraft(tx: Tx, actor: Actor, schemeId: string): Promise<Result<SchemeRow>> {
  const locked = await lockScheme(tx, actor, schemeId);
  if (!locked.ok) return locked;
  const { status } = locked.value;
  return status === 'finished' || status === 'cancelled' ? refuse('scheme_closed', { status }) : locked;
}
