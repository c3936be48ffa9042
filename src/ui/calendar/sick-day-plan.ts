/** Who takes what of an absent specialist's day. Pure; the server has the last word. */
import type { DayPlanInput } from '../../domain/booking.ts';
import type { DayProposal } from './types.ts';

export type Choice =
  | { kind: 'keep' }
  | { kind: 'hand_over'; specialistId: string }
  | { kind: 'move'; startsAt: number; specialistId: string }
  | { kind: 'cancel' };

export type Choices = ReadonlyMap<string, Choice>;

/** As the value of a select and back. */
export function writeChoice(choice: Choice): string {
  if (choice.kind === 'hand_over') return `hand_over ${choice.specialistId}`;
  if (choice.kind === 'move') return `move ${choice.specialistId} ${choice.startsAt}`;
  return choice.kind;
}

export function readChoice(text: string): Choice {
  const [kind, specialistId = '', startsAt = ''] = text.split(' ');
  if (kind === 'hand_over') return { kind, specialistId };
  if (kind === 'move') return { kind, specialistId, startsAt: Number(startsAt) };
  return { kind: kind === 'cancel' ? 'cancel' : 'keep' };
}

/**
 * Hands every visit to somebody who is free at its time: whoever has the least choice first, then the least burdened colleague.
 * Nobody gets two visits at once; what nobody can take stays.
 */
export function handAllOver(proposals: readonly DayProposal[]): Map<string, Choice> {
  const given = new Map<string, DayProposal[]>();
  const choices = new Map<string, Choice>(
    proposals.map(({ appointmentId }) => [appointmentId, { kind: 'keep' }]),
  );
  const order = [...proposals].sort(
    (a, b) => a.handOverTo.length - b.handOverTo.length || a.startsAt - b.startsAt,
  );
  for (const proposal of order) {
    const [least] = proposal.handOverTo
      .filter((id) =>
        (given.get(id) ?? []).every(
          (other) => other.endsAt <= proposal.startsAt || other.startsAt >= proposal.endsAt,
        ),
      )
      .sort((a, b) => (given.get(a)?.length ?? 0) - (given.get(b)?.length ?? 0));
    if (least === undefined) continue;
    given.set(least, [...(given.get(least) ?? []), proposal]);
    choices.set(proposal.appointmentId, { kind: 'hand_over', specialistId: least });
  }
  return choices;
}

/** What is sent: a step for each visit that doesn't stay. */
export const stepsOf = (proposals: readonly DayProposal[], choices: Choices): DayPlanInput['moves'] =>
  proposals.flatMap(({ appointmentId, version }): DayPlanInput['moves'] => {
    const choice = choices.get(appointmentId) ?? { kind: 'keep' };
    if (choice.kind === 'keep') return [];
    if (choice.kind === 'cancel') return [{ action: 'cancel', appointmentId, version }];
    if (choice.kind === 'hand_over')
      return [{ action: 'hand_over', appointmentId, version, specialistId: choice.specialistId }];
    const { startsAt, specialistId } = choice;
    return [{ action: 'move', appointmentId, version, startsAt, specialistId }];
  });
