/** The end of a consultation: whoever joined is out, and what would let others in opens nothing. */
import type { Tx } from '../db.ts';
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
