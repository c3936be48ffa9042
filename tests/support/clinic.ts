/** A small clinic to try things on: two specialists, one room, three services, two clients. Berlin, weekdays 09:00–17:00. */
import { randomUUID } from 'node:crypto';
import { type Actor, rights } from '../../src/domain/access/actor.ts';
import type { Db } from '../../src/server/db.ts';
import type { Deps } from '../../src/server/deps.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import { openQueue } from '../../src/server/queue.ts';
import type { TestClock } from './clock.ts';
import type { TestDatabase } from './database.ts';

export const zone = 'Europe/Berlin';

export interface TestClinic {
  locationId: string;
  /** Mila masters everything and is first by rank; Nora does not master the peel's technique. */
  mila: string;
  nora: string;
  roomId: string;
  /** 60 minutes, no room, 10 000 minor. Techniques: `deep` (+30, optional), `gentle` | `strong` (one of a group, only if one chosen). */
  facial: string;
  deep: string;
  /** 45 minutes in the only room, buffer 15 after. */
  laser: string;
  /** 30 minutes; wants approval; technique `acid` is required and wants mastery. */
  peel: string;
  acid: string;
  clientId: string;
  otherClientId: string;
}

const id = randomUUID;

/** Deps with the real queue; `close` ends what they opened. */
export async function openDeps(
  database: TestDatabase,
  clock: TestClock,
): Promise<Deps & { close(): Promise<void> }> {
  const queue = await openQueue(database.runtimeUrl);
  const announcer = createAnnouncer(database.db);
  return {
    db: database.db,
    queue,
    announcer,
    now: clock.now,
    newId: randomUUID,
    async close() {
      await announcer.stop();
      await queue.stop();
    },
  };
}

export const staff = (specialistId: string | null = null): Extract<Actor, { kind: 'staff' }> => ({
  kind: 'staff',
  accountId: id(),
  name: 'Desk',
  roleKeys: [specialistId ? 'specialist' : 'administrator'],
  rights: new Set(specialistId ? [] : rights),
  specialistId,
});
export const clientActor = (clientId: string): Extract<Actor, { kind: 'client' }> => ({
  kind: 'client',
  accountId: id(),
  clientId,
  holderKey: null,
});
export const guest = (): Actor => ({ kind: 'nobody', holderKey: id() });

export async function addSpecialist(db: Db, locationId: string, name: string, rank: number): Promise<string> {
  const resource = await db.resource.create({
    data: { id: id(), locationId, kind: 'specialist', type: 'specialist', name, rank },
  });
  await db.specialist.create({ data: { id: resource.id } });
  await db.schedule.create({
    data: {
      id: id(),
      resourceId: resource.id,
      locationId,
      intervals: {
        create: [1, 2, 3, 4, 5].map((weekday) => ({
          id: id(),
          weekday,
          startMinute: 9 * 60,
          endMinute: 17 * 60,
        })),
      },
    },
  });
  return resource.id;
}

export async function addClinic(db: Db): Promise<TestClinic> {
  await db.clinic.create({
    data: {
      id: id(),
      name: 'Testklinik',
      currency: 'EUR',
      minNoticeMinutes: 60,
      horizonDays: 60,
      cancelWindowMinutes: 1440,
    },
  });
  const { id: locationId } = await db.location.create({ data: { id: id(), name: 'Mitte', timeZone: zone } });
  const mila = await addSpecialist(db, locationId, 'Mila', 0);
  const nora = await addSpecialist(db, locationId, 'Nora', 1);
  const room = await db.resource.create({
    data: { id: id(), locationId, kind: 'room', type: 'laser room', name: 'Laser 1' },
  });
  const category = await db.serviceCategory.create({ data: { id: id(), name: 'All' } });
  const common = { categoryId: category.id, priceMinor: 10_000 };
  const facial = await db.service.create({ data: { id: id(), ...common, name: 'Facial', baseMinutes: 60 } });
  const laser = await db.service.create({
    data: {
      id: id(),
      ...common,
      name: 'Laser',
      baseMinutes: 45,
      bufferAfterMinutes: 15,
      requirements: { create: { id: id(), kind: 'room', resourceType: 'laser room' } },
    },
  });
  const peel = await db.service.create({
    data: { id: id(), ...common, name: 'Peel', baseMinutes: 30, needsApproval: true },
  });
  const deep = await db.technique.create({
    data: { id: id(), serviceId: facial.id, name: 'Deep', minutes: 30, priceMinor: 2_500 },
  });
  const acid = await db.technique.create({
    data: { id: id(), serviceId: peel.id, name: 'Acid', selection: 'required', masteryRequired: true },
  });
  for (const specialistId of [mila, nora]) {
    for (const { id: serviceId } of [facial, laser, peel])
      await db.specialistService.create({ data: { specialistId, serviceId } });
  }
  await db.specialistTechnique.create({ data: { specialistId: mila, techniqueId: acid.id } });
  const addClient = (firstName: string) =>
    db.client.create({
      data: { id: id(), firstName, lastName: 'Test', createdAt: new Date(), updatedAt: new Date() },
    });
  const [client, other] = [await addClient('Anna'), await addClient('Boris')];
  return {
    locationId,
    mila,
    nora,
    roomId: room.id,
    facial: facial.id,
    deep: deep.id,
    laser: laser.id,
    peel: peel.id,
    acid: acid.id,
    clientId: client.id,
    otherClientId: other.id,
  };
}
