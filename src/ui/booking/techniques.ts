/** Which techniques a choice comes to, and what is still to be answered. The API has the last word (PLAN-2 … PLAN-5). */
import type { BookableService, BookableTechnique } from './catalogue.ts';

/** Techniques that will be done: the required ones and the chosen ones, each only where its parent is. */
export function usedTechniques(
  service: BookableService,
  chosenIds: readonly string[],
  parentId: string | null = null,
): BookableTechnique[] {
  return service.techniques
    .filter(
      (technique) =>
        technique.parentId === parentId &&
        (technique.selection === 'required' || chosenIds.includes(technique.id)),
    )
    .flatMap((technique) => [technique, ...usedTechniques(service, chosenIds, technique.id)]);
}

/** The chosen ids that still mean something: what hung on a technique no longer wanted goes with it. */
export const chosenOf = (service: BookableService, chosenIds: readonly string[]): string[] =>
  usedTechniques(service, chosenIds)
    .filter(({ selection }) => selection !== 'required')
    .map(({ id }) => id);

export interface TechniqueGroup {
  /** Unique within the service. */
  key: string;
  members: BookableTechnique[];
}

/** The choices of one that stand directly below a parent. */
export function groupsBelow(service: BookableService, parentId: string | null): TechniqueGroup[] {
  const groups = new Map<string, BookableTechnique[]>();
  for (const technique of service.techniques) {
    if (technique.parentId !== parentId || technique.selection !== 'one_of') continue;
    const key = `${parentId ?? ''}:${technique.groupKey ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), technique]);
  }
  return [...groups].map(([key, members]) => ({ key, members }));
}

/** Keys of the choices of one that are open: exactly one member must be chosen. */
export function openGroups(service: BookableService, chosenIds: readonly string[]): string[] {
  const parents = [null, ...usedTechniques(service, chosenIds).map(({ id }) => id)];
  return parents
    .flatMap((parentId) => groupsBelow(service, parentId))
    .filter(({ members }) => members.filter(({ id }) => chosenIds.includes(id)).length !== 1)
    .map(({ key }) => key);
}

/** Whether there is anything to ask about techniques. */
export const hasChoice = (service: BookableService): boolean =>
  service.techniques.some(({ selection }) => selection !== 'required');

/** Specialists who may do everything that was chosen. */
export function performersOf(
  service: BookableService,
  chosenIds: readonly string[],
): BookableService['specialists'] {
  const used = usedTechniques(service, chosenIds);
  return service.specialists.filter(({ id }) =>
    used.every(({ specialistIds }) => specialistIds.includes(id)),
  );
}
