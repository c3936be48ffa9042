/** What is typed into the form of a new visit; pure, so that what follows from a choice is decided in one place. */
import type { Desk, DeskService } from './types.ts';

export interface DraftClient {
  id: string;
  name: string;
  detail: string;
}

export interface DraftItem {
  key: number;
  serviceId: string | null;
  techniqueIds: readonly string[];
  /** Null: anyone who can. */
  specialistId: string | null;
}

export interface Draft {
  locationId: string;
  client: DraftClient | null;
  items: readonly DraftItem[];
  /** Local day of the location. */
  date: string;
  startsAt: number | null;
  note: string;
  overrideReason: string;
  /** Made with the form: sent twice, it books once. */
  callKey: string;
}

export type TechniqueOf = DeskService['techniques'][number];

/** What a selection uses: required or chosen, as far as its parent is used. */
export function usedTechniques(service: DeskService, chosen: readonly string[]): TechniqueOf[] {
  const byId = new Map(service.techniques.map((technique) => [technique.id, technique]));
  const isUsed = (technique: TechniqueOf, depth = 0): boolean => {
    if (depth > 10) return false;
    if (technique.selection !== 'required' && !chosen.includes(technique.id)) return false;
    if (technique.parentId === null) return true;
    const parent = byId.get(technique.parentId);
    return parent !== undefined && isUsed(parent, depth + 1);
  };
  return service.techniques.filter((technique) => isUsed(technique));
}

export interface TechniqueGroup {
  key: string;
  kind: 'required' | 'optional' | 'one_of';
  techniques: TechniqueOf[];
}

/** What there is to choose at this moment, in catalogue order; each choice of one is a group of its own. */
export function offeredGroups(service: DeskService, chosen: readonly string[]): TechniqueGroup[] {
  const used = new Set(usedTechniques(service, chosen).map(({ id }) => id));
  const groups = new Map<string, TechniqueGroup>();
  for (const technique of service.techniques) {
    if (technique.parentId !== null && !used.has(technique.parentId)) continue;
    const own = technique.selection === 'one_of' ? (technique.groupKey ?? '') : '';
    const key = `${technique.selection}/${technique.parentId ?? ''}/${own}`;
    const group = groups.get(key);
    if (group) group.techniques.push(technique);
    else groups.set(key, { key, kind: technique.selection, techniques: [technique] });
  }
  return [...groups.values()];
}

/** The selection made whole: of each choice of one exactly one, and nothing below what isn't used. */
export function completed(service: DeskService, chosen: readonly string[]): string[] {
  let ids = chosen.filter((id) => service.techniques.some((technique) => technique.id === id));
  for (let round = 0; round < 5; round += 1) {
    const missing = offeredGroups(service, ids).flatMap((group) => {
      if (group.kind !== 'one_of') return [];
      const count = group.techniques.filter(({ id }) => ids.includes(id)).length;
      const [first] = group.techniques;
      return count === 0 && first ? [first.id] : [];
    });
    if (missing.length === 0) break;
    ids = [...ids, ...missing];
  }
  const used = new Set(usedTechniques(service, ids).map(({ id }) => id));
  return ids.filter((id) => used.has(id));
}

/** Who offers the service and masters everything chosen. */
export function performersOf(service: DeskService, chosen: readonly string[]): string[] {
  const used = usedTechniques(service, chosen);
  return service.specialistIds.filter((id) => used.every(({ specialistIds }) => specialistIds.includes(id)));
}

export const serviceOf = (desk: Desk, id: string | null): DeskService | null =>
  desk.services.find((service) => service.id === id) ?? null;

/** The items as they are sent; null while one has no service. */
export function requestedItems(
  items: readonly DraftItem[],
): { serviceId: string; techniqueIds: string[]; specialistId: string | null }[] | null {
  const complete = items.flatMap(({ serviceId, techniqueIds, specialistId }) =>
    serviceId === null ? [] : [{ serviceId, techniqueIds: [...techniqueIds], specialistId }],
  );
  return complete.length === items.length && complete.length > 0 ? complete : null;
}
