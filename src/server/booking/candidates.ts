/** Who could perform a visit: everyone, or every pairing of people, each with their own plan. */
import { type Actor, isStaff } from '../../domain/access/actor.ts';
import type { RequestedItem, VisitRequest } from '../../domain/booking.ts';
import { resolvePlan } from '../../domain/plan.ts';
import { done, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import type { Candidate } from '../../domain/starts.ts';
import type { House, HouseService, HouseSpecialist } from '../house/state.ts';

/** A visit of several services by anyone: so many combinations of people are looked at, the simplest first. */
const maxCombinations = 60;

/** Everyone (or every pairing of people) who could do the whole visit, each with their own plan. */
export function candidatesOf(
  house: House,
  actor: Actor,
  request: VisitRequest,
  services: readonly HouseService[],
  slotStepMinutes: number,
): Result<Candidate[]> {
  const mayPerform = (item: RequestedItem, service: HouseService): HouseSpecialist[] => {
    const ids = item.specialistId ? [item.specialistId] : service.specialistIds;
    return ids.flatMap((id) => {
      const specialist = house.specialists.get(id);
      if (!specialist?.isActive || !(service.id in specialist.services)) return [];
      if (!isStaff(actor) && actor.kind !== 'system' && !specialist.isOnline) return [];
      // Whoever has no hours here is left to the calendars: they give no starts.
      return [specialist];
    });
  };
  let combinations: HouseSpecialist[][] = [[]];
  for (const [index, item] of request.items.entries()) {
    const service = services[index];
    if (!service) throw new Error('an item without its service');
    const performers = mayPerform(item, service);
    if (performers.length === 0) {
      return refuse('plan_refused', { reason: 'nobody_performs', subjectId: service.id });
    }
    combinations = combinations
      .flatMap((chosen) => {
        // One person for the whole visit comes first: a client would rather stay where they are.
        const same = performers.filter((specialist) => chosen.includes(specialist));
        const others = performers.filter((specialist) => !chosen.includes(specialist));
        return [...same, ...others].map((specialist) => [...chosen, specialist]);
      })
      .sort((a, b) => new Set(a).size - new Set(b).size)
      .slice(0, maxCombinations);
  }
  const candidates: Candidate[] = [];
  let refusal: Refusal | undefined;
  for (const performers of combinations) {
    const result = resolvePlan({
      items: request.items.flatMap((item, index) => {
        const service = services[index];
        const specialist = performers[index];
        return service && specialist
          ? [{ service, techniques: service.techniques, chosenTechniqueIds: item.techniqueIds, specialist }]
          : [];
      }),
      slotStepMinutes,
    });
    if (!result.ok) {
      refusal ??= result.refusal;
      continue;
    }
    const label = [...new Set(performers.map(({ id }) => id))].join('+');
    if (!candidates.some(({ specialistId }) => specialistId === label)) {
      candidates.push({ specialistId: label, plan: result.value });
    }
  }
  if (candidates.length > 0) return done(candidates);
  return refusal ? { ok: false, refusal } : refuse('plan_refused', { reason: 'nobody_performs' });
}
