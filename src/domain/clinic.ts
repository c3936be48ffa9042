/** What holds for the whole clinic, the rules of online booking among it. Minutes, days, minutes of the local day. */
import { z } from 'zod';
import { rowVersion, text, whole } from './field.ts';

export const startAlignments = ['schedule', 'gap', 'tight'] as const;
export const anySpecialistRules = ['least_busy', 'rank'] as const;

const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);

export const clinicFields = z.object({
  name: text(80),
  /** ISO 4217. */
  currency: z.string().refine(isCurrency, { error: 'currency' }),
  defaultLocale: z.enum(['en', 'ru']),
  /** `#rrggbb`; null = the product's own. */
  accentColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'colour' })
    .nullable(),
});
export type ClinicInput = z.infer<typeof clinicFields>;

/** A version that isn't the current one is refused as stale; the rules of online booking have one of their own. */
export const saveClinicInput = z.object({ version: rowVersion, clinic: clinicFields });

/** Whether a visit with a specialist opens the client's card to them; under the version of the clinic's own fields. */
export const accessRuleFields = z.object({ visitsGrantAccess: z.boolean() });
export const saveAccessRuleInput = z.object({ version: rowVersion, rule: accessRuleFields });

export const policyFields = z
  .object({
    holdMinutes: whole(1, 120, 'hold_minutes'),
    slotStepMinutes: whole(5, 240, 'step_minutes'),
    startAlignment: z.enum(startAlignments),
    /** 0 switches the rule off. */
    noCrumbsMinutes: whole(0, 240, 'crumb_minutes'),
    minNoticeMinutes: whole(0, 43_200, 'notice_minutes'),
    horizonDays: whole(0, 730, 'horizon_days'),
    /** Null: today can be booked all day. */
    sameDayCutoffMinute: whole(0, 1440, 'time').nullable(),
    maxUpcomingPerClient: whole(1, 100, 'max_upcoming'),
    cancelWindowMinutes: whole(0, 43_200, 'cancel_window'),
    anySpecialistRule: z.enum(anySpecialistRules),
  })
  .refine(({ minNoticeMinutes, horizonDays }) => minNoticeMinutes < (horizonDays + 1) * 1440, {
    error: 'notice_beyond_horizon',
    path: ['minNoticeMinutes'],
  });
export type PolicyInput = z.infer<typeof policyFields>;
export const savePolicyInput = z.object({ version: rowVersion, policy: policyFields });
