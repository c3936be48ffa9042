/** What the seeded clinic draws with: names of kinds, not of makers, with lots as they lie in a fridge. */
import { addDays } from '../../domain/schedule.ts';
import type { DoseUnit } from '../../domain/scheme/marks.ts';
import type { Tx } from '../db.ts';
import { seedId } from './fixed.ts';

interface SeedProduct {
  code: string;
  name: string;
  category: string;
  doseUnit: DoseUnit;
  hue: number;
  /** Cents for what one package costs and is sold at. */
  cost: number;
  price: number;
  off?: true;
  /** Number, and how many days from today it may still be used. */
  lots: readonly (readonly [number: string, days: number])[];
}

export const seedProductList: readonly SeedProduct[] = [
  {
    code: 'BTX-100',
    name: 'Botulinum toxin A, 100 U',
    category: 'Botulinum toxins',
    doseUnit: 'U',
    hue: 1,
    cost: 14_900,
    price: 39_000,
    lots: [
      ['C7391', 412],
      ['C7204', 19],
      ['C6987', -34],
    ],
  },
  {
    code: 'BTX-50',
    name: 'Botulinum toxin A, 50 U',
    category: 'Botulinum toxins',
    doseUnit: 'U',
    hue: 3,
    cost: 8_900,
    price: 24_000,
    lots: [['A5518', 301]],
  },
  {
    code: 'ABO-500',
    name: 'AbobotulinumtoxinA, 500 U',
    category: 'Botulinum toxins',
    doseUnit: 'U',
    hue: 5,
    cost: 16_400,
    price: 42_000,
    lots: [['V20418', 188]],
  },
  {
    code: 'HA-SOFT',
    name: 'Hyaluronic filler, soft',
    category: 'Fillers',
    doseUnit: 'ml',
    hue: 2,
    cost: 9_200,
    price: 28_000,
    lots: [
      ['19204-1', 530],
      ['18877-2', 96],
    ],
  },
  {
    code: 'HA-DEEP',
    name: 'Hyaluronic filler, volume',
    category: 'Fillers',
    doseUnit: 'ml',
    hue: 7,
    cost: 11_800,
    price: 36_000,
    lots: [['20611-1', 604]],
  },
  {
    code: 'HA-LIP',
    name: 'Hyaluronic filler, lips',
    category: 'Fillers',
    doseUnit: 'ml',
    hue: 9,
    cost: 9_900,
    price: 30_000,
    lots: [
      ['L4471', 27],
      ['L4602', 365],
    ],
  },
  {
    code: 'CAHA-15',
    name: 'Calcium hydroxylapatite, 1.5 ml',
    category: 'Fillers',
    doseUnit: 'ml',
    hue: 4,
    cost: 17_500,
    price: 45_000,
    lots: [['100174532', 240]],
  },
  {
    code: 'SB-20',
    name: 'Skin booster, 2 ml',
    category: 'Skin boosters',
    doseUnit: 'ml',
    hue: 6,
    cost: 7_400,
    price: 22_000,
    lots: [
      ['SB2211', 333],
      ['SB2098', -3],
    ],
  },
  {
    code: 'PN-20',
    name: 'Polynucleotides, 2 ml',
    category: 'Skin boosters',
    doseUnit: 'ml',
    hue: 8,
    cost: 8_100,
    price: 24_500,
    lots: [['PN0187', 271]],
  },
  {
    code: 'PEEL-TCA15',
    name: 'Peel, TCA 15 %',
    category: 'Peels',
    doseUnit: 'ml',
    hue: 10,
    cost: 2_600,
    price: 9_000,
    lots: [['T15-088', 61]],
  },
  {
    code: 'PEEL-AHA',
    name: 'Peel, glycolic 30 %',
    category: 'Peels',
    doseUnit: 'ml',
    hue: 3,
    cost: 1_900,
    price: 7_000,
    off: true,
    lots: [['G30-412', -120]],
  },
];

/** Everything the demo draws with; `today` is the clinic's local day. */
export async function seedProducts(tx: Tx, now: Date, today: string): Promise<void> {
  await tx.product.createMany({
    data: seedProductList.map(({ code, name, category, doseUnit, hue, cost, price, off }, index) => ({
      id: seedId('product', index + 1),
      code,
      name,
      category,
      doseUnit,
      hue,
      costMinor: cost,
      priceMinor: price,
      isActive: off !== true,
    })),
  });
  const lots = seedProductList.flatMap((product, index) =>
    product.lots.map(([number, days]) => ({ productId: seedId('product', index + 1), number, days })),
  );
  await tx.lot.createMany({
    data: lots.map(({ productId, number, days }, index) => ({
      id: seedId('lot', index + 1),
      productId,
      number,
      expiresOn: new Date(`${addDays(today, days)}T00:00:00Z`),
      createdAt: now,
    })),
  });
}
