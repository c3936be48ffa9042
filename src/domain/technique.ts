/** Techniques as they are edited inside a service. Rules TECH-1 … TECH-6; the engine's reading of them is in plan.ts. */
import { z } from 'zod';
import { optionalText, signedPriceMinor, text, whole } from './field.ts';
import type { FieldIssue } from './field-issue.ts';
import { requirements } from './requirement.ts';

const key = z.string().min(1).max(60);

export const techniqueInput = z.object({
  /** An existing id, or any name of the form's own for a new one; `parentKey` refers to it. */
  key,
  parentKey: key.nullable(),
  name: text(120),
  description: optionalText(1000),
  selection: z.enum(['required', 'optional', 'one_of']),
  /** The choice this technique belongs to; only for `one_of`. */
  groupKey: optionalText(60),
  /** May be negative: it shortens the service. */
  minutes: whole(-1440, 1440, 'technique_minutes'),
  priceMinor: signedPriceMinor,
  masteryRequired: z.boolean(),
  isActive: z.boolean(),
  requirements,
});
export type TechniqueInput = z.infer<typeof techniqueInput>;

export const techniquesInput = z.array(techniqueInput).max(60, { error: 'too_many' });

export interface Total {
  minutes: number;
  priceMinor: number;
}
interface Weighed extends Total {
  key: string;
  parentKey: string | null;
  selection: 'required' | 'optional' | 'one_of';
  groupKey: string | null;
}

const childrenOf = <T extends { parentKey: string | null }>(
  all: readonly T[],
  parentKey: string | null,
): T[] => all.filter((technique) => technique.parentKey === parentKey);

function extreme(
  all: readonly Weighed[],
  parentKey: string | null,
  measure: keyof Total,
  sign: 1 | -1,
): number {
  const pick = (values: number[]): number => (sign === 1 ? Math.max(...values) : Math.min(...values));
  const weigh = (technique: Weighed): number =>
    technique[measure] + extreme(all, technique.key, measure, sign);
  let sum = 0;
  const groups = new Map<string, number[]>();
  for (const technique of childrenOf(all, parentKey)) {
    const own = weigh(technique);
    if (technique.selection === 'required') sum += own;
    if (technique.selection === 'optional') sum += pick([0, own]);
    if (technique.selection === 'one_of')
      groups.set(technique.groupKey ?? '', [...(groups.get(technique.groupKey ?? '') ?? []), own]);
  }
  for (const members of groups.values()) sum += pick(members);
  return sum;
}

/**
 * The least and the most a service can come to over every selection it allows: minutes, and money in minor units.
 * The techniques must form a forest (`checkTechniques` found no circle).
 */
export function reachOf(base: Total, techniques: readonly Weighed[]): { least: Total; most: Total } {
  const at = (sign: 1 | -1): Total => ({
    minutes: base.minutes + extreme(techniques, null, 'minutes', sign),
    priceMinor: base.priceMinor + extreme(techniques, null, 'priceMinor', sign),
  });
  return { least: at(-1), most: at(1) };
}

/** Where following parents upwards leads back to the start. */
function isCircular(technique: TechniqueInput, byKey: ReadonlyMap<string, TechniqueInput>): boolean {
  const seen = new Set<string>([technique.key]);
  let parentKey = technique.parentKey;
  while (parentKey !== null) {
    if (seen.has(parentKey)) return parentKey === technique.key;
    seen.add(parentKey);
    parentKey = byKey.get(parentKey)?.parentKey ?? null;
  }
  return false;
}

/** Promises one complaint at each field at fault, paths relative to the list. */
export function checkTechniques(techniques: readonly TechniqueInput[]): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const byKey = new Map(techniques.map((technique) => [technique.key, technique]));
  const groups = new Map<string, number[]>();
  const names = new Set<string>();
  const keys = new Set<string>();
  for (const [index, technique] of techniques.entries()) {
    const at = (field: string, code: string) => issues.push({ path: `${index}.${field}`, code });
    if (keys.has(technique.key)) at('name', 'duplicate');
    keys.add(technique.key);
    const name = `${technique.parentKey ?? ''} ${technique.name.toLocaleLowerCase()}`;
    if (names.has(name)) at('name', 'duplicate');
    names.add(name);
    if (technique.parentKey !== null && !byKey.has(technique.parentKey)) at('parentKey', 'unknown');
    else if (isCircular(technique, byKey)) at('parentKey', 'parent_circle');
    if (technique.selection !== 'one_of') continue;
    if (technique.groupKey === null) at('groupKey', 'group_missing');
    else {
      const group = JSON.stringify([technique.parentKey, technique.groupKey]);
      groups.set(group, [...(groups.get(group) ?? []), index]);
    }
  }
  for (const members of groups.values()) {
    const [only] = members;
    if (members.length === 1 && only !== undefined)
      issues.push({ path: `${only}.groupKey`, code: 'group_single' });
  }
  return issues;
}

/** Totals that no visit could have, complained of at the technique that takes (or adds) the most. Paths relative to the service. */
export function checkTotals(
  base: Total & { processingEnd: number | null },
  techniques: readonly TechniqueInput[],
): FieldIssue[] {
  const active = techniques.filter((technique) => technique.isActive);
  const { least, most } = reachOf(base, active);
  const extremeIndex = (measure: keyof Total, sign: 1 | -1): number =>
    techniques.reduce(
      (best, technique, index) =>
        technique.isActive && sign * technique[measure] > sign * (techniques[best]?.[measure] ?? 0)
          ? index
          : best,
      -1,
    );
  const at = (measure: keyof Total, sign: 1 | -1, fallback: string): string => {
    const index = extremeIndex(measure, sign);
    return index < 0 ? fallback : `techniques.${index}.${measure}`;
  };
  const issues: FieldIssue[] = [];
  if (least.minutes < 5)
    issues.push({
      path: at('minutes', -1, 'baseMinutes'),
      code: 'total_too_short',
      params: { minutes: least.minutes },
    });
  if (most.minutes > 1440)
    issues.push({
      path: at('minutes', 1, 'baseMinutes'),
      code: 'total_too_long',
      params: { minutes: most.minutes },
    });
  if (least.priceMinor < 0)
    issues.push({ path: at('priceMinor', -1, 'priceMinor'), code: 'total_price_negative' });
  if (base.processingEnd !== null && base.processingEnd > Math.min(base.minutes, least.minutes))
    issues.push({ path: 'processing.minutes', code: 'processing_range' });
  return issues;
}
