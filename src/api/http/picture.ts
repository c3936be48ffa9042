/** GET /api/pictures/<picture>: the picture as we wrote it, or `?preview=1`; to whoever may see what it belongs to. */
import { isId } from '../../domain/ids.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { keptContentType } from '../../server/pictures/decode.ts';
import { readPictureBytes } from '../../server/pictures/queries.ts';
import { noteRefused } from '../../server/trail/note.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';

/** What isn't there and what isn't yours are answered alike. */
const nothing = (status: 401 | 404) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

export async function handlePicture(
  request: Request,
  pictureId: string,
  { deps: shared, env }: Server,
): Promise<Response> {
  const { actor, session } = await identify(shared, env, request.headers.get('cookie'));
  if (!session) return nothing(401);
  if (!isId(pictureId)) return nothing(404);
  const { db } = onBehalfOf(shared, actor);
  const isPreview = new URL(request.url).searchParams.get('preview') === '1';
  const tagOf = (sha256: string) => `"${sha256}${isPreview ? '-preview' : ''}"`;
  const known = new Set((request.headers.get('if-none-match') ?? '').split(/\s*,\s*/));
  const found = await readPictureBytes(db, actor, {
    pictureId,
    isPreview,
    isKnown: (sha256) => known.has(tagOf(sha256)) || known.has(`W/${tagOf(sha256)}`),
  });
  if (!found) {
    await noteRefused(db, 'pictures.read', { noun: 'picture', id: pictureId });
    return nothing(404);
  }
  const headers = {
    // Kept by this browser alone, and asked about each time: rights end, and a picture with them.
    'cache-control': 'private, no-cache',
    etag: tagOf(found.sha256),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (found.bytes === null) return new Response(null, { status: 304, headers });
  return new Response(found.bytes, {
    headers: {
      ...headers,
      'content-type': keptContentType,
      'content-length': String(found.bytes.byteLength),
      'content-disposition': 'inline; filename="picture.webp"',
    },
  });
}
