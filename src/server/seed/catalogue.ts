/** The price list of the seeded clinic: euros in cents, minutes, who may book what. */
import type { Need } from '../../domain/plan.ts';
import type { Tx } from '../db.ts';
import { seedId } from './fixed.ts';

export interface SeedTechnique {
  name: string;
  selection: 'required' | 'optional' | 'one_of';
  group?: string;
  minutes: number;
  price: number;
  mastery?: true;
  needs?: Need[];
}

export interface SeedService {
  code: string;
  category: string;
  name: string;
  description: string;
  minutes: number;
  price: number;
  hue: number;
  isPriceFrom?: true;
  before?: number;
  after?: number;
  processing?: { afterMinutes: number; minutes: number };
  offline?: true;
  bookableBy?: 'existing' | 'invited';
  needsApproval?: true;
  needs: Need[];
  techniques?: SeedTechnique[];
  requires?: { code: string; minHours: number; maxDays: number };
}

const room = (type: string): Need => ({ kind: 'room', type, count: 1 });
const device = (type: string): Need => ({ kind: 'device', type, count: 1 });
const treatment = room('treatment room');
const patchTest = { code: 'PATCH', minHours: 24, maxDays: 180 };

export const seedCategories = ['Consultations', 'Face', 'Injectables', 'Laser', 'Body'] as const;

