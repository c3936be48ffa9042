/** GET /api/imports/<batch>/report: every row with its outcome as CSV, streamed. Asks for a fresh proof of who it is. */
import { isId } from '../../domain/ids.ts';
import { importReport } from '../../server/imports/queries.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { noteRefused } from '../../server/trail/note.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { isFreshlyProven } from '../fresh-proof.ts';
import { csvAnswer } from './csv-answer.ts';
import { refused } from './refused.ts';

export async function handleImportReport(
  request: Request,
  batchId: string,
  { deps: shared, env }: Server,
): Promise<Response> {
  const { actor, session } = await identify(shared, env, request.headers.get('cookie'));
  if (!session) return refused(401, 'not_signed_in');
  if (!isId(batchId)) return refused(404, 'not_found');
  const deps = onBehalfOf(shared, actor);
  if (!isFreshlyProven(session, deps.now())) return refused(403, 'proof_needed');
  const report = await importReport(deps, actor, batchId);
  if (report.ok) return csvAnswer(report.value);
  const { code } = report.refusal;
  if (code === 'forbidden') await noteRefused(deps.db, 'imports.report');
  return refused(code === 'forbidden' ? 403 : 404, code);
}
