import { type Refusal, refuse } from './refusal.ts';

/** A kind of resource a service asks for besides its specialist: one free place of that type, or several at once. */
export type Need = { readonly kind: 'room' | 'device'; readonly type: string; readonly count: number };

export type ServiceTerms = {
  readonly id: string;
  readonly name: string;
  readonly baseMinutes: number;
  readonly priceMinor: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** A stretch inside the service in which the room stays occupied and the specialist is free. */
  readonly processing?: { readonly afterMinutes: number; readonly minutes: number } | null;
  readonly requires: readonly Need[];
};

export type TechniqueTerms = {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  /** `required` comes with its parent; `optional` when chosen; of a `one_of` group exactly one must be chosen. */
  readonly selection: 'required' | 'optional' | 'one_of';
  readonly groupKey?: string | null;
  /** May be negative: it shortens the service. */
  readonly minutes: number;
  readonly priceMinor: number;
  readonly masteryRequired: boolean;
  readonly requires: readonly Need[];
};

/** A specialist's own terms for a service or a technique; null keeps the price list's value. */
export type OwnTerms = { readonly minutes: number | null; readonly priceMinor: number | null };

export type SpecialistTerms = {
  readonly id: string;
  readonly services: Readonly<Record<string, OwnTerms>>;
  readonly techniques: Readonly<Record<string, OwnTerms>>;
  /** Null means every technique. */
  readonly masteredTechniqueIds: readonly string[] | null;
};

export type PlanRequestItem = {
  readonly service: ServiceTerms;
  readonly techniques: readonly TechniqueTerms[];
  readonly chosenTechniqueIds: readonly string[];
  readonly specialist: SpecialistTerms;
};

export type PlanRequest = {
  readonly items: readonly PlanRequestItem[];
  /** Each item's minutes are summed, then rounded up to a multiple of this. */
  readonly slotStepMinutes: number;
  /** Longest visit accepted, in minutes; a day by default. */
  readonly maxMinutes?: number;
};

export type PlannedTechnique = {
  readonly id: string;
  readonly name: string;
  readonly minutes: number;
  readonly priceMinor: number;
};

/** The closed list of `plan_refused` reasons; `subjectId` is the technique, or the group, at fault. */
export const planRefusalReasons = [
  'plan_empty',
  'technique_unknown',
  'parent_missing',
  'technique_not_mastered',
  'one_of_missing',
  'one_of_too_many',
  'duration_out_of_range',
  'processing_out_of_range',
  'price_out_of_range',
  'need_count_out_of_range',
] as const;

export type PlanRefusalReason = (typeof planRefusalReasons)[number];

/** A plan refusal as a value. */
export function refused(reason: PlanRefusalReason, subjectId?: string): { ok: false; refusal: Refusal } {
  return refuse('plan_refused', subjectId === undefined ? { reason } : { reason, subjectId });
}

/** Key under which the resources that can meet a need are pooled. */
export function needKey(need: { readonly kind: string; readonly type: string }): string {
  return `${need.kind}:${need.type}`;
}
