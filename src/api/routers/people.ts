import { resourceRefInput, saveResourceInput } from '../../domain/resource.ts';
import { orderSpecialistsInput, saveSpecialistInput, specialistRefInput } from '../../domain/specialist.ts';
import {
  createStaffInput,
  endSessionsInput,
  resetPasswordInput,
  staffDeviceInput,
  staffRefInput,
  updateStaffInput,
} from '../../domain/staff-account.ts';
import { endSessionsOf, forgetDeviceOf, readPresence } from '../../server/access/presence.ts';
import {
  listResources,
  listSpecialists,
  listStaff,
  readSpecialist,
  specialistChoices,
} from '../../server/people/queries.ts';
import { deleteResource, saveResource } from '../../server/people/resources.ts';
import { deleteSpecialist, orderSpecialists, saveSpecialist } from '../../server/people/specialists.ts';
import { createStaff, resetPassword, updateStaff } from '../../server/people/staff.ts';
import { freshlyProven, router, staffProcedure, unwrap } from '../trpc.ts';

export const peopleRouter = router({
  specialists: staffProcedure('people.view').query(({ ctx }) => listSpecialists(ctx.deps.db)),
  specialist: staffProcedure('people.edit')
    .input(specialistRefInput)
    .query(async ({ ctx, input }) => unwrap(await readSpecialist(ctx.deps.db, input))),
  choices: staffProcedure('people.edit').query(({ ctx }) => specialistChoices(ctx.deps.db, ctx.actor)),
  saveSpecialist: staffProcedure('people.edit')
    .input(saveSpecialistInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveSpecialist(ctx.deps, ctx.actor, input))),
  deleteSpecialist: staffProcedure('people.edit')
    .input(specialistRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteSpecialist(ctx.deps, ctx.actor, input))),
  orderSpecialists: staffProcedure('people.edit')
    .input(orderSpecialistsInput)
    .mutation(async ({ ctx, input }) => unwrap(await orderSpecialists(ctx.deps, ctx.actor, input))),
  resources: staffProcedure('people.view').query(({ ctx }) => listResources(ctx.deps.db)),
  saveResource: staffProcedure('people.edit')
    .input(saveResourceInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveResource(ctx.deps, ctx.actor, input))),
  deleteResource: staffProcedure('people.edit')
    .input(resourceRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteResource(ctx.deps, ctx.actor, input))),
  /** Addresses of colleagues and their roles: for who gives them. */
  staff: staffProcedure('people.edit').query(({ ctx }) => listStaff(ctx.deps.db, ctx.actor)),
  createStaff: staffProcedure('people.edit')
    .use(freshlyProven)
    .input(createStaffInput)
    .mutation(async ({ ctx, input }) => unwrap(await createStaff(ctx.deps, ctx.actor, input))),
  updateStaff: staffProcedure('people.edit')
    .use(freshlyProven)
    .input(updateStaffInput)
    .mutation(async ({ ctx, input }) => unwrap(await updateStaff(ctx.deps, ctx.actor, input))),
  /** Where a colleague is signed in, and from what. */
  presence: staffProcedure('people.edit')
    .input(staffRefInput)
    .query(async ({ ctx, input }) =>
      unwrap(await readPresence(ctx.deps, ctx.actor, { ...input, currentSessionId: ctx.session.id })),
    ),
  endSessions: staffProcedure('people.edit')
    .input(endSessionsInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await endSessionsOf(ctx.deps, ctx.actor, { ...input, currentSessionId: ctx.session.id })),
    ),
  forgetDevice: staffProcedure('people.edit')
    .input(staffDeviceInput)
    .mutation(async ({ ctx, input }) => unwrap(await forgetDeviceOf(ctx.deps, ctx.actor, input))),
  resetPassword: staffProcedure('people.edit')
    .use(freshlyProven)
    .input(resetPasswordInput)
    .mutation(async ({ ctx, input }) => unwrap(await resetPassword(ctx.deps, ctx.actor, input))),
});
