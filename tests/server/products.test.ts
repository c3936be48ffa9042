/** What is drawn with: products and lots, edited over what was seen, never taken from under a drawing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  expiryOf,
  type LotFields,
  type ProductFields,
  saveLotInput,
  saveProductInput,
} from '../../src/domain/product.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { onBehalfOf } from '../../src/server/deps.ts';
import { removeLot, removeProduct, saveLot, saveProduct } from '../../src/server/products/commands.ts';
import { listProducts, otherProducts } from '../../src/server/products/queries.ts';
import { by } from '../support/by.ts';
import { openDeps } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyTables, houseTables } from '../support/empty-tables.ts';
import { makeHouse } from '../support/house.ts';
import { makeCard, staff } from '../support/people.ts';

const database = fileDatabase();
const clock = fixedClock();
let deps: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  deps = await openDeps(database(), clock);
});
afterAll(() => deps.close());
beforeEach(async () => {
  await emptyTables(database().ownerUrl, [...houseTables, 'product', 'imported_code']);
  await makeHouse(database().db);
});

const admin = staff('administrator');
/** Looks after the catalogue, and sees no card at all. */
const keeper = { ...staff('specialist'), rights: new Set(['catalogue.edit'] as const) };
const today = '2026-06-03';

const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const botulinum: ProductFields = {
  code: 'BOT-100',
  name: 'Botulinum',
  doseUnit: 'U',
  hue: 3,
  isActive: true,
};
const first: LotFields = { number: 'C1234', expiresOn: '2026-12-31', isActive: true };
const make = async (changes: Partial<ProductFields> = {}) =>
  valueOf(
    await by(saveProduct, deps, keeper, {
      productId: null,
      version: null,
      product: { ...botulinum, ...changes },
    }),
  ).productId;
const lotOf = (productId: string, changes: Partial<LotFields> = {}) =>
  by(saveLot, deps, keeper, { productId, lotId: null, version: null, lot: { ...first, ...changes } });
const list = () => listProducts(onBehalfOf(deps, staff('specialist')).db, clock.now());
const others = (query: string) => otherProducts(onBehalfOf(deps, keeper).db, { query });

/** A finished drawing in which this was given. */
async function finishWith(given: { productId: string; lotId: string | null }): Promise<void> {
  const { db } = database();
  const at = clock.now();
  const clientId = await makeCard(db);
  const bytes = new Uint8Array([1]);
  const openedBy = admin.accountId;
  const scheme = await db.scheme.create({
    data: {
      id: deps.newId(),
      clientId,
      templateKey: 'face_front_female',
      status: 'finished',
      revision: 1,
      openedBy,
      openedAt: at,
      finishedBy: openedBy,
      finishedAt: at,
    },
  });
  await db.schemeRevision.create({
    data: {
      schemeId: scheme.id,
      number: 1,
      generation: 1,
      finishedBy: openedBy,
      finishedAt: at,
      hash: bytes,
      records: bytes,
      state: bytes,
      difference: {},
      svg: bytes,
      png: bytes,
    },
  });
  await db.schemeDose.create({
    data: {
      schemeId: scheme.id,
      number: 1,
      markId: 'm1',
      clientId,
      ...given,
      doseHundredths: 400,
      unit: 'U',
      givenOn: at,
    },
  });
}

