/**
 * GET /api/drawings/guest/picture: what a drawing lies on, for a guest who was let in. The token they were given on joining comes in a
 * header: no address ever holds it.
 */
import { onBehalfOf } from '../../server/deps.ts';
import { readGuestPicture } from '../../server/schemes/guest-view.ts';
import type { Server } from '../deps.ts';

const nothing = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

export async function handleGuestPicture(request: Request, { deps: shared }: Server): Promise<Response> {
  const [, guestToken] = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get('authorization') ?? '') ?? [];
  if (guestToken === undefined) return nothing();
  const actor = { kind: 'nobody', holderKey: null } as const;
  const picture = await readGuestPicture(onBehalfOf(shared, actor), actor, guestToken);
  if (!picture) return nothing();
  return new Response(picture.bytes, {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': picture.contentType,
      'content-length': String(picture.bytes.byteLength),
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
