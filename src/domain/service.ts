/** What is sold, as administrators edit it. The same schema serves the form, the procedure and the tests. */
import { z } from 'zod';
import { complain, hue, id, optionalText, priceMinor, rowVersion, text, whole } from './field.ts';
import type { FieldIssue } from './field-issue.ts';
import { requirements } from './requirement.ts';
import { checkTechniques, checkTotals, techniquesInput } from './technique.ts';

export const bookableByValues = ['everyone', 'existing', 'invited'] as const;

const prerequisite = z
  .object({
    requiredServiceId: id,
    minHours: whole(0, 8760, 'prerequisite_hours'),
    maxDays: whole(1, 3650, 'prerequisite_days').nullable(),
  })
  .refine(({ minHours, maxDays }) => maxDays === null || maxDays * 24 > minHours, {
    error: 'prerequisite_window',
    path: ['maxDays'],
  });

const fields = z.object({
  categoryId: id,
  code: optionalText(40),
  name: text(120),
  description: optionalText(2000),
  baseMinutes: whole(5, 1440, 'service_minutes'),
  priceMinor,
  isPriceFrom: z.boolean(),
  bufferBeforeMinutes: whole(0, 240, 'buffer_minutes'),
  bufferAfterMinutes: whole(0, 240, 'buffer_minutes'),
  /** From `afterMinutes` of the service on, for `minutes`, the room is occupied and the specialist is free. */
  processing: z
    .object({
      afterMinutes: whole(1, 1440, 'processing_minutes'),
      minutes: whole(1, 1440, 'processing_minutes'),
    })
    .nullable(),
  /** Null: the clinic's step. */
  slotStepMinutes: whole(5, 240, 'step_minutes').nullable(),
  isOnline: z.boolean(),
  bookableBy: z.enum(bookableByValues),
  needsApproval: z.boolean(),
  hue,
  isActive: z.boolean(),
  requirements,
  prerequisites: z.array(prerequisite).max(10, { error: 'too_many' }),
  techniques: techniquesInput,
});
export type ServiceFields = z.infer<typeof fields>;

/** What no single field can tell: circles, choices of one, totals that no visit could have. */
export function checkService(service: ServiceFields): FieldIssue[] {
  const issues: FieldIssue[] = checkTechniques(service.techniques).map((issue) => ({
    ...issue,
    path: `techniques.${issue.path}`,
  }));
  const required = new Set<string>();
  for (const [index, { requiredServiceId }] of service.prerequisites.entries()) {
    if (required.has(requiredServiceId))
      issues.push({ path: `prerequisites.${index}.requiredServiceId`, code: 'duplicate' });
    required.add(requiredServiceId);
  }
  // A circle has no total, and of figures that can't be themselves none is worth telling.
  if (issues.some(({ code }) => code === 'parent_circle' || code === 'unknown')) return issues;
  const { processing, baseMinutes, priceMinor } = service;
  if (!(baseMinutes >= 5 && baseMinutes <= 1440 && priceMinor >= 0)) return issues;
  const base = {
    minutes: baseMinutes,
    priceMinor,
    processingEnd: processing && processing.afterMinutes + processing.minutes,
  };
  return [...issues, ...checkTotals(base, service.techniques)];
}

export const serviceFields = fields.superRefine((service, ctx) => complain(ctx, checkService(service)));

/** `serviceId` and `version` are null for a new service; a version that isn't the current one is refused as stale. */
export const saveServiceInput = z.object({
  serviceId: id.nullable(),
  version: rowVersion.nullable(),
  service: serviceFields,
});
export const serviceRefInput = z.object({ serviceId: id });
export const moveServiceInput = z.object({
  categoryId: id,
  /** The category's services in their new order. */
  serviceIds: z.array(id).max(500),
});

/** `categoryId` and `version` are null for a new category. */
export const saveCategoryInput = z.object({
  categoryId: id.nullable(),
  version: rowVersion.nullable(),
  name: text(80),
});
export const categoryRefInput = z.object({ categoryId: id });
export const orderCategoriesInput = z.object({ categoryIds: z.array(id).max(200) });