describe('products', () => {
  test('one is made, changed over what was seen, and listed for all of the staff', async () => {
    const productId = await make();
    const save = (version: number | null, changes: Partial<ProductFields>) =>
      by(saveProduct, deps, admin, { productId, version, product: { ...botulinum, ...changes } });
    expect(valueOf(await save(1, { name: 'Botulinum toxin A', hue: 7 }))).toEqual({ productId, version: 2 });
    expect(refusalOf(await save(1, { hue: 8 }))).toEqual({ code: 'stale', noun: 'product' });
    expect(refusalOf(await save(null, { hue: 8 }))).toEqual({ code: 'stale', noun: 'product' });
    expect(await list()).toEqual({
      today,
      otherCount: 0,
      products: [{ ...botulinum, id: productId, version: 2, name: 'Botulinum toxin A', hue: 7, lots: [] }],
    });
  });

  test('a code stands once; what is wrong stands at its field', async () => {
    const productId = await make();
    const again = await by(saveProduct, deps, admin, { productId: null, version: null, product: botulinum });
    expect(refusalOf(again)).toEqual({
      code: 'invalid_input',
      issues: [{ path: 'product.code', code: 'taken' }],
    });
    const parsed = (product: object) => saveProductInput.safeParse({ productId, version: 1, product });
    expect(parsed(botulinum).success).toBe(true);
    for (const wrong of [{ doseUnit: 'mg' }, { hue: 11 }, { hue: 0 }, { name: '  ' }, { code: '' }])
      expect(parsed({ ...botulinum, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  });

  test('nobody without the right', async () => {
    const productId = await make();
    const lotId = valueOf(await lotOf(productId)).lotId;
    const reader = staff('receptionist');
    const answers = [
      await by(saveProduct, deps, reader, { productId, version: 1, product: botulinum }),
      await by(removeProduct, deps, reader, { productId }),
      await by(saveLot, deps, reader, { productId, lotId: null, version: null, lot: first }),
      await by(removeLot, deps, reader, { lotId }),
    ];
    expect(answers.map(refusalOf)).toEqual(answers.map(() => ({ code: 'forbidden' })));
  });

  test('PROD-3 one that finished drawings count is put out of use, not removed, and keeps its unit', async () => {
    const productId = await make();
    await finishWith({ productId, lotId: null });
    expect(refusalOf(await by(removeProduct, deps, keeper, { productId }))).toEqual({
      code: 'in_use',
      noun: 'product',
      count: 1,
    });
    const save = (changes: Partial<ProductFields>) =>
      by(saveProduct, deps, keeper, { productId, version: 1, product: { ...botulinum, ...changes } });
    expect(refusalOf(await save({ doseUnit: 'ml' }))).toMatchObject({
      issues: [{ path: 'product.doseUnit', code: 'unit_in_use' }],
    });
    valueOf(await save({ isActive: false }));
    expect((await list()).products).toMatchObject([{ isActive: false, doseUnit: 'U', version: 2 }]);
  });

  test('PROD-1 one of the stock is drawn with from its first save here, keeps its prices, and goes back when it is removed', async () => {
    const { db } = database();
    const stock = {
      id: deps.newId(),
      code: 'S-7',
      name: 'Filler',
      priceMinor: 9900,
      costMinor: 4100,
      onHand: 3,
    };
    await db.product.create({ data: stock });
    await db.importedCode.create({
      data: { origin: 'salon', noun: 'product', code: 'S-7', entityId: stock.id },
    });
    expect(await list()).toMatchObject({ products: [], otherCount: 1 });
    expect(await others('FILL')).toEqual([{ id: stock.id, version: 1, code: 'S-7', name: 'Filler' }]);
    expect(await others('%')).toEqual([]);
    const unready = await lotOf(stock.id);
    expect(refusalOf(unready)).toEqual({ code: 'not_found', noun: 'product' });
    const product: ProductFields = { code: 'S-7', name: 'Filler', doseUnit: 'ml', hue: 2, isActive: true };
    valueOf(await by(saveProduct, deps, keeper, { productId: stock.id, version: 1, product }));
    valueOf(await lotOf(stock.id));
    const told = await list();
    expect(told.products).toMatchObject([{ id: stock.id, doseUnit: 'ml' }]);
    expect(JSON.stringify(told)).not.toMatch(/9900|4100|price|cost/i);
    valueOf(await by(removeProduct, deps, keeper, { productId: stock.id }));
    expect(await db.product.findUnique({ where: { id: stock.id } })).toMatchObject({
      doseUnit: null,
      priceMinor: 9900,
      version: 3,
    });
    expect(refusalOf(await by(removeProduct, deps, keeper, { productId: stock.id }))).toMatchObject({
      code: 'not_found',
    });
  });

  test('one nothing was drawn with goes, and its lots with it', async () => {
    const productId = await make();
    valueOf(await lotOf(productId));
    valueOf(await by(removeProduct, deps, keeper, { productId }));
    expect(await list()).toMatchObject({ products: [], otherCount: 0 });
    expect(await database().db.lot.count()).toBe(0);
  });
});

describe('lots', () => {
  test('PROD-2 are listed with what is left of them', async () => {
    const productId = await make();
    for (const [number, expiresOn] of [
      ['gone', '2026-06-02'],
      ['today', today],
      ['soon', '2026-07-03'],
      ['good', '2026-07-04'],
    ] as const)
      valueOf(await lotOf(productId, { number, expiresOn }));
    valueOf(await lotOf(productId, { number: 'off', expiresOn: '2027-01-01', isActive: false }));
    expect((await list()).products[0]?.lots.map(({ number, expiry }) => [number, expiry])).toEqual([
      ['good', 'good'],
      ['soon', 'soon'],
      ['today', 'soon'],
      ['gone', 'expired'],
      ['off', 'good'],
    ]);
    expect(expiryOf('2026-06-02', today)).toBe('expired');
  });

  test('a number stands once with a product, and may stand with another', async () => {
    const productId = await make();
    const otherId = await make({ code: 'BOT-50' });
    const { lotId } = valueOf(await lotOf(productId));
    valueOf(await lotOf(otherId));
    expect(refusalOf(await lotOf(productId))).toEqual({
      code: 'invalid_input',
      issues: [{ path: 'lot.number', code: 'taken' }],
    });
    const save = (of: string, version: number) =>
      by(saveLot, deps, keeper, { productId: of, lotId, version, lot: { ...first, isActive: false } });
    expect(refusalOf(await save(otherId, 1))).toEqual({ code: 'not_found', noun: 'lot' });
    expect(valueOf(await save(productId, 1))).toEqual({ lotId, version: 2 });
    expect(refusalOf(await save(productId, 1))).toEqual({ code: 'stale', noun: 'lot' });
    const wrong = { productId, lotId, version: 1, lot: { ...first, expiresOn: '2026-02-30' } };
    expect(saveLotInput.safeParse(wrong).success).toBe(false);
  });

  test('PROD-3 one in a drawing stays, whoever may see the drawing; one in none goes', async () => {
    const productId = await make();
    const used = valueOf(await lotOf(productId)).lotId;
    const unused = valueOf(await lotOf(productId, { number: 'D2' })).lotId;
    await finishWith({ productId, lotId: used });
    expect(refusalOf(await by(removeLot, deps, keeper, { lotId: used }))).toEqual({
      code: 'in_use',
      noun: 'lot',
      count: 1,
    });
    expect(refusalOf(await by(removeProduct, deps, keeper, { productId }))).toMatchObject({
      code: 'in_use',
      count: 1,
    });
    valueOf(await by(removeLot, deps, keeper, { lotId: unused }));
    expect(refusalOf(await by(removeLot, deps, keeper, { lotId: unused }))).toEqual({
      code: 'not_found',
      noun: 'lot',
    });
  });
});
