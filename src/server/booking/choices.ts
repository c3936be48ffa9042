/** From a situation to an answer: who takes the visit, or which starts are still near. */
import type { Actor } from '../../domain/access/actor.ts';
import type { VisitRequest } from '../../domain/booking.ts';
import { done, type MisfitReason, type OfferedStart, type Result, refuse } from '../../domain/refusal.ts';
import {
  type Assignment,
  type Fit,
  findStarts,
  fitsAt,
  nearestStarts,
  type Start,
} from '../../domain/starts.ts';
import type { Deps } from '../deps.ts';
import { type Around, readSituation, type Situation } from './situation.ts';

/** Three starts near the wanted one, as they are offered instead of an error. */
export function alternativesOf(situation: Situation, startsAt: number): OfferedStart[] {
  return nearestStarts(findStarts(situation.starts), startsAt).map((start) => offered(situation, start));
}

export function offered(situation: Situation, start: Start): OfferedStart {
  const minutes = Math.max(...start.specialistIds.map((label) => situation.candidate(label).plan.minutes));
  return {
    startsAt: start.startsAt,
    endsAt: start.startsAt + minutes * 60_000,
    specialistIds: [...start.specialistIds],
  };
}

/** What stands in the way of one candidate at an instant, less what does not count for this actor; and what would be taken. */
export function fitOf(situation: Situation, label: string, startsAt: number): Fit {
  const fit = fitsAt(situation.starts, label, startsAt);
  return { ...fit, reasons: fit.reasons.filter((reason) => !situation.waived.includes(reason)) };
}

const taken: readonly MisfitReason[] = ['busy', 'resource_busy'];

/**
 * Who and what would take a visit at an instant, in the order to be tried. `mayOverride`: misfits of hours and policy do not count.
 * Refuses with `slot_taken` where only others stand in the way, else with `start_unfit`; both carry three near starts.
 */
export function choices(situation: Situation, startsAt: number, mayOverride = false): Result<Assignment[]> {
  const fits = situation.starts.candidates.map(({ specialistId }) =>
    fitOf(situation, specialistId, startsAt),
  );
  const good = fits.flatMap(({ reasons, assignment }) =>
    assignment && (reasons.length === 0 || (mayOverride && !reasons.some((reason) => taken.includes(reason))))
      ? [assignment]
      : [],
  );
  if (good.length > 0) return done(good);
  const alternatives = alternativesOf(situation, startsAt);
  const counts = (reason: MisfitReason) => !mayOverride || taken.includes(reason);
  const reasons = fits.map((fit) => fit.reasons.filter(counts));
  const onlyTaken = reasons.find((list) => list.length > 0 && list.every((reason) => taken.includes(reason)));
  if (onlyTaken) return refuse('slot_taken', { alternatives });
  // The mildest misfit is the one worth telling: whoever is nearest to being able to.
  const reason = [...reasons].sort((a, b) => a.length - b.length)[0]?.[0] ?? 'outside_hours';
  return refuse('start_unfit', { reason, alternatives });
}

/** The guard said no: the refusal, with what is still open now. */
export async function lostTo(
  deps: Deps,
  actor: Actor,
  request: VisitRequest,
  startsAt: number,
  around: Omit<Around, 'startsAt'> = {},
): Promise<Result<never>> {
  const read = await readSituation(deps, actor, request, { ...around, startsAt });
  return refuse('slot_taken', { alternatives: read.ok ? alternativesOf(read.value, startsAt) : [] });
}
