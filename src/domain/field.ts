/** Fields as forms know them: every complaint is a code whose words stand in `refusals.field`. */
import { z } from 'zod';
import type { FieldIssue } from './field-issue.ts';

export const id = z.uuid({ error: 'unknown' });

/** Filled in, trimmed. */
export const text = (max: number) =>
  z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(max, { error: 'too_long' });

/** May be left empty; empty is null. */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: 'too_long' })
    .nullable()
    .transform((value) => (value === '' ? null : value));

/** A whole number within bounds; outside of them the complaint is `code`, which names the bounds in words. */
export const whole = (min: number, max: number, code: string) =>
  z
    .number({ error: 'not_a_number' })
    .int({ error: 'not_integer' })
    .min(min, { error: code })
    .max(max, { error: code });

/** Money in minor units: up to a hundred million major ones of a two-digit currency. */
export const maxPriceMinor = 1_000_000_000;
export const priceMinor = whole(0, maxPriceMinor, 'price_range');
export const signedPriceMinor = whole(-maxPriceMinor, maxPriceMinor, 'price_range');

/** One of the theme's hues. */
export const hue = whole(1, 10, 'hue');

export const rowVersion = z.number().int().min(1).max(2_147_483_647);

/** Adds what a pure check found to a schema's own complaints; a field that has one already keeps it alone. */
export function complain(ctx: z.RefinementCtx, issues: readonly FieldIssue[]): void {
  const known = new Set(ctx.issues.map((issue) => (issue.path ?? []).join('.')));
  for (const { path, code, params } of issues) {
    if (known.has(path)) continue;
    ctx.addIssue({
      code: 'custom',
      message: code,
      path: path === '' ? [] : path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      ...(params ? { params } : {}),
    });
  }
}
