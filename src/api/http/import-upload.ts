/** POST /api/imports?name=…: one export as the request's body, streamed to disk; the answer is where to go on, or why not. */
import { can } from '../../domain/access/policy.ts';
import type { UploadAnswer } from '../../domain/import-upload.ts';
import { done } from '../../domain/refusal.ts';
import { bringFile } from '../../server/imports/commands.ts';
import { storeUpload, sweepUploads } from '../../server/imports/files.ts';
import { maxFileBytes, readingFile } from '../../server/imports/unreadable.ts';
import { noteRefused } from '../../server/trail/note.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { isForeignOrigin } from './origin.ts';

const answer = (status: number, body: UploadAnswer): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

export async function handleImportUpload(request: Request, { deps, env }: Server): Promise<Response> {
  if (isForeignOrigin(request, env.APP_URL)) return answer(403, { refusal: { code: 'forbidden' } });
  const { actor, session } = await identify(deps, env, request.headers.get('cookie'));
  if (!session) return answer(401, { refusal: { code: 'not_signed_in' } });
  if (!can(actor, 'import.run')) {
    await noteRefused(onBehalfOf(deps, actor).db, 'imports.upload');
    return answer(403, { refusal: { code: 'forbidden' } });
  }
  const { body } = request;
  if (Number(request.headers.get('content-length') ?? 0) > maxFileBytes)
    return answer(413, {
      refusal: { code: 'unreadable_file', reason: 'too_large', detail: String(maxFileBytes) },
    });
  if (!body) return answer(400, { refusal: { code: 'unreadable_file', reason: 'empty' } });
  const fileName = new URL(request.url).searchParams.get('name') ?? '';
  const stored = await readingFile(async () => done(await storeUpload(env.DATA_DIR, fileName, body)));
  if (!stored.ok) return answer(413, { refusal: stored.refusal });
  await sweepUploads(env.DATA_DIR, deps.now());
  const brought = await bringFile(onBehalfOf(deps, actor), actor, stored.value);
  return brought.ok ? answer(201, brought.value) : answer(400, { refusal: brought.refusal });
}
