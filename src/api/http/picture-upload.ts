/** POST /api/pictures?kind=…: one picture as the request's body; the answer is its id, or why not. */
import { maxPictureBytes, type PictureAnswer, uploadQuery } from '../../domain/picture.ts';
import { type Refusal, type RefusalCode, refuse } from '../../domain/refusal.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { keepPicture, mayKeep } from '../../server/pictures/commands.ts';
import { whileComing } from '../../server/pictures/turns.ts';
import { noteRefused } from '../../server/trail/note.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { readBody } from './body.ts';
import { isForeignOrigin } from './origin.ts';

const statuses: Partial<Record<RefusalCode, number>> = { forbidden: 403, not_found: 404, busy: 503 };

const answer = (status: number, body: PictureAnswer): Response =>
  Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', ...(status === 503 ? { 'retry-after': '2' } : {}) },
  });
const refusal = (refused: Refusal): Response => answer(statuses[refused.code] ?? 400, { refusal: refused });

const tooLarge = () =>
  answer(413, {
    refusal: { code: 'unreadable_file', reason: 'too_large', detail: String(maxPictureBytes) },
  });

/** Longer than twenty megabytes take on a slow line. */
const arriveWithinMs = 180_000;

/** The body, or null where there is more than we take; `left` where whoever sends it went away, or takes too long. */
async function arrived(request: Request): Promise<Uint8Array | null | 'left'> {
  const leaving = AbortSignal.any([request.signal, AbortSignal.timeout(arriveWithinMs)]);
  // Nobody is left to tell by the body itself: a line that was cut may leave its reader waiting.
  const left = new Promise<'left'>((leave) =>
    leaving.addEventListener('abort', () => leave('left'), { once: true }),
  );
  const body = readBody(request, maxPictureBytes).catch((error: unknown) => {
    if (leaving.aborted) return 'left' as const;
    throw error;
  });
  return leaving.aborted ? 'left' : Promise.race([body, left]);
}

export async function handlePictureUpload(
  request: Request,
  { deps: shared, env }: Server,
): Promise<Response> {
  if (isForeignOrigin(request, env.APP_URL)) return answer(403, { refusal: { code: 'forbidden' } });
  const { actor, session } = await identify(shared, env, request.headers.get('cookie'));
  if (!session) return answer(401, { refusal: { code: 'not_signed_in' } });
  const deps = onBehalfOf(shared, actor);
  const asked = uploadQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) {
    const issues = asked.error.issues.map(({ path, message }) => ({ path: path.join('.'), code: message }));
    return refusal({ code: 'invalid_input', issues });
  }
  const clientId = asked.data.kind === 'photograph' ? asked.data.clientId : null;
  // Before a byte is read: who may keep nothing fills no memory.
  const allowed = await mayKeep(deps.db, actor, { clientId });
  if (!allowed.ok) {
    const hidden = allowed.refusal.code === 'not_found' ? { noun: 'client', id: clientId } : undefined;
    await noteRefused(deps.db, 'pictures.upload', hidden);
    return refusal(allowed.refusal);
  }
  const taken = await whileComing(async () => {
    const file = await arrived(request);
    if (file === 'left') return refuse('busy');
    return file && keepPicture(deps, actor, asked.data, file);
  });
  if (taken === null) return refusal({ code: 'busy' });
  if (taken.value === null) return tooLarge();
  const kept = taken.value;
  return kept.ok ? answer(201, kept.value) : refusal(kept.refusal);
}
