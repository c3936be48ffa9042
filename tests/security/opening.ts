/** An input with which somebody is let in, looked for by trying: what others are then refused is refused for who they are. */
import { aimed, asksAboutSomebody, type Quiver, type Target } from './aim.ts';
import type { DeclaredProcedure } from './procedures.ts';
import type { Heard } from './send.ts';
import { actorNames, type Card, cardNames, type World, type WorldActor } from './world.ts';
import { randomUUID } from 'node:crypto';

export interface Opening {
  input: unknown;
  /** Who was let in; null where nobody was with anything. */
  insider: WorldActor | null;
}

/** The same request once more is another one. */
export const again = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'idempotencyKey' in input
    ? { ...input, idempotencyKey: randomUUID() }
    : input;

const personalTables = [
  'client',
  'appointment',
  'visit',
  'message',
  'account',
  'session',
  'device',
  'history_entry',
  'scheme',
  'scheme_step',
  'drawing_guest',
  'picture',
];

export const inventedTarget = (): Target => ({
  name: 'invented',
  ids: Object.fromEntries(personalTables.map((table) => [table, [randomUUID()]])),
});

export function targetOf(card: Card, world: World): Target {
  const colleague = world.staff.get('colleague');
  const optional = (value: string | null | undefined) => (value ? [value] : []);
  return {
    name: card.name,
    ids: {
      client: [card.clientId],
      accountCard: [world.cards.other.clientId],
      appointment: card.visits.map(({ appointmentId }) => appointmentId),
      visit: card.visits.flatMap(({ visitId }) => visitId ?? []),
      message: card.messageIds,
      history_entry: [card.entryId],
      // One after the other, so that those of one scheme come together.
      scheme: card.schemes.map(({ schemeId }) => schemeId),
      scheme_step: card.schemes.map(({ stepId }) => stepId),
      picture: [card.photographId],
      drawing_guest: card.schemes.map(({ guestId }) => guestId),
      account: optional(card.accountId ?? colleague?.accountId),
      session: optional(card.sessionId ?? colleague?.sessionId),
      device: optional(card.deviceId ?? colleague?.deviceId),
      specialist: [...new Set(card.visits.map(({ specialistId }) => specialistId))],
    },
  };
}

/** Whose records a procedure is asked for; where it asks for nobody's, one time is enough. */
export function targetsOf(
  procedure: DeclaredProcedure,
  quiver: Quiver,
  world: World,
  cards: readonly (typeof cardNames)[number][] = cardNames,
): Target[] {
  if (!asksAboutSomebody(procedure, quiver)) return [{ name: 'anything', ids: {} }];
  return [...cards.map((name) => targetOf(world.cards[name], world)), inventedTarget()];
}

/** As it is, and every other time with the plainest of what the house sells: what is drawn at random seldom goes together. */
const plainly = (target: Target, serviceId: string, count: number): Target =>
  count % 2 === 0 ? { ...target, ids: { ...target.ids, service: [serviceId], technique: [] } } : target;

/**
 * Draws up to so many inputs for this record and sends each until somebody is let in. `send` takes back what was written. Null where
 * no input gets past the procedure's own checks.
 */
export async function findOpening(
  world: World,
  quiver: Quiver,
  procedure: DeclaredProcedure,
  target: Target,
  tries: number,
  send: (actor: WorldActor, input: unknown) => Promise<Heard>,
): Promise<Opening | null> {
  let last: Opening | null = null;
  /** Whether it matters who asks, beyond their rights: it is about one's own, or about somebody's record. */
  const isPersonal = procedure.action?.startsWith('account.') || asksAboutSomebody(procedure, quiver);
  const isOwn = procedure.action?.startsWith('account.') || procedure.input === null;
  const insiders = world.actors.filter(({ name }) => actorNames.some((each) => each === name)).reverse();
  for (let count = 0; count < tries; count++) {
    const drawn = await aimed(procedure, plainly(target, world.serviceId, count), { ...quiver, turn: count });
    if (!drawn) return last;
    last = { input: drawn.input, insider: null };
    let turnedAway = 0;
    for (const actor of insiders) {
      const heard = await send(actor, again(drawn.input));
      if (heard.status === 200) return { input: drawn.input, insider: actor };
      if (heard.status === 401 || heard.status === 403) turnedAway += 1;
      // The input itself won't do, whoever sends it.
      else if (!isOwn && !(isPersonal && heard.status === 404)) break;
    }
    if (turnedAway === insiders.length) return last;
  }
  return last;
}