export const seedServices: readonly SeedService[] = [
  {
    code: 'CONS',
    category: 'Consultations',
    name: 'Skin consultation',
    minutes: 30,
    price: 6000,
    hue: 8,
    needs: [room('consulting room')],
    description: 'A first talk with a look at the skin under magnifying light, and a written plan.',
  },
  {
    code: 'FOLLOW',
    category: 'Consultations',
    name: 'Follow-up',
    minutes: 15,
    price: 0,
    hue: 8,
    bookableBy: 'existing',
    needs: [room('consulting room')],
    description: 'Two weeks after an injection or a peel: how it settled, and what comes next.',
  },
  {
    code: 'PATCH',
    category: 'Consultations',
    name: 'Laser patch test',
    minutes: 15,
    price: 0,
    hue: 8,
    needs: [room('laser room'), device('diode laser')],
    description: 'Three test pulses; needed at least a day before any laser treatment.',
  },
  {
    code: 'FACIAL',
    category: 'Face',
    name: 'Classic facial',
    minutes: 60,
    price: 8500,
    hue: 6,
    after: 10,
    needs: [treatment],
    description: 'Cleansing, peeling, massage and a mask chosen with you.',
    techniques: [
      { name: 'Calming mask', selection: 'one_of', group: 'mask', minutes: 0, price: 0 },
      { name: 'Vitamin C mask', selection: 'one_of', group: 'mask', minutes: 0, price: 1000 },
      { name: 'Algae peel-off mask', selection: 'one_of', group: 'mask', minutes: 10, price: 1500 },
      { name: 'Neck and décolleté', selection: 'optional', minutes: 15, price: 2000 },
      { name: 'Brow shaping', selection: 'optional', minutes: 10, price: 1200 },
    ],
  },
  {
    code: 'DEEP',
    category: 'Face',
    name: 'Deep cleansing facial',
    minutes: 75,
    price: 9500,
    hue: 6,
    after: 10,
    processing: { afterMinutes: 20, minutes: 15 },
    needs: [treatment],
    description: 'Steam, manual cleansing and a rest under the mask for blemished skin.',
    techniques: [{ name: 'High-frequency treatment', selection: 'optional', minutes: 10, price: 1500 }],
  },
  {
    code: 'HYDRA',
    category: 'Face',
    name: 'Hydra facial',
    minutes: 45,
    price: 12900,
    hue: 1,
    after: 5,
    needs: [treatment, device('hydra unit')],
    description: 'Cleansing, exfoliation and serum by gentle suction; no downtime.',
    techniques: [
      { name: 'LED light', selection: 'optional', minutes: 15, price: 2500, needs: [device('LED panel')] },
      { name: 'Lymphatic drainage of the face', selection: 'optional', minutes: 15, price: 3000 },
    ],
  },
  {
    code: 'PEEL',
    category: 'Face',
    name: 'Chemical peel',
    minutes: 35,
    price: 11000,
    hue: 4,
    after: 10,
    needs: [treatment],
    description: 'A fruit acid or TCA peel matched to skin type and season.',
    techniques: [
      { name: 'Preparation and degreasing', selection: 'required', minutes: 10, price: 0 },
      { name: 'Mandelic acid 30 %', selection: 'one_of', group: 'acid', minutes: 0, price: 0 },
      {
        name: 'Glycolic acid 50 %',
        selection: 'one_of',
        group: 'acid',
        minutes: 0,
        price: 1500,
        mastery: true,
      },
      { name: 'TCA 15 %', selection: 'one_of', group: 'acid', minutes: 15, price: 6000, mastery: true },
    ],
  },
  {
    code: 'NEEDLE',
    category: 'Face',
    name: 'Microneedling',
    minutes: 60,
    price: 18000,
    hue: 4,
    after: 10,
    needs: [treatment, device('microneedling pen')],
    description: 'Fine needles stimulate collagen; numbing cream works while you rest.',
    processing: { afterMinutes: 15, minutes: 15 },
    techniques: [
      { name: 'Exosome serum', selection: 'optional', minutes: 0, price: 9000 },
      { name: 'Platelet-rich plasma', selection: 'optional', minutes: 20, price: 15000, mastery: true },
    ],
  },
  {
    code: 'BOTOX',
    category: 'Injectables',
    name: 'Botulinum toxin, upper face',
    minutes: 30,
    price: 22000,
    isPriceFrom: true,
    hue: 5,
    before: 5,
    after: 5,
    needs: [treatment],
    description: 'Frown, forehead and crow’s feet; the price follows the regions treated.',
    techniques: [
      { name: 'Frown lines', selection: 'required', minutes: 0, price: 0 },
      { name: 'Forehead', selection: 'optional', minutes: 5, price: 9000 },
      { name: 'Crow’s feet', selection: 'optional', minutes: 10, price: 12000 },
      { name: 'Masseter', selection: 'optional', minutes: 10, price: 20000, mastery: true },
    ],
  },
  {
    code: 'LIPS',
    category: 'Injectables',
    name: 'Lip filler',
    minutes: 45,
    price: 32000,
    hue: 7,
    before: 5,
    after: 10,
    needsApproval: true,
    needs: [treatment],
    description: 'Hyaluronic acid for shape or moisture. A doctor looks at every request first.',
    techniques: [
      { name: 'Needle', selection: 'one_of', group: 'way', minutes: 0, price: 0 },
      { name: 'Cannula', selection: 'one_of', group: 'way', minutes: 10, price: 4000, mastery: true },
    ],
  },
  {
    code: 'BOOST',
    category: 'Injectables',
    name: 'Skin booster',
    minutes: 45,
    price: 26000,
    hue: 7,
    before: 5,
    after: 5,
    needs: [treatment],
    description: 'Micro-injections of hyaluronic acid for dry, tired skin.',
  },
  {
    code: 'THREAD',
    category: 'Injectables',
    name: 'Thread lift',
    minutes: 90,
    price: 69000,
    hue: 3,
    before: 10,
    after: 15,
    bookableBy: 'invited',
    needs: [treatment],
    description: 'By invitation after a consultation.',
  },
  {
    code: 'LEGS',
    category: 'Laser',
    name: 'Laser hair removal, legs',
    minutes: 45,
    price: 12000,
    hue: 2,
    after: 5,
    needs: [room('laser room'), device('diode laser')],
    requires: patchTest,
    description: 'Diode laser; a course takes six to eight visits.',
  },
  {
    code: 'ARMPIT',
    category: 'Laser',
    name: 'Laser hair removal, underarms',
    minutes: 20,
    price: 6000,
    hue: 2,
    after: 5,
    needs: [room('laser room'), device('diode laser')],
    requires: patchTest,
    description: 'Diode laser; a course takes six to eight visits.',
    techniques: [{ name: 'Bikini line', selection: 'optional', minutes: 15, price: 4500 }],
  },
  {
    code: 'VESSEL',
    category: 'Laser',
    name: 'Vessel removal',
    minutes: 30,
    price: 15000,
    hue: 2,
    after: 5,
    needsApproval: true,
    needs: [room('laser room'), device('diode laser')],
    requires: patchTest,
    description: 'Small red vessels on the face and the legs.',
  },
  {
    code: 'LYMPH',
    category: 'Body',
    name: 'Lymphatic massage',
    minutes: 60,
    price: 8000,
    hue: 10,
    after: 10,
    needs: [treatment],
    description: 'Slow manual drainage of legs or belly.',
  },
  {
    code: 'HANDS',
    category: 'Body',
    name: 'Hand rejuvenation',
    minutes: 40,
    price: 9900,
    hue: 10,
    offline: true,
    needs: [treatment],
    description: 'Peel, serum and massage; booked by phone.',
  },
];

