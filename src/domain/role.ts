/** Roles as an administrator composes them: a name and a set of rights. */
import { z } from 'zod';
import { rights } from './access/actor.ts';
import { id, rowVersion, text } from './field.ts';

export const roleFields = z.object({
  name: text(60),
  rights: z.array(z.enum(rights, { error: 'unknown' })).max(100, { error: 'too_many' }),
});
export type RoleFields = z.infer<typeof roleFields>;

/** `roleId` and `version` are null for a new one; a version that isn't the current one is refused as stale. */
export const saveRoleInput = z.object({
  roleId: id.nullable(),
  version: rowVersion.nullable(),
  role: roleFields,
});
export const roleRefInput = z.object({ roleId: id });
