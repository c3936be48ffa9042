/** GET /api/imports/<batch>/report: every row with its outcome as CSV, streamed. */
import { isId } from '../../domain/ids.ts';
import { importReport } from '../../server/imports/queries.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { csvAnswer } from './csv-answer.ts';

const headers = { 'cache-control': 'no-store' };

export async function handleImportReport(
  request: Request,
  batchId: string,
  { deps, env }: Server,
): Promise<Response> {
  const { actor, session } = await identify(deps, env, request.headers.get('cookie'));
  if (!session) return new Response(null, { status: 401, headers });
  if (!isId(batchId)) return new Response(null, { status: 404, headers });
  const report = await importReport(onBehalfOf(deps, actor).db, actor, batchId);
  if (!report.ok)
    return new Response(null, { status: report.refusal.code === 'forbidden' ? 403 : 404, headers });
  return csvAnswer(report.value);
}
