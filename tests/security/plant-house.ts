/** One of each thing of the house that may be changed or taken away, with nothing in its way. */
import { randomUUID } from 'node:crypto';
import { addSpecialist } from '../support/clinic.ts';
import type { Ground } from './plant.ts';

export async function plantHouse({ db, locationId, now }: Ground, specialistId: string): Promise<void> {
  const id = randomUUID;
  await db.serviceCategory.create({ data: { id: id(), name: 'Nothing yet' } });
  const { id: emptyId } = await db.location.create({
    data: { id: id(), name: 'Nowhere yet', timeZone: 'Europe/Berlin' },
  });
  await addSpecialist(db, emptyId, 'Spare', 9).then((spare) =>
    db.resource.update({ where: { id: spare }, data: { locationId } }),
  );
  await db.schedule.updateMany({ where: { locationId: emptyId }, data: { locationId } });
  await db.resource.create({
    data: { id: id(), locationId, kind: 'room', type: 'spare room', name: 'Spare room' },
  });
  const day = { dateFrom: new Date('2026-07-01'), dateTo: new Date('2026-07-02') };
  await db.scheduleException.create({ data: { ...day, id: id(), resourceId: specialistId, kind: 'closed' } });
  const { id: leaveId } = await db.leave.create({
    data: {
      id: id(),
      resourceId: specialistId,
      startsAt: new Date('2026-07-06T07:00:00Z'),
      endsAt: new Date('2026-07-06T15:00:00Z'),
      createdAt: now,
    },
  });
  const claim = { resourceId: specialistId, startsAt: new Date('2026-07-06T07:00:00Z') };
  await db.claim.create({
    data: { ...claim, id: id(), endsAt: new Date('2026-07-06T15:00:00Z'), kind: 'leave', leaveId },
  });
  await db.closure.create({ data: { ...day, id: id(), locationId, name: 'Inventory' } });
  await db.role.create({ data: { id: id(), key: id(), name: 'Helpers', rights: ['calendar.view_all'] } });
}
