/** Who works in the seeded clinic, when, and at whose price; the rooms and devices they share. */
import type { WallSpan } from '../../domain/schedule.ts';
import type { Tx } from '../db.ts';
import { seedServices, serviceIdOf, techniqueIdOf } from './catalogue.ts';
import { seedId } from './fixed.ts';

interface Shift extends WallSpan {
  weekdays: number[];
  breaks?: WallSpan[];
}

export interface SeedSpecialist {
  name: string;
  title: string;
  bio: string;
  hue: number;
  services: readonly string[];
  /** Own minutes and price by service code. */
  own?: Record<string, { minutes?: number; price?: number }>;
  /** Techniques mastered, as [service code, name]. */
  masters: readonly (readonly [string, string])[];
  shifts: readonly Shift[];
  maxPerDay?: number;
  accountNumber?: number;
}

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const span = (from: string, to: string): WallSpan => ({ startMinute: clock(from), endMinute: clock(to) });
const lunch = [span('13:00', '13:45')];
const face = ['FACIAL', 'DEEP', 'HYDRA', 'PEEL', 'LYMPH', 'HANDS'];
const laser = ['PATCH', 'LEGS', 'ARMPIT'];

export const seedSpecialists: readonly SeedSpecialist[] = [
  {
    name: 'Dr Elena Hoffmann',
    title: 'Dermatologist',
    hue: 5,
    accountNumber: 3,
    bio: 'Fifteen years of aesthetic dermatology; injects little and listens long.',
    services: ['CONS', 'FOLLOW', 'BOTOX', 'LIPS', 'BOOST', 'THREAD', 'VESSEL'],
    masters: [
      ['BOTOX', 'Masseter'],
      ['LIPS', 'Cannula'],
    ],
    maxPerDay: 14,
    shifts: [
      { weekdays: [1, 2, 4], ...span('09:00', '17:00'), breaks: lunch },
      { weekdays: [3], ...span('12:00', '20:00'), breaks: [span('16:00', '16:30')] },
    ],
  },
  {
    name: 'Dr Jonas Weber',
    title: 'Physician, aesthetic medicine',
    hue: 2,
    bio: 'Lasers, vessels and natural-looking injectables.',
    services: ['CONS', 'FOLLOW', 'BOTOX', 'BOOST', 'PATCH', 'LEGS', 'ARMPIT', 'VESSEL', 'PEEL'],
    own: { BOTOX: { minutes: 40, price: 19500 }, CONS: { price: 5000 } },
    masters: [
      ['PEEL', 'Glycolic acid 50 %'],
      ['PEEL', 'TCA 15 %'],
    ],
    shifts: [{ weekdays: [2, 3, 5], ...span('10:00', '18:30'), breaks: [span('14:00', '14:45')] }],
  },
  {
    name: 'Daria Sokolova',
    title: 'Senior cosmetologist',
    hue: 7,
    accountNumber: 4,
    bio: 'Peels and microneedling; speaks Russian, German and English.',
    services: [...face, 'NEEDLE', 'CONS'],
    own: { HYDRA: { price: 13900 }, FACIAL: { minutes: 50 } },
    masters: [
      ['PEEL', 'Glycolic acid 50 %'],
      ['NEEDLE', 'Platelet-rich plasma'],
    ],
    shifts: [
      { weekdays: [1, 2, 3, 5], ...span('09:00', '18:00'), breaks: lunch },
      { weekdays: [6], ...span('10:00', '15:00') },
    ],
  },
  {
    name: 'Sofia Marchetti',
    title: 'Cosmetologist',
    hue: 9,
    bio: 'Facials with patience; the calmest hands of the house.',
    services: face,
    masters: [],
    own: { LYMPH: { minutes: 75, price: 9500 } },
    shifts: [
      { weekdays: [1, 2, 3, 4], ...span('10:00', '18:00'), breaks: [span('13:30', '14:15')] },
      // Somebody is there every day of the week, whenever the clinic is first looked at.
      { weekdays: [7], ...span('11:00', '17:00') },
    ],
  },
  {
    name: 'Aylin Demir',
    title: 'Laser therapist',
    hue: 1,
    bio: 'Certified for diode lasers; plans every course over a year.',
    services: [...laser, 'HYDRA', 'NEEDLE'],
    masters: [],
    shifts: [
      { weekdays: [1, 4, 5], ...span('09:00', '17:30'), breaks: [span('12:30', '13:15')] },
      { weekdays: [6], ...span('10:00', '16:00'), breaks: [span('13:00', '13:30')] },
    ],
  },
  {
    name: 'Mila Novák',
    title: 'Cosmetologist',
    hue: 4,
    bio: 'Blemished and sensitive skin, teenagers welcome.',
    services: [...face, 'PATCH'],
    masters: [],
    shifts: [
      { weekdays: [2, 3, 4, 5], ...span('11:00', '19:30'), breaks: [span('15:00', '15:30')] },
      { weekdays: [7], ...span('12:00', '18:00'), breaks: [span('15:00', '15:20')] },
    ],
  },
];

