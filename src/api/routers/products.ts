import {
  lotRefInput,
  otherProductsInput,
  productRefInput,
  saveLotInput,
  saveProductInput,
} from '../../domain/product.ts';
import { removeLot, removeProduct, saveLot, saveProduct } from '../../server/products/commands.ts';
import { listProducts, otherProducts } from '../../server/products/queries.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const productsRouter = router({
  /** What is drawn with: the editor chooses from it, the settings edit it. */
  list: staffProcedure('product.list').query(({ ctx }) => listProducts(ctx.deps.db, ctx.deps.now())),
  others: staffProcedure('product.edit')
    .input(otherProductsInput)
    .query(({ ctx, input }) => otherProducts(ctx.deps.db, input)),
  save: staffProcedure('product.edit')
    .input(saveProductInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveProduct(ctx.deps, ctx.actor, input))),
  remove: staffProcedure('product.edit')
    .input(productRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await removeProduct(ctx.deps, ctx.actor, input))),
  saveLot: staffProcedure('product.edit')
    .input(saveLotInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveLot(ctx.deps, ctx.actor, input))),
  removeLot: staffProcedure('product.edit')
    .input(lotRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await removeLot(ctx.deps, ctx.actor, input))),
});