export const serviceIdOf = (code: string): string =>
  seedId('service', seedServices.findIndex((service) => service.code === code) + 1);

/** Numbered through the whole price list. */
export const techniqueIdOf = (code: string, name: string): string => {
  let number = 0;
  for (const service of seedServices) {
    for (const technique of service.techniques ?? []) {
      number += 1;
      if (service.code === code && technique.name === name) return seedId('technique', number);
    }
  }
  throw new RangeError(`no technique ${name} in ${code}`);
};

/** Writes the price list. Promises the fixed ids above. */
export async function seedCatalogue(tx: Tx): Promise<void> {
  await tx.serviceCategory.createMany({
    data: seedCategories.map((name, index) => ({ id: seedId('category', index + 1), name, rank: index })),
  });
  await tx.service.createMany({
    data: seedServices.map((service, index) => ({
      id: serviceIdOf(service.code),
      categoryId: seedId('category', seedCategories.findIndex((name) => name === service.category) + 1),
      code: service.code,
      name: service.name,
      description: service.description,
      baseMinutes: service.minutes,
      priceMinor: service.price,
      isPriceFrom: service.isPriceFrom ?? false,
      bufferBeforeMinutes: service.before ?? 0,
      bufferAfterMinutes: service.after ?? 0,
      processingAfterMinutes: service.processing?.afterMinutes ?? null,
      processingMinutes: service.processing?.minutes ?? null,
      isOnline: !service.offline,
      bookableBy: service.bookableBy ?? 'everyone',
      needsApproval: service.needsApproval ?? false,
      hue: service.hue,
      rank: index,
    })),
  });
  await tx.servicePrerequisite.createMany({
    data: seedServices.flatMap(({ code, requires }) =>
      requires
        ? [
            {
              serviceId: serviceIdOf(code),
              requiredServiceId: serviceIdOf(requires.code),
              minHours: requires.minHours,
              maxDays: requires.maxDays,
            },
          ]
        : [],
    ),
  });
  await tx.technique.createMany({
    data: seedServices.flatMap((service) =>
      (service.techniques ?? []).map((technique, index) => ({
        id: techniqueIdOf(service.code, technique.name),
        serviceId: serviceIdOf(service.code),
        name: technique.name,
        selection: technique.selection,
        groupKey: technique.group ?? null,
        minutes: technique.minutes,
        priceMinor: technique.price,
        masteryRequired: technique.mastery ?? false,
        rank: index,
      })),
    ),
  });
  const requirements = seedServices.flatMap((service) => [
    ...service.needs.map((need) => ({ need, serviceId: serviceIdOf(service.code), techniqueId: null })),
    ...(service.techniques ?? []).flatMap((technique) =>
      (technique.needs ?? []).map((need) => ({
        need,
        serviceId: null,
        techniqueId: techniqueIdOf(service.code, technique.name),
      })),
    ),
  ]);
  await tx.resourceRequirement.createMany({
    data: requirements.map(({ need, ...owner }, index) => ({
      id: seedId('requirement', index + 1),
      ...owner,
      kind: need.kind,
      resourceType: need.type,
      count: need.count,
    })),
  });
}
