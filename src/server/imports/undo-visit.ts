/** Takes a mark back that an import had put on a visit; its time is claimed again, if nobody has it. */
import { z } from 'zod';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { claimingStatuses } from '../../domain/appointment.ts';

const beforeSchema = z.object({
  status: z.enum(claimingStatuses),
  claims: z.array(z.object({ resourceId: z.string(), startsAt: z.string(), endsAt: z.string() })),
});

/** Null when done; `time_taken` where somebody has the time now, and then nothing is changed. */
export async function restoreVisit(
  tx: Tx,
  deps: Deps,
  effect: { entityId: string; before: unknown },
): Promise<'time_taken' | null> {
  const before = beforeSchema.parse(effect.before);
  const visit = await tx.appointment.findUnique({
    where: { id: effect.entityId },
    include: { claims: true },
  });
  if (!visit) return null;
  if (visit.claims.length === 0) {
    const claims = before.claims
      .toSorted((a, b) => a.resourceId.localeCompare(b.resourceId))
      .map((claim) => ({ id: deps.newId(), ...claim, kind: 'appointment', appointmentId: visit.id }));
    const { count } = await tx.claim.createMany({ data: claims, skipDuplicates: true });
    if (count < claims.length) {
      await tx.claim.deleteMany({ where: { appointmentId: visit.id } });
      return 'time_taken';
    }
  }
  const now = deps.now();
  await tx.historyEntry.updateMany({ where: { appointmentId: visit.id }, data: { appointmentId: null } });
  await tx.appointment.update({
    where: { id: visit.id },
    data: {
      status: before.status,
      cancelledAt: null,
      cancelledBy: null,
      cancelReason: null,
      isLateCancel: false,
      updatedAt: now,
      // As it looked before the mark, so that the import that made the visit knows it again.
      version: { decrement: 1 },
    },
  });
  await tx.statusChange.create({
    data: {
      appointmentId: visit.id,
      fromStatus: visit.status,
      toStatus: before.status,
      actorKind: 'system',
      reason: 'import undone',
      at: now,
    },
  });
  return null;
}
