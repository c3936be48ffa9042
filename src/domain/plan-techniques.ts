import {
  type PlannedTechnique,
  type PlanRequestItem,
  refused,
  type SpecialistTerms,
  type TechniqueTerms,
} from './plan-terms.ts';
import { done, type Result } from './refusal.ts';

/**
 * Promises the techniques an item uses, in catalogue order: required or chosen, and the parent is used (PLAN-2).
 * Refuses what the catalogue or the specialist does not allow.
 */
export function usedTechniques(item: PlanRequestItem): Result<readonly TechniqueTerms[]> {
  const byId = new Map(item.techniques.map((technique) => [technique.id, technique]));
  const chosen = new Set(item.chosenTechniqueIds);
  const memo = new Map<string, boolean>();
  const isUsed = (technique: TechniqueTerms): boolean => {
    const known = memo.get(technique.id);
    if (known !== undefined) return known;
    // Set before the parent is asked: a technique that is its own ancestor is never reached from the service.
    memo.set(technique.id, false);
    const wanted = technique.selection === 'required' || chosen.has(technique.id);
    const parent = technique.parentId === null ? null : (byId.get(technique.parentId) ?? 'absent');
    const used = wanted && parent !== 'absent' && (parent === null || isUsed(parent));
    memo.set(technique.id, used);
    return used;
  };
  for (const id of chosen) {
    const technique = byId.get(id);
    if (!technique) return refused('technique_unknown', id);
    if (!isUsed(technique)) return refused('parent_missing', id);
  }
  const techniques = item.techniques.filter(isUsed);
  const groups = new Map<string, { groupKey: string; chosen: number }>();
  for (const technique of item.techniques) {
    if (technique.selection !== 'one_of') continue;
    const parent = technique.parentId === null ? null : (byId.get(technique.parentId) ?? 'absent');
    if (parent === 'absent' || (parent !== null && !isUsed(parent))) continue;
    const groupKey = technique.groupKey ?? '';
    const key = JSON.stringify([technique.parentId, groupKey]);
    const group = groups.get(key) ?? { groupKey, chosen: 0 };
    if (isUsed(technique)) group.chosen += 1;
    groups.set(key, group);
  }
  for (const { groupKey, chosen: count } of groups.values()) {
    if (count === 0) return refused('one_of_missing', groupKey);
    if (count > 1) return refused('one_of_too_many', groupKey);
  }
  const mastered = item.specialist.masteredTechniqueIds;
  for (const technique of techniques)
    if (technique.masteryRequired && mastered !== null && !mastered.includes(technique.id))
      return refused('technique_not_mastered', technique.id);
  return done(techniques);
}

/** The specialist's own minutes and price for a technique where there are such, the catalogue's otherwise (PLAN-4). */
export function termsOf(technique: TechniqueTerms, specialist: SpecialistTerms): PlannedTechnique {
  const own = specialist.techniques[technique.id];
  return {
    id: technique.id,
    name: technique.name,
    minutes: own?.minutes ?? technique.minutes,
    priceMinor: own?.priceMinor ?? technique.priceMinor,
  };
}
