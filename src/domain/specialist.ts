/** The person who performs: what they offer on their own terms, and what they master. */
import { z } from 'zod';
import {
  complain,
  hue,
  id,
  optionalText,
  priceMinor,
  rowVersion,
  signedPriceMinor,
  text,
  whole,
} from './field.ts';

const offer = z.object({
  serviceId: id,
  /** Null keeps the service's. */
  minutes: whole(5, 1440, 'service_minutes').nullable(),
  priceMinor: priceMinor.nullable(),
});
const mastery = z.object({
  techniqueId: id,
  minutes: whole(-1440, 1440, 'technique_minutes').nullable(),
  priceMinor: signedPriceMinor.nullable(),
});

export const specialistFields = z
  .object({
    /** Where the person is at home; hours may be given elsewhere too. Kept from the first save on. */
    locationId: id,
    name: text(80),
    title: optionalText(80),
    bio: optionalText(2000),
    hue,
    /** Visits a day; null = no cap. */
    maxPerDay: whole(1, 200, 'day_cap').nullable(),
    isOnline: z.boolean(),
    isActive: z.boolean(),
    /** The account this person signs in with. */
    accountId: id.nullable(),
    services: z.array(offer).max(500),
    techniques: z.array(mastery).max(2000),
    tagIds: z.array(id).max(50),
  })
  .superRefine(({ services, techniques }, ctx) => {
    const seen = new Set<string>();
    for (const [index, { serviceId }] of services.entries()) {
      if (seen.has(serviceId)) complain(ctx, [{ path: `services.${index}.serviceId`, code: 'duplicate' }]);
      seen.add(serviceId);
    }
    for (const [index, { techniqueId }] of techniques.entries()) {
      if (seen.has(techniqueId))
        complain(ctx, [{ path: `techniques.${index}.techniqueId`, code: 'duplicate' }]);
      seen.add(techniqueId);
    }
  });
export type SpecialistFields = z.infer<typeof specialistFields>;

/** `specialistId` and `version` are null for somebody new; a version that isn't the current one is refused as stale. */
export const saveSpecialistInput = z.object({
  specialistId: id.nullable(),
  version: rowVersion.nullable(),
  specialist: specialistFields,
});
export const specialistRefInput = z.object({ specialistId: id });
export const orderSpecialistsInput = z.object({ specialistIds: z.array(id).max(500) });
