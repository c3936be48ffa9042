/** Where a page draws live, and what lets it in there. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { hashToken, newToken } from '../access/tokens.ts';
import type { Deps } from '../deps.ts';
import type { Env } from '../env.ts';
import { noScheme, readableScheme } from './read.ts';

export interface SocketWay {
  /** The collab-server's; the scheme's id and the ticket belong after it. */
  address: string;
  /** For one socket, once, within half a minute. */
  ticket: string;
  generation: number;
}

/** As told by the settings, else the port beside the web's own. */
export function collabAddress({ COLLAB_URL, APP_URL, COLLAB_PORT }: Env): string {
  if (COLLAB_URL) return COLLAB_URL;
  const { protocol, hostname } = new URL(APP_URL);
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${hostname}:${COLLAB_PORT}`;
}

const ticketLifeMs = 30_000;

/** Refuses with `not_found`, and `scheme_closed` where nothing is drawn any more. */
export async function socketWay(
  deps: Deps,
  env: Env,
  actor: Actor,
  session: { id: string; accountId: string },
  schemeId: string,
): Promise<Result<SocketWay>> {
  const standing = await readableScheme(deps.db, actor, schemeId);
  if (!standing) return noScheme();
  const { status, generation } = standing.scheme;
  if (status === 'finished' || status === 'cancelled') return refuse('scheme_closed', { status });
  const ticket = newToken();
  const expiresAt = new Date(deps.now().getTime() + ticketLifeMs);
  await deps.db.drawingTicket.create({
    data: {
      tokenHash: hashToken(ticket),
      schemeId,
      accountId: session.accountId,
      sessionId: session.id,
      expiresAt,
    },
  });
  return done({ address: collabAddress(env), ticket, generation });
}
