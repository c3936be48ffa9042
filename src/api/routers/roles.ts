import { roleRefInput, saveRoleInput } from '../../domain/role.ts';
import { deleteRole, listRoles, saveRole } from '../../server/access/roles.ts';
import { freshlyProven, router, staffProcedure, unwrap } from '../trpc.ts';

export const rolesRouter = router({
  list: staffProcedure('role.view').query(async ({ ctx }) => unwrap(await listRoles(ctx.deps, ctx.actor))),
  save: staffProcedure('role.edit')
    .use(freshlyProven)
    .input(saveRoleInput)
    .mutation(async ({ ctx, input }) => unwrap(await saveRole(ctx.deps, ctx.actor, input))),
  delete: staffProcedure('role.edit')
    .use(freshlyProven)
    .input(roleRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await deleteRole(ctx.deps, ctx.actor, input))),
});
