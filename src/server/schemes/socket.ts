/** Where a page draws live, and what lets it in there. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Deps } from '../deps.ts';
import { noScheme, readableScheme } from './read.ts';
import { issueTicket } from './tickets.ts';

export interface SocketWay {
  /** For one socket, once, within half a minute. */
  ticket: string;
  generation: number;
}

/** Refuses with `not_found`, and `scheme_closed` where nothing is drawn any more. */
export async function socketWay(
  deps: Deps,
  actor: Actor,
  session: { id: string; accountId: string },
  schemeId: string,
): Promise<Result<SocketWay>> {
  const standing = await readableScheme(deps.db, actor, schemeId);
  if (!standing) return noScheme();
  const { status, generation } = standing.scheme;
  if (status === 'finished' || status === 'cancelled') return refuse('scheme_closed', { status });
  const ticket = await issueTicket(
    deps,
    { kind: 'account', accountId: session.accountId, sessionId: session.id },
    schemeId,
  );
  return done({ ticket, generation });
}
