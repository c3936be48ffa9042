/** "Needs `count` of this kind and type", of a service or of a technique. */
import { z } from 'zod';
import { complain, text, whole } from './field.ts';

export const requirementInput = z.object({
  kind: z.enum(['room', 'device']),
  resourceType: text(60),
  count: whole(1, 20, 'requirement_count'),
});
export type RequirementInput = z.infer<typeof requirementInput>;

export const requirements = z
  .array(requirementInput)
  .max(10, { error: 'too_many' })
  .superRefine((list, ctx) => {
    const seen = new Set<string>();
    for (const [index, { kind, resourceType }] of list.entries()) {
      const key = `${kind}:${resourceType}`;
      if (seen.has(key)) complain(ctx, [{ path: `${index}.resourceType`, code: 'duplicate' }]);
      seen.add(key);
    }
  });
