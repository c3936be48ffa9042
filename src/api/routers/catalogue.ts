import {
  categoryRefInput,
  moveServiceInput,
  orderCategoriesInput,
  saveCategoryInput,
  saveServiceInput,
  serviceRefInput,
} from '../../domain/service.ts';
import {
  deleteCategory,
  deleteService,
  moveServices,
  orderCategories,
  saveCategory,
} from '../../server/catalogue/commands.ts';
import { publicCatalogue } from '../../server/catalogue/public.ts';
import { listCatalogue, readService } from '../../server/catalogue/queries.ts';
import { saveService } from '../../server/catalogue/save-service.ts';
import { openProcedure, router, staffProcedure, unwrap } from '../trpc.ts';

export const catalogueRouter = router({
  /** What anyone may see and book. */
  public: openProcedure('catalogue.view_public').query(({ ctx }) => publicCatalogue(ctx.deps.db)),
  list: staffProcedure('catalogue.view').query(({ ctx }) => listCatalogue(ctx.deps.db)),
  service: staffProcedure('catalogue.view')
    .input(serviceRefInput)
    .query(async ({ ctx, input }) => unwrap(await readService(ctx.deps.db, input))),
  saveService: staffProcedure('catalogue.edit')
    .input(saveServiceInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveService(ctx.deps, ctx.actor, input))),
  deleteService: staffProcedure('catalogue.edit')
    .input(serviceRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteService(ctx.deps, ctx.actor, input))),
  moveServices: staffProcedure('catalogue.edit')
    .input(moveServiceInput)
    .mutation(async ({ ctx, input }) => unwrap(await moveServices(ctx.deps, ctx.actor, input))),
  saveCategory: staffProcedure('catalogue.edit')
    .input(saveCategoryInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveCategory(ctx.deps, ctx.actor, input))),
  deleteCategory: staffProcedure('catalogue.edit')
    .input(categoryRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteCategory(ctx.deps, ctx.actor, input))),
  orderCategories: staffProcedure('catalogue.edit')
    .input(orderCategoriesInput)
    .mutation(async ({ ctx, input }) => unwrap(await orderCategories(ctx.deps, ctx.actor, input))),
});
