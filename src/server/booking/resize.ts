/** A visit of another length than its price list says: only staff, only where one service is done. */
import type { Plan, Segment } from '../../domain/plan.ts';
import type { Situation } from './situation.ts';

/** The same plan in so many minutes: the end moves, what begins stays. Null where more than one service is done, or processing would not fit. */
export function resized(plan: Plan, minutes: number): Plan | null {
  const [item] = plan.items;
  if (!item || plan.items.length > 1) return null;
  const delta = minutes - plan.minutes;
  const segments: Segment[] = [];
  for (const segment of plan.segments) {
    const isLast = segment.offsetMinutes + segment.minutes === plan.minutes;
    const length = isLast ? segment.minutes + delta : segment.minutes;
    if (length <= 0) return null;
    segments.push({ ...segment, minutes: length });
  }
  return { ...plan, minutes, segments, items: [{ ...item, minutes }] };
}

/** Every candidate in so many minutes; null where none can be. */
export function withDuration(situation: Situation, minutes: number): Situation | null {
  const candidates = situation.starts.candidates.flatMap((candidate) => {
    const plan = resized(candidate.plan, minutes);
    return plan ? [{ ...candidate, plan }] : [];
  });
  if (candidates.length === 0) return null;
  return {
    ...situation,
    starts: { ...situation.starts, candidates },
    candidate(label) {
      const candidate = candidates.find(({ specialistId }) => specialistId === label);
      if (!candidate) throw new Error('an assignment names a performer who was no candidate');
      return candidate;
    },
  };
}
