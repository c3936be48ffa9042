/** GET /api/trail/export?…: what the trail's page shows with these filters, as CSV, streamed. Asks for a fresh proof of who it is. */
import { trailFilter } from '../../domain/trail.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { noteRefused } from '../../server/trail/note.ts';
import { exportTrail } from '../../server/trail/export.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { isFreshlyProven } from '../fresh-proof.ts';
import { csvAnswer } from './csv-answer.ts';
import { refused } from './refused.ts';

export async function handleTrailExport(request: Request, { deps, env }: Server): Promise<Response> {
  const { actor, session } = await identify(deps, env, request.headers.get('cookie'));
  if (!session) return refused(401, 'not_signed_in');
  const asked = trailFilter.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return refused(400, 'invalid_input');
  if (!isFreshlyProven(session, deps.now())) return refused(403, 'proof_needed');
  const own = onBehalfOf(deps, actor);
  const exported = await exportTrail(own, actor, asked.data);
  if (!exported.ok) {
    await noteRefused(own.db, 'trail.export');
    return refused(403, exported.refusal.code);
  }
  return csvAnswer(exported.value);
}
