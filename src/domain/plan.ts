import { termsOf, usedTechniques } from './plan-techniques.ts';
import {
  type Need,
  needKey,
  type PlannedTechnique,
  type PlanRequest,
  refused,
  type ServiceTerms,
} from './plan-terms.ts';
import { done, type Result } from './refusal.ts';

export {
  type Need,
  needKey,
  type OwnTerms,
  type PlannedTechnique,
  type PlanRefusalReason,
  type PlanRequest,
  type PlanRequestItem,
  planRefusalReasons,
  type ServiceTerms,
  type SpecialistTerms,
  type TechniqueTerms,
} from './plan-terms.ts';

export type PlanItem = {
  readonly serviceId: string;
  readonly serviceName: string;
  readonly specialistId: string;
  readonly techniques: readonly PlannedTechnique[];
  readonly offsetMinutes: number;
  readonly minutes: number;
  readonly priceMinor: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
};

export type Occupant =
  | { readonly kind: 'specialist'; readonly specialistId: string }
  | { readonly kind: 'need'; readonly need: number };

/** One stretch of the visit in which someone or something is occupied. Offsets count from the visit's start; buffers lie outside of `minutes`. */
export type Segment = {
  readonly offsetMinutes: number;
  readonly minutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly occupies: Occupant;
};

/** A visit resolved: what is done, by whom, how long, for how much, and what it occupies. `needs` is what `occupies.need` points to. */
export type Plan = {
  readonly items: readonly PlanItem[];
  readonly minutes: number;
  readonly priceMinor: number;
  readonly needs: readonly Need[];
  readonly segments: readonly Segment[];
};

const DEFAULT_MAX_MINUTES = 1440;

/**
 * Resolves what a client asked for into a plan (PLAN-1 … PLAN-8 in docs/rules/starts.md).
 * Pure: the price list and the specialist's own terms come in, the snapshot to be stored goes out.
 * Refuses (`plan_refused`) with the first of `planRefusalReasons` it meets, item by item; `subjectId` is the service when nothing smaller is at fault. Minutes are whole, money in minor units.
 */
export function resolvePlan(request: PlanRequest): Result<Plan> {
  const { items, slotStepMinutes } = request;
  const maxMinutes = request.maxMinutes ?? DEFAULT_MAX_MINUTES;
  if (!Number.isInteger(slotStepMinutes) || slotStepMinutes <= 0)
    throw new RangeError('slotStepMinutes must be a positive whole number');
  if (items.length === 0) return refused('plan_empty');
  const planned: PlanItem[] = [];
  const needs: Need[] = [];
  const segments: Segment[] = [];
  let offsetMinutes = 0;
  let totalMinor = 0;
  for (const item of items) {
    const used = usedTechniques(item);
    if (!used.ok) return used;
    const own = item.specialist.services[item.service.id];
    const techniques = used.value.map((technique) => termsOf(technique, item.specialist));
    const sumMinutes =
      (own?.minutes ?? item.service.baseMinutes) + techniques.reduce((sum, each) => sum + each.minutes, 0);
    const minutes = Math.ceil(sumMinutes / slotStepMinutes) * slotStepMinutes;
    const priceMinor =
      (own?.priceMinor ?? item.service.priceMinor) +
      techniques.reduce((sum, each) => sum + each.priceMinor, 0);
    if (!Number.isInteger(sumMinutes) || sumMinutes <= 0 || offsetMinutes + minutes > maxMinutes)
      return refused('duration_out_of_range', item.service.id);
    if (!Number.isSafeInteger(priceMinor) || priceMinor < 0)
      return refused('price_out_of_range', item.service.id);
    const planItem: PlanItem = {
      serviceId: item.service.id,
      serviceName: item.service.name,
      specialistId: item.specialist.id,
      techniques,
      offsetMinutes,
      minutes,
      priceMinor,
      bufferBeforeMinutes: item.service.bufferBeforeMinutes,
      bufferAfterMinutes: item.service.bufferAfterMinutes,
    };
    const stretches = specialistStretches(planItem, item.service.processing ?? null);
    if (stretches === null) return refused('processing_out_of_range', item.service.id);
    segments.push(...stretches);
    const itemNeeds = needsOf([item.service, ...used.value]);
    if (itemNeeds === null) return refused('need_count_out_of_range', item.service.id);
    for (const need of itemNeeds) {
      segments.push({ ...wholeStretch(planItem), occupies: { kind: 'need', need: needs.length } });
      needs.push(need);
    }
    planned.push(planItem);
    offsetMinutes += minutes;
    totalMinor += priceMinor;
  }
  return done({ items: planned, minutes: offsetMinutes, priceMinor: totalMinor, needs, segments });
}

function wholeStretch(item: PlanItem): Omit<Segment, 'occupies'> {
  const { offsetMinutes, minutes, bufferBeforeMinutes, bufferAfterMinutes } = item;
  return { offsetMinutes, minutes, bufferBeforeMinutes, bufferAfterMinutes };
}

/** The specialist's share of an item: all of it, or what lies before and after the processing time. Null when that does not lie inside. */
function specialistStretches(item: PlanItem, processing: ServiceTerms['processing']): Segment[] | null {
  const occupies: Occupant = { kind: 'specialist', specialistId: item.specialistId };
  if (!processing || processing.minutes === 0) return [{ ...wholeStretch(item), occupies }];
  const { afterMinutes, minutes } = processing;
  const endMinutes = afterMinutes + minutes;
  if (afterMinutes <= 0 || minutes < 0 || endMinutes > item.minutes) return null;
  const { offsetMinutes, bufferBeforeMinutes, bufferAfterMinutes } = item;
  return [
    { offsetMinutes, minutes: afterMinutes, bufferBeforeMinutes, bufferAfterMinutes: 0, occupies },
    {
      offsetMinutes: offsetMinutes + endMinutes,
      minutes: item.minutes - endMinutes,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes,
      occupies,
    },
  ];
}

/** One need per type: a technique done within the service uses the same room or device, so the largest count asked for counts. */
function needsOf(parts: readonly { readonly requires: readonly Need[] }[]): Need[] | null {
  const byType = new Map<string, Need>();
  for (const part of parts)
    for (const need of part.requires) {
      if (!Number.isInteger(need.count) || need.count <= 0) return null;
      const key = needKey(need);
      const present = byType.get(key);
      if (!present || present.count < need.count) byType.set(key, need);
    }
  return [...byType.values()];
}
