import { saveAccessRuleInput, saveClinicInput, savePolicyInput } from '../../domain/clinic.ts';
import { locationRefInput, saveLocationInput } from '../../domain/location.ts';
import {
  deleteLocation,
  saveAccessRule,
  saveClinic,
  saveLocation,
  savePolicy,
} from '../../server/clinic/commands.ts';
import { readSettings } from '../../server/clinic/queries.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const clinicRouter = router({
  settings: staffProcedure('settings.view').query(async ({ ctx }) => unwrap(await readSettings(ctx.deps.db))),
  save: staffProcedure('settings.edit')
    .input(saveClinicInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveClinic(ctx.deps, ctx.actor, input))),
  saveAccessRule: staffProcedure('settings.edit')
    .input(saveAccessRuleInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveAccessRule(ctx.deps, ctx.actor, input))),
  savePolicy: staffProcedure('settings.edit')
    .input(savePolicyInput)
    .mutation(async ({ ctx, input }) => unwrap(await savePolicy(ctx.deps, ctx.actor, input))),
  saveLocation: staffProcedure('settings.edit')
    .input(saveLocationInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveLocation(ctx.deps, ctx.actor, input))),
  deleteLocation: staffProcedure('settings.edit')
    .input(locationRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteLocation(ctx.deps, ctx.actor, input))),
});
