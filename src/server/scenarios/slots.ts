import { isKnownZone, localDateOf } from '../../domain/schedule.ts';
import { mergeStarts, startsByCandidate } from '../../domain/starts.ts';
import { engineInputOf, readSlots, ScenarioError, specialistsOf } from './slots-input.ts';

/** Starts of a scenario (milliseconds, sorted, each once) and those of every specialist on his own. */
export type SlotsAnswer = {
  readonly starts: readonly number[];
  readonly bySpecialist: ReadonlyMap<string, readonly number[]>;
};

/**
 * Answers a scenario of kind `slots`; of several specialists any may take a start, or all must (`mode: all`).
 * `policy` overrides the scenario's own values. Throws `ScenarioError` on what it cannot understand.
 */
export function answerSlots(raw: unknown, policy: Readonly<Record<string, unknown>> = {}): SlotsAnswer {
  const input = readSlots(raw);
  const engineInput = engineInputOf(input, policy);
  const lists = startsByCandidate(engineInput);
  const ids = engineInput.candidates.map(({ specialistId }) => specialistId);
  const specialists = specialistsOf(input);
  const needed = input.query.mode === 'all' ? specialists.length : 1;
  const starts = mergeStarts(ids, lists)
    .filter((start) => start.specialistIds.length >= needed)
    .map(({ startsAt }) => startsAt);
  const bySpecialist = new Map(specialists.map(({ id }) => [id, lists[ids.indexOf(id)] ?? []]));
  return { starts, bySpecialist };
}

/** Groups starts by the calendar date a viewer in another zone sees. */
export function byViewerDate(starts: readonly number[], zone: string): Map<string, number[]> {
  if (!isKnownZone(zone))
    throw new ScenarioError(`query.viewerTimezone: unknown time zone ${JSON.stringify(zone)}`);
  const out = new Map<string, number[]>();
  for (const startMs of starts) {
    const date = localDateOf(startMs, zone);
    const list = out.get(date);
    if (list) list.push(startMs);
    else out.set(date, [startMs]);
  }
  return out;
}
