/** Commands and queries called as the product's doors call them: on behalf of the actor, so that row security has its say. */
import type { Actor } from '../../src/domain/access/actor.ts';
import { actingAs, type Db } from '../../src/server/db.ts';
import { type Deps, onBehalfOf } from '../../src/server/deps.ts';

const isDeps = (given: Deps | Db): given is Deps => 'announcer' in given;

/** `by(cancel, deps, actor, input)`: as `cancel(deps, actor, input)`, with the database acting as that actor. */
export function by<From extends Deps | Db, Rest extends unknown[], Answer>(
  work: (from: From, actor: never, ...rest: Rest) => Answer,
  from: From,
  actor: Actor,
  ...rest: Rest
): Answer {
  const bound = (isDeps(from) ? onBehalfOf(from, actor) : actingAs(from, actor)) as From;
  return work(bound, actor as never, ...rest);
}
