/** Accounts of the staff, as administrators make them. */
import { z } from 'zod';
import { id, optionalText, rowVersion, text } from './field.ts';
import { lonePasswordText } from './password.ts';

const email = z
  .string({ error: 'required' })
  .trim()
  .toLowerCase()
  .min(1, { error: 'required' })
  .max(254, { error: 'too_long' })
  .pipe(z.email({ error: 'email' }));
const roleIds = z.array(id).min(1, { error: 'role_missing' }).max(10);

export const createStaffInput = z.object({
  name: text(80),
  email,
  roleIds,
  /** Told to the person by the administrator, changed by them later. */
  password: lonePasswordText,
});
/** Why somebody is kept out, for colleagues who wonder; a client's account keeps it in the same place. */
export const blockedReason = optionalText(300);
export const staffFields = z.object({ name: text(80), roleIds, isBlocked: z.boolean(), blockedReason });
/** A version that isn't the current one is refused as stale. A reason that isn't given stays as it was. */
export const updateStaffInput = staffFields.extend({
  accountId: id,
  version: rowVersion,
  blockedReason: blockedReason.optional(),
});
export const resetPasswordInput = z.object({
  accountId: id,
  password: lonePasswordText,
  /** The second factor goes too: its phone and its recovery codes are lost. */
  withFactor: z.boolean().default(false),
});

export const staffRefInput = z.object({ accountId: id });
/** One session, or all but one's own (`sessionId` null). */
export const endSessionsInput = z.object({ accountId: id, sessionId: id.nullable() });
export const staffDeviceInput = z.object({ accountId: id, deviceId: id });
