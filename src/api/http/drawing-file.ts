/**
 * GET /api/drawings/<scheme>/<revision>/<form>: a finished drawing as a picture, a small one for lists, or a page to print. Staff who read
 * it, and the client their own once it is shared.
 */
import type { Actor } from '../../domain/access/actor.ts';
import { isId } from '../../domain/ids.ts';
import type { Db } from '../../server/db.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { type PictureFile, pictureForms, readPictureFile } from '../../server/schemes/finished-file.ts';
import { readSchemePdf } from '../../server/schemes/pdf-content.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';
import { readCookie } from '../session-cookie.ts';

export interface AskedFile {
  schemeId: string;
  revision: string;
  form: string;
}

/** What isn't there and what isn't yours are answered alike. */
const nothing = (status: 401 | 404) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

const heads = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  // Opened by itself, an SVG is a document: it runs nothing, fetches nothing, and shows the photograph that it holds.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
};

export async function handleDrawingFile(
  request: Request,
  { schemeId, revision, form }: AskedFile,
  { deps: shared, env }: Server,
): Promise<Response> {
  const cookies = request.headers.get('cookie');
  const { actor, session } = await identify(shared, env, cookies);
  if (!session) return nothing(401);
  if (!isId(schemeId) || !/^[1-9]\d{0,5}$/.test(revision)) return nothing(404);
  const { db } = onBehalfOf(shared, actor);
  const locale = readCookie(cookies, 'locale') ?? session.locale ?? 'en';
  const file = await read(db, actor, { schemeId, number: Number(revision), form, locale });
  if (!file) return nothing(404);
  return new Response(file.bytes, {
    headers: {
      ...heads,
      'content-type': file.contentType,
      'content-length': String(file.bytes.byteLength),
      'content-disposition': `${file.isPage ? 'attachment' : 'inline'}; filename="drawing-${revision}.${file.ending}"`,
    },
  });
}

async function read(
  db: Db,
  actor: Actor,
  asked: { schemeId: string; number: number; form: string; locale: string },
): Promise<(PictureFile & { ending: string; isPage: boolean }) | null> {
  if (asked.form === 'pdf') {
    const bytes = await readSchemePdf(db, actor, asked);
    return bytes && { bytes, contentType: 'application/pdf', ending: 'pdf', isPage: true };
  }
  const form = pictureForms.find((each) => each === asked.form);
  const file = form ? await readPictureFile(db, actor, { ...asked, form }) : null;
  return file && { ...file, ending: form === 'picture.svg' ? 'svg' : 'png', isPage: false };
}
