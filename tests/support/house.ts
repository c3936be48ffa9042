/** A small clinic for tests: one location, two specialists, two rooms, a laser, three services. Written by the database's owner of rows, not through commands. */
import type { Db } from '../../src/server/db.ts';
import { emptyTables, houseTables } from './empty-tables.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const house = {
  clinic: id(1),
  berlin: id(2),
  lisbon: id(3),
  category: id(4),
  facial: id(10),
  laser: id(11),
  peel: id(12),
  technique: { massage: id(20), mask: id(21), deep: id(22), light: id(23) },
  anna: id(30),
  boris: id(31),
  room1: id(40),
  room2: id(41),
  device: id(42),
} as const;

export interface HouseOptions {
  /** Anna and Boris work Monday to Friday 09:00–18:00 with a break 13:00–14:00. On by default. */
  hours?: boolean;
}

/** Writes the clinic into an empty database. */
export async function makeHouse(db: Db, options: HouseOptions = {}): Promise<void> {
  await db.clinic.create({ data: { id: house.clinic, name: 'Lindenhof', currency: 'EUR' } });
  await db.location.createMany({
    data: [
      { id: house.berlin, name: 'Mitte', timeZone: 'Europe/Berlin', rank: 0 },
      { id: house.lisbon, name: 'Chiado', timeZone: 'Europe/Lisbon', rank: 1 },
    ],
  });
  await db.serviceCategory.create({ data: { id: house.category, name: 'Face' } });
  const service = { categoryId: house.category, priceMinor: 9000 };
  await db.service.createMany({
    data: [
      { ...service, id: house.facial, name: 'Facial', baseMinutes: 60, bufferAfterMinutes: 10, rank: 0 },
      { ...service, id: house.laser, name: 'Laser', baseMinutes: 30, priceMinor: 15000, rank: 1 },
      { ...service, id: house.peel, name: 'Peel', baseMinutes: 45, isOnline: false, rank: 2 },
    ],
  });
  const technique = { serviceId: house.facial };
  await db.technique.createMany({
    data: [
      {
        ...technique,
        id: house.technique.massage,
        name: 'Massage',
        minutes: 15,
        priceMinor: 2000,
        masteryRequired: true,
      },
      { ...technique, id: house.technique.mask, name: 'Mask', minutes: -10, priceMinor: -500, rank: 1 },
      {
        ...technique,
        id: house.technique.deep,
        name: 'Deep',
        selection: 'one_of',
        groupKey: 'depth',
        rank: 2,
      },
      {
        ...technique,
        id: house.technique.light,
        name: 'Light',
        selection: 'one_of',
        groupKey: 'depth',
        rank: 3,
      },
    ],
  });
  await db.resource.createMany({
    data: [
      {
        id: house.anna,
        locationId: house.berlin,
        kind: 'specialist',
        type: 'specialist',
        name: 'Anna Weiss',
        rank: 0,
      },
      {
        id: house.boris,
        locationId: house.berlin,
        kind: 'specialist',
        type: 'specialist',
        name: 'Boris Kern',
        rank: 1,
      },
      {
        id: house.room1,
        locationId: house.berlin,
        kind: 'room',
        type: 'treatment room',
        name: 'Room 1',
        rank: 0,
      },
      {
        id: house.room2,
        locationId: house.berlin,
        kind: 'room',
        type: 'treatment room',
        name: 'Room 2',
        rank: 1,
      },
      { id: house.device, locationId: house.berlin, kind: 'device', type: 'diode laser', name: 'Laser A' },
    ],
  });
  await db.resourceRequirement.createMany({
    data: [
      { id: id(50), serviceId: house.facial, kind: 'room', resourceType: 'treatment room' },
      { id: id(51), serviceId: house.laser, kind: 'room', resourceType: 'treatment room' },
      { id: id(52), serviceId: house.laser, kind: 'device', resourceType: 'diode laser' },
    ],
  });
  await db.specialist.createMany({
    data: [
      { id: house.anna, title: 'Dermatologist', hue: 2 },
      { id: house.boris, hue: 4, maxPerDay: 6 },
    ],
  });
  await db.specialistService.createMany({
    data: [
      { specialistId: house.anna, serviceId: house.facial, minutes: 45, priceMinor: 12000 },
      { specialistId: house.anna, serviceId: house.laser },
      { specialistId: house.boris, serviceId: house.facial },
    ],
  });
  await db.specialistTechnique.create({
    data: { specialistId: house.anna, techniqueId: house.technique.massage, minutes: 20 },
  });
  if (options.hours === false) return;
  let n = 60;
  for (const resourceId of [house.anna, house.boris]) {
    const scheduleId = id(n++);
    await db.schedule.create({ data: { id: scheduleId, resourceId, locationId: house.berlin } });
    await db.weeklyInterval.createMany({
      data: [1, 2, 3, 4, 5].map((weekday) => ({
        id: id(n++),
        scheduleId,
        weekday,
        startMinute: 540,
        endMinute: 1080,
        breaks: [{ startMinute: 780, endMinute: 840 }],
      })),
    });
  }
}

/** Empties everything the house and its visits are kept in, as the database's owner. */
export const emptyHouse = (ownerUrl: string): Promise<void> =>
  emptyTables(ownerUrl, [...houseTables, 'account', 'role', 'tag']);
