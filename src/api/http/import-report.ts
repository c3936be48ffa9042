/** GET /api/imports/<batch>/report: every row with its outcome as CSV, streamed. */
import { isId } from '../../domain/ids.ts';
import { importReport } from '../../server/imports/queries.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';

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
  const { fileName, text } = report.value;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
    },
  });
}
