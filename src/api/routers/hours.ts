import { clientScope } from '../../domain/access/client.ts';
import {
  changeClosureInput,
  changeLeaveInput,
  closureRefInput,
  createClosureInput,
  createLeaveInput,
  deleteScheduleInput,
  exceptionRefInput,
  leaveRefInput,
  saveExceptionInput,
  saveScheduleInput,
} from '../../domain/hours.ts';
import { resourceRefInput } from '../../domain/resource.ts';
import { changeClosure, changeLeave } from '../../server/schedules/change-absence.ts';
import {
  deleteException,
  deleteSchedule,
  saveException,
  saveSchedule,
} from '../../server/schedules/commands.ts';
import { createClosure, createLeave, deleteClosure, deleteLeave } from '../../server/schedules/leave.ts';
import { listClosures, listHours, readResourceHours } from '../../server/schedules/queries.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const hoursRouter = router({
  list: staffProcedure('hours.view').query(({ ctx }) => listHours(ctx.deps.db)),
  resource: staffProcedure('hours.view')
    .input(resourceRefInput)
    .query(async ({ ctx, input }) =>
      unwrap(await readResourceHours(ctx.deps.db, clientScope(ctx.actor), input, ctx.deps.now())),
    ),
  closures: staffProcedure('hours.view').query(({ ctx }) => listClosures(ctx.deps.db, ctx.deps.now())),
  saveSchedule: staffProcedure('hours.edit')
    .input(saveScheduleInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveSchedule(ctx.deps, ctx.actor, input))),
  deleteSchedule: staffProcedure('hours.edit')
    .input(deleteScheduleInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteSchedule(ctx.deps, ctx.actor, input))),
  saveException: staffProcedure('hours.edit')
    .input(saveExceptionInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveException(ctx.deps, ctx.actor, input))),
  deleteException: staffProcedure('hours.edit')
    .input(exceptionRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteException(ctx.deps, ctx.actor, input))),
  createLeave: staffProcedure('hours.edit')
    .input(createLeaveInput)
    .mutation(async ({ ctx, input }) => unwrap(await createLeave(ctx.deps, ctx.actor, input))),
  changeLeave: staffProcedure('hours.edit')
    .input(changeLeaveInput)
    .mutation(async ({ ctx, input }) => unwrap(await changeLeave(ctx.deps, ctx.actor, input))),
  deleteLeave: staffProcedure('hours.edit')
    .input(leaveRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteLeave(ctx.deps, ctx.actor, input))),
  createClosure: staffProcedure('hours.edit')
    .input(createClosureInput)
    .mutation(async ({ ctx, input }) => unwrap(await createClosure(ctx.deps, ctx.actor, input))),
  changeClosure: staffProcedure('hours.edit')
    .input(changeClosureInput)
    .mutation(async ({ ctx, input }) => unwrap(await changeClosure(ctx.deps, ctx.actor, input))),
  deleteClosure: staffProcedure('hours.edit')
    .input(closureRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteClosure(ctx.deps, ctx.actor, input))),
});
