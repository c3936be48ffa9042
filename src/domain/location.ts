/** A house with its own zone, hours and rooms. */
import { z } from 'zod';
import { id, optionalText, rowVersion, text } from './field.ts';
import { isKnownZone } from './zone.ts';

export const timeZone = z
  .string({ error: 'required' })
  .min(1, { error: 'required' })
  .refine(isKnownZone, { error: 'time_zone' });

/** `locationId` and `version` are null for a new one; a version that isn't the current one is refused as stale. */
export const saveLocationInput = z.object({
  locationId: id.nullable(),
  version: rowVersion.nullable(),
  location: z.object({
    name: text(80),
    timeZone,
    address: optionalText(300),
    phone: optionalText(40),
    isActive: z.boolean(),
  }),
});
export const locationRefInput = z.object({ locationId: id });
