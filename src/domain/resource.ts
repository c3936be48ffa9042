/** Rooms and devices: something one visit at a time can occupy. A room for two is two resources. */
import { z } from 'zod';
import { id, rowVersion, text } from './field.ts';

/** `resourceId` and `version` are null for a new one; a version that isn't the current one is refused as stale. */
export const saveResourceInput = z.object({
  resourceId: id.nullable(),
  version: rowVersion.nullable(),
  resource: z.object({
    locationId: id,
    kind: z.enum(['room', 'device']),
    /** What requirements ask for: "treatment room", "diode laser". */
    type: text(60),
    name: text(80),
    isActive: z.boolean(),
  }),
});
export const resourceRefInput = z.object({ resourceId: id });
