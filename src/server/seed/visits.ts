/** Writes the visits laid out for the seeded clinic, each with the history that fits its time. */
import type { AppointmentStatus } from '../../domain/appointment.ts';
import { isClaiming } from '../../domain/appointment.ts';
import { localDateOf } from '../../domain/schedule.ts';
import type { Prisma, Tx } from '../db.ts';
import { cardOf, type SeedVisit } from './days.ts';
import { type Dice, seedId } from './fixed.ts';

interface Place {
  locationId: string;
  zone: string;
  currency: string;
  receptionistId: string;
}

const hourMs = 3_600_000;

/** What would have become of a visit by now: most came, a few didn't, some called it off. */
function statusOf(visit: SeedVisit, now: number, dice: Dice): AppointmentStatus {
  const roll = dice.next();
  const endsAt = visit.startMs + visit.plan.minutes * 60_000;
  if (endsAt <= now) return roll < 0.05 ? 'no_show' : roll < 0.13 ? 'cancelled' : 'fulfilled';
  if (visit.startMs <= now) return 'arrived';
  if (visit.service.needsApproval && roll < 0.5) return 'pending';
  return roll < 0.06 ? 'cancelled' : roll < 0.5 && visit.startMs - now < 72 * hourMs ? 'confirmed' : 'booked';
}

/** The way an appointment came to its status, as the transitions allow it. */
const pathTo: Record<AppointmentStatus, AppointmentStatus[]> = {
  held: ['held'],
  pending: ['pending'],
  booked: ['booked'],
  confirmed: ['booked', 'confirmed'],
  arrived: ['booked', 'arrived'],
  fulfilled: ['booked', 'arrived', 'fulfilled'],
  no_show: ['booked', 'no_show'],
  cancelled: ['booked', 'cancelled'],
  declined: ['pending', 'declined'],
  expired: ['held', 'expired'],
};

/**
 * Writes appointments, items, claims, visits and status changes. Claims go in by sorted resource with
 * ON CONFLICT DO NOTHING and are counted; a clash is a bug of the layout and throws, undoing the seed.
 */
export async function seedVisits(
  tx: Tx,
  visits: readonly SeedVisit[],
  dice: Dice,
  now: Date,
  place: Place,
): Promise<void> {
  const appointments: Prisma.AppointmentCreateManyInput[] = [];
  const items: Prisma.AppointmentItemCreateManyInput[] = [];
  const claims: Prisma.ClaimCreateManyInput[] = [];
  const done: Prisma.VisitCreateManyInput[] = [];
  const changes: Prisma.StatusChangeCreateManyInput[] = [];
  const lastOf = new Map<string, 'active' | 'booked'>();
  for (const [index, visit] of visits.entries()) {
    const { plan, startMs } = visit;
    const id = seedId('appointment', index + 1);
    const status = statusOf(visit, now.getTime(), dice);
    const clientId = cardOf(visit);
    const startsAt = new Date(startMs);
    const endsAt = new Date(startMs + plan.minutes * 60_000);
    const serviceDate = new Date(`${localDateOf(startMs, place.zone)}T00:00:00Z`);
    const createdAt = new Date(
      Math.min(startMs - (24 + dice.below(600)) * hourMs, now.getTime() - dice.below(48) * hourMs),
    );
    const byClient = dice.chance(0.6);
    const cancelledAt =
      status === 'cancelled'
        ? new Date(Math.min(startMs, now.getTime()) - (1 + dice.below(20)) * hourMs)
        : null;
    appointments.push({
      id,
      clientId,
      status,
      startsAt,
      endsAt,
      serviceDate,
      locationId: place.locationId,
      priceMinor: plan.priceMinor,
      currency: place.currency,
      channel: byClient ? 'portal' : 'staff',
      cancelledAt,
      cancelledBy: cancelledAt ? (byClient ? 'client' : 'staff') : null,
      cancelReason: cancelledAt ? 'Not well' : null,
      isLateCancel: cancelledAt !== null && startMs - cancelledAt.getTime() < 24 * hourMs,
      createdBy: byClient ? null : place.receptionistId,
      createdAt,
      updatedAt: createdAt,
    });
    for (const [position, item] of plan.items.entries()) {
      items.push({
        id: seedId('item', index * 4 + position + 1),
        appointmentId: id,
        position,
        serviceId: item.serviceId,
        serviceName: item.serviceName,
        specialistId: item.specialistId,
        startsAt: new Date(startMs + item.offsetMinutes * 60_000),
        endsAt: new Date(startMs + (item.offsetMinutes + item.minutes) * 60_000),
        minutes: item.minutes,
        bufferBeforeMinutes: item.bufferBeforeMinutes,
        bufferAfterMinutes: item.bufferAfterMinutes,
        priceMinor: item.priceMinor,
        techniques: item.techniques.map(({ id: techniqueId, name, minutes, priceMinor }) => ({
          id: techniqueId,
          name,
          minutes,
          priceMinor,
        })),
      });
    }
    if (isClaiming(status)) {
      for (const claim of visit.claims) {
        claims.push({
          id: seedId('claim', claims.length + 1),
          resourceId: claim.resourceId,
          kind: 'appointment',
          appointmentId: id,
          startsAt: new Date(claim.startMs),
          endsAt: new Date(claim.endMs),
        });
      }
    }
    const specialistId = plan.items[0]?.specialistId;
    if (status === 'fulfilled' && specialistId) {
      done.push({
        id: seedId('visit', index + 1),
        appointmentId: id,
        clientId,
        specialistId,
        status: 'completed',
        startedAt: startsAt,
        completedAt: endsAt,
        serviceDate,
        createdAt: startsAt,
      });
    }
    let from: AppointmentStatus | null = null;
    for (const [step, to] of pathTo[status].entries()) {
      const last =
        status === 'cancelled' && cancelledAt
          ? cancelledAt
          : status === 'fulfilled' && step === 2
            ? endsAt
            : startsAt;
      const at = step === 0 ? createdAt : new Date(Math.min(last.getTime(), now.getTime()));
      changes.push({
        appointmentId: id,
        fromStatus: from,
        toStatus: to,
        actorKind: byClient ? 'client' : 'staff',
        at,
      });
      from = to;
    }
    if (status === 'fulfilled') lastOf.set(clientId, 'active');
    else if (!lastOf.has(clientId)) lastOf.set(clientId, 'booked');
  }
  await tx.appointment.createMany({ data: appointments });
  await tx.appointmentItem.createMany({ data: items });
  claims.sort((a, b) => a.resourceId.localeCompare(b.resourceId));
  const { count } = await tx.claim.createMany({ data: claims, skipDuplicates: true });
  if (count !== claims.length) throw new Error(`${claims.length - count} of the seed's claims overlap`);
  await tx.visit.createMany({ data: done });
  await tx.statusChange.createMany({ data: changes });
  for (const status of ['active', 'booked'] as const) {
    const ids = [...lastOf].flatMap(([id, found]) => (found === status ? [id] : []));
    await tx.client.updateMany({ where: { id: { in: ids } }, data: { status } });
  }
}
