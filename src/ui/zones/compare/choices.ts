import type { ListedDrawing } from '../card/types.ts';

/** One finished revision, as addresses name it: `<scheme>.<number>`. */
export interface Choice {
  key: string;
  schemeId: string;
  number: number;
  drawing: ListedDrawing;
  isNewest: boolean;
}

/** What can lie over each other: all that was finished on one template or picture, newest first. */
export interface ChoiceGroup {
  key: string;
  choices: readonly Choice[];
}

export function choiceGroups(drawings: readonly ListedDrawing[]): ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  for (const drawing of drawings) {
    const key = drawing.templateKey ?? drawing.pictureId ?? '';
    const choices = groups.get(key) ?? [];
    for (let number = drawing.revision; number > 0; number--)
      choices.push({
        key: `${drawing.schemeId}.${number}`,
        schemeId: drawing.schemeId,
        number,
        drawing,
        isNewest: number === drawing.revision,
      });
    groups.set(key, choices);
  }
  return [...groups].map(([key, choices]) => ({ key, choices })).filter(({ choices }) => choices.length > 1);
}

export interface Sides {
  group: ChoiceGroup;
  left: Choice;
  right: Choice;
}

/** A scheme alone stands for its newest revision. */
const isNamed = (choice: Choice, name: string | null): boolean =>
  choice.key === name || (choice.isNewest && choice.schemeId === name);

/**
 * What is laid over what: as asked, as far as both are there and on the same template; else the newest beside the one before it. Null
 * where there are no two.
 */
export function sidesFor(
  groups: readonly ChoiceGroup[],
  asked: { left: string | null; right: string | null },
): Sides | null {
  const holds = (group: ChoiceGroup, name: string | null): boolean =>
    name !== null && group.choices.some((choice) => isNamed(choice, name));
  const group =
    groups.find((each) => holds(each, asked.left)) ??
    groups.find((each) => holds(each, asked.right)) ??
    groups[0];
  if (group === undefined) return null;
  const find = (name: string | null): Choice | undefined =>
    name === null ? undefined : group.choices.find((choice) => isNamed(choice, name));
  const [left, right] = [find(asked.left), find(asked.right)];
  /** Of another treatment rather than of the same; the one before it, where there is one. */
  const otherThan = (taken: Choice): Choice | undefined => {
    const rest = group.choices.filter((choice) => choice !== taken);
    const others = rest.filter((choice) => choice.isNewest && choice.schemeId !== taken.schemeId);
    const earlier = (choice: Choice): boolean => group.choices.indexOf(choice) > group.choices.indexOf(taken);
    return others.find(earlier) ?? others[0] ?? rest.find(earlier) ?? rest[0];
  };
  // The earlier one is at the left, whichever of the two was named.
  if (left && right && left !== right) return { group, left, right };
  const named = left ?? right ?? group.choices[0];
  const other = named && otherThan(named);
  if (named === undefined || other === undefined) return null;
  return group.choices.indexOf(named) < group.choices.indexOf(other)
    ? { group, left: other, right: named }
    : { group, left: named, right: other };
}
