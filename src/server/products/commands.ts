/** What is drawn with: products and their lots. */
import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { lotRefInput, productRefInput, saveLotInput, saveProductInput } from '../../domain/product.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Tx, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, refusingViolations, undo } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

const violations = {
  product_code_key: { path: 'product.code', code: 'taken' },
  lot_product_id_number_key: { path: 'lot.number', code: 'taken' },
};

/** Drawings of clients whose cards the administrator doesn't see count, too: what is asked of them is asked by the system. */
const overAll = (deps: Deps, actor: Actor) => asSystem(deps, 'where a product is used', actor).db;

/** Written by hand: what an import brings has prices and a stock of its own. */
const withoutStock = { priceMinor: 0, costMinor: 0 };

/**
 * Makes a product to draw with, or changes one; a product of the stock becomes one by its first save here. Refuses `forbidden`,
 * `not_found`, `stale`, a code in use at its field, and another unit for one that finished drawings have counted in the old one.
 */
export async function saveProduct(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveProductInput>,
): Promise<Result<{ productId: string; version: number }>> {
  if (!can(actor, 'product.edit')) return refuse('forbidden');
  const { product } = input;
  const work = transact(
    overAll(deps, actor),
    async (tx): Promise<Result<{ productId: string; version: number }>> => {
      const productId = input.productId ?? deps.newId();
      if (input.productId === null)
        await tx.product.create({ data: { ...product, ...withoutStock, id: productId } });
      const version =
        input.productId === null
          ? 1
          : await writeOver('product', input.version, {
              write: (read) =>
                tx.product.updateMany({
                  where: { id: productId, version: read },
                  data: { ...product, version: nextVersion },
                }),
              exists: () => tx.product.count({ where: { id: productId } }),
            });
      const otherwise = await tx.schemeDose.count({ where: { productId, unit: { not: product.doseUnit } } });
      if (otherwise > 0) throw undo(invalid('product.doseUnit', 'unit_in_use', { count: otherwise }));
      await noteChange(tx, { topic: 'catalogue', entityId: productId });
      return done({ productId, version });
    },
  );
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

/** What drawings hold of these lots: doses of finished ones, and choices of those still being drawn. */
async function usesOf(tx: Tx, lotIds: readonly string[]): Promise<number> {
  const where = { lotId: { in: [...lotIds] } };
  return (await tx.schemeDose.count({ where })) + (await tx.schemeMark.count({ where }));
}

/**
 * Removes a product nothing was drawn with, and its lots; one of the stock stays there and is only no longer drawn with. Refuses
 * `forbidden`, `not_found`, `in_use` with the number of doses: put it out of use instead.
 */
export async function removeProduct(
  deps: Deps,
  actor: Actor,
  { productId }: z.infer<typeof productRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'product.edit')) return refuse('forbidden');
  const result = await transact(overAll(deps, actor), async (tx): Promise<Result<null>> => {
    // Locked against a drawing that is being finished with it: its dose's reference waits for this transaction.
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM product WHERE id = ${productId}::uuid AND dose_unit IS NOT NULL FOR UPDATE`;
    if (found.length === 0) return refuse('not_found', { noun: 'product' });
    const lots = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM lot WHERE product_id = ${productId}::uuid FOR UPDATE`;
    const doses = await tx.schemeDose.count({ where: { productId, lotId: null } });
    const count =
      doses +
      (await usesOf(
        tx,
        lots.map(({ id }) => id),
      ));
    if (count > 0) return refuse('in_use', { noun: 'product', count });
    await tx.lot.deleteMany({ where: { productId } });
    const isOfStock = (await tx.importedCode.count({ where: { entityId: productId } })) > 0;
    if (isOfStock)
      await tx.product.update({ where: { id: productId }, data: { doseUnit: null, version: nextVersion } });
    else await tx.product.delete({ where: { id: productId } });
    await noteChange(tx, { topic: 'catalogue', entityId: productId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/**
 * Makes a lot of a product, or changes one. Refuses `forbidden`, `not_found` where the product isn't drawn with or the lot is another's,
 * `stale`, and a number that the product has already at its field.
 */
export async function saveLot(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveLotInput>,
): Promise<Result<{ lotId: string; version: number }>> {
  if (!can(actor, 'product.edit')) return refuse('forbidden');
  const { productId } = input;
  const { number, isActive } = input.lot;
  const data = { number, isActive, expiresOn: new Date(`${input.lot.expiresOn}T00:00:00Z`) };
  const work = transact(deps.db, async (tx): Promise<Result<{ lotId: string; version: number }>> => {
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM product WHERE id = ${productId}::uuid AND dose_unit IS NOT NULL FOR SHARE`;
    if (found.length === 0) return refuse('not_found', { noun: 'product' });
    const lotId = input.lotId ?? deps.newId();
    if (input.lotId === null)
      await tx.lot.create({ data: { ...data, id: lotId, productId, createdAt: deps.now() } });
    const version =
      input.lotId === null
        ? 1
        : await writeOver('lot', input.version, {
            write: (read) =>
              tx.lot.updateMany({
                where: { id: lotId, productId, version: read },
                data: { ...data, version: nextVersion },
              }),
            exists: () => tx.lot.count({ where: { id: lotId, productId } }),
          });
    await noteChange(tx, { topic: 'catalogue', entityId: productId });
    return done({ lotId, version });
  });
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

/** Removes a lot nothing was drawn with. Refuses `forbidden`, `not_found`, `in_use`: put it out of use instead. */
export async function removeLot(
  deps: Deps,
  actor: Actor,
  { lotId }: z.infer<typeof lotRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'product.edit')) return refuse('forbidden');
  const result = await transact(overAll(deps, actor), async (tx): Promise<Result<null>> => {
    const [lot] = await tx.$queryRaw<{ product_id: string }[]>`
      SELECT product_id FROM lot WHERE id = ${lotId}::uuid FOR UPDATE`;
    if (!lot) return refuse('not_found', { noun: 'lot' });
    const count = await usesOf(tx, [lotId]);
    if (count > 0) return refuse('in_use', { noun: 'lot', count });
    await tx.lot.delete({ where: { id: lotId } });
    await noteChange(tx, { topic: 'catalogue', entityId: lot.product_id });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}
