/** The account behind a client's card, as whoever looks after people deals with it. */
import { z } from 'zod';
import { id } from './field.ts';
import { blockedReason } from './staff-account.ts';

export const clientAccountRef = z.object({ clientId: id });
/** The reason counts where it is blocked. */
export const blockClientInput = z.object({
  clientId: id,
  isBlocked: z.boolean(),
  reason: blockedReason.default(null),
});
/** One session, or all of them (`sessionId` null). */
export const endClientSessionsInput = z.object({ clientId: id, sessionId: id.nullable() });
export const clientDeviceInput = z.object({ clientId: id, deviceId: id });
