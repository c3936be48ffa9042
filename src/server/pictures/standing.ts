/** Who may look at a client's photographs, and who may add to them: whoever reads or draws the client's schemes. */
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import type { SchemeSubject } from '../../domain/access/scheme.ts';
import { findCard } from '../clients/scope.ts';
import { type Db, Prisma, type Tx } from '../db.ts';

export interface CardStanding {
  /** The card that stands now, where this one was merged away. */
  clientId: string;
  subject: SchemeSubject;
}

/** Null: there is no such card within the actor's sight. */
export async function cardStanding(
  db: Db | Tx,
  actor: Actor,
  clientId: string,
): Promise<CardStanding | null> {
  const standing = await findCard(db, clientScope(actor), clientId);
  if (standing === null) return null;
  const [row] = await db.$queryRaw<{ treats: boolean }[]>(
    Prisma.sql`SELECT acting_treats(${standing}::uuid) AS treats`,
  );
  return { clientId: standing, subject: { seesCard: true, treats: row?.treats ?? false } };
}

export type PhotographAccess = 'none' | 'read' | 'draw';

export function photographAccess(actor: Actor, { subject }: CardStanding): PhotographAccess {
  if (!can(actor, 'scheme.read', subject)) return 'none';
  return can(actor, 'scheme.draw', subject) ? 'draw' : 'read';
}
