/** The end of a consultation: whoever joined is out, and what would let others in opens nothing. */
import type { Actor } from '../../domain/access/actor.ts';
import { transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { noteDrawing } from './notices.ts';

/** Ends all guests, invitations and tickets of schemes, and tells their rooms. */
export async function endConsultations(tx: Tx, schemeIds: readonly string[], now: Date): Promise<void> {
  const of = { schemeId: { in: [...schemeIds] } };
  await tx.drawingGuest.updateMany({
    where: { ...of, status: { not: 'ended' } },
    data: { status: 'ended', endedAt: now },
  });
  await tx.drawingInvite.deleteMany({ where: of });
  await tx.drawingTicket.deleteMany({ where: { ...of, guestId: { not: null } } });
  for (const schemeId of schemeIds) await noteDrawing(tx, schemeId);
}

/** With the visit ends the consultation in it; what is drawn may still be finished. Called as the system: the desk completes visits, too. */
export async function endConsultationsOf(deps: Deps, actor: Actor, visitId: string): Promise<void> {
  const { db } = asSystem(deps, 'end a consultation', actor);
  await transact(db, async (tx) => {
    const schemes = await tx.scheme.findMany({
      where: { visitId, status: 'draft' },
      select: { id: true, clientId: true },
    });
    await endConsultations(
      tx,
      schemes.map(({ id }) => id),
      deps.now(),
    );
    for (const clientId of new Set(schemes.map((scheme) => scheme.clientId)))
      await noteChange(tx, { topic: 'client', entityId: clientId });
  });
}
