/** What is asked of schemes from outside, in the form that pages and procedures share. */
import { z } from 'zod';
import { guestModes } from './consultation.ts';
import { templateKey } from './template-key.ts';

const title = z.string().trim().max(120);
/** As the editor names its shapes. */
const markId = z.string().regex(/^shape:[\w-]{1,64}$/);
/** 32 random bytes as base64url. */
const token = z.string().regex(/^[\w-]{20,100}$/);

export const schemeRefInput = z.object({ schemeId: z.uuid() });
export const clientSchemesInput = z.object({ clientId: z.uuid() });

export const openSchemeInput = z.object({
  clientId: z.uuid(),
  visitId: z.uuid().nullable(),
  backdrop: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('template'), templateKey }),
    z.object({ kind: z.literal('picture'), pictureId: z.uuid() }),
  ]),
  title,
  underSchemeId: z.uuid().nullable(),
  /** On the backdrop of the newest finished one, which lies beneath; the backdrop given is used where there is none. */
  repeat: z.boolean().optional(),
});
export type OpenSchemeInput = z.output<typeof openSchemeInput>;

export const renameSchemeInput = schemeRefInput.extend({ title });
export const underSchemeInput = schemeRefInput.extend({ underSchemeId: z.uuid().nullable() });
/** Left out: stays as it is. */
export const setMarkInput = schemeRefInput.extend({
  markIds: z.array(markId).min(1).max(500),
  lotId: z.uuid().nullable().optional(),
  note: z.string().trim().max(500).optional(),
});
export type SetMarkInput = z.output<typeof setMarkInput>;

/** Ids of steps are whole numbers beyond what a double holds for sure. */
const stepId = z.string().regex(/^[1-9]\d{0,17}$/);
export const stepsInput = schemeRefInput.extend({ before: stepId.nullable().default(null) });
export const goBackInput = schemeRefInput.extend({ stepId });
export const correctSchemeInput = schemeRefInput.extend({ reason: z.string().trim().max(500) });
export const shareSchemeInput = schemeRefInput.extend({ isShared: z.boolean() });
/** Null: the newest. */
export const revisionInput = schemeRefInput.extend({
  number: z.number().int().min(1).max(100_000).nullable(),
});
/** `glabella`, `crows_feet_left`; null: which there are. */
export const regionsInput = z.object({ clientId: z.uuid(), region: z.string().max(80).nullable() });

export const admitGuestInput = schemeRefInput.extend({ guestId: z.uuid(), mode: z.enum(guestModes) });
export const endGuestInput = schemeRefInput.extend({ guestId: z.uuid() });
export const joinInput = z.object({ inviteToken: token, name: z.string().trim().min(1).max(60) });
export const guestTokenInput = z.object({ guestToken: token });