export const seedPlaces = [
  { kind: 'room', type: 'consulting room', name: 'Consulting room' },
  { kind: 'room', type: 'treatment room', name: 'Room 1, garden' },
  { kind: 'room', type: 'treatment room', name: 'Room 2, street' },
  { kind: 'room', type: 'treatment room', name: 'Room 3, attic' },
  { kind: 'room', type: 'laser room', name: 'Laser room' },
  { kind: 'device', type: 'diode laser', name: 'Diode laser' },
  { kind: 'device', type: 'hydra unit', name: 'Hydra unit' },
  { kind: 'device', type: 'LED panel', name: 'LED panel' },
  { kind: 'device', type: 'microneedling pen', name: 'Microneedling pen 1' },
  { kind: 'device', type: 'microneedling pen', name: 'Microneedling pen 2' },
] as const;

export const specialistIdAt = (index: number): string => seedId('resource', index + 1);
export const placeIdAt = (index: number): string => seedId('resource', 100 + index);

/** Writes rooms, devices, specialists, what they offer and their weekly hours. */
export async function seedTeam(tx: Tx, locationId: string): Promise<void> {
  await tx.resource.createMany({
    data: [
      ...seedSpecialists.map(({ name }, index) => ({
        id: specialistIdAt(index),
        locationId,
        kind: 'specialist',
        type: 'specialist',
        name,
        rank: index,
      })),
      ...seedPlaces.map((place, index) => ({ id: placeIdAt(index), locationId, rank: index, ...place })),
    ],
  });
  await tx.specialist.createMany({
    data: seedSpecialists.map(({ title, bio, hue, maxPerDay, accountNumber }, index) => ({
      id: specialistIdAt(index),
      title,
      bio,
      hue,
      maxPerDay: maxPerDay ?? null,
      accountId: accountNumber ? seedId('account', accountNumber) : null,
    })),
  });
  await tx.specialistService.createMany({
    data: seedSpecialists.flatMap(({ services, own }, index) =>
      services.map((code) => ({
        specialistId: specialistIdAt(index),
        serviceId: serviceIdOf(code),
        minutes: own?.[code]?.minutes ?? null,
        priceMinor: own?.[code]?.price ?? null,
      })),
    ),
  });
  await tx.specialistTechnique.createMany({
    data: seedSpecialists.flatMap((specialist, index) =>
      seedServices.flatMap((service) =>
        specialist.services.includes(service.code)
          ? (service.techniques ?? [])
              .filter(
                ({ name, mastery }) =>
                  !mastery ||
                  specialist.masters.some(([code, mastered]) => code === service.code && mastered === name),
              )
              .map(({ name }) => ({
                specialistId: specialistIdAt(index),
                techniqueId: techniqueIdOf(service.code, name),
              }))
          : [],
      ),
    ),
  });
  await tx.schedule.createMany({
    data: seedSpecialists.map((_, index) => ({
      id: seedId('schedule', index + 1),
      resourceId: specialistIdAt(index),
      locationId,
    })),
  });
  const intervals = seedSpecialists.flatMap(({ shifts }, index) =>
    shifts.flatMap(({ weekdays, startMinute, endMinute, breaks }) =>
      weekdays.map((weekday) => ({
        scheduleId: seedId('schedule', index + 1),
        weekday,
        startMinute,
        endMinute,
        breaks: (breaks ?? []).map(({ startMinute: from, endMinute: to }) => ({
          startMinute: from,
          endMinute: to,
        })),
      })),
    ),
  );
  await tx.weeklyInterval.createMany({
    data: intervals.map((interval, index) => ({ id: seedId('interval', index + 1), ...interval })),
  });
}
