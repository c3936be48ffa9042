/** What the sign-in pages need: the form's token, and where each role goes next. */
import NextAuth from 'next-auth';
import { NextRequest } from 'next/server';
import { cookies } from 'next/headers';
import { identify, nextAuthOptions } from './auth.ts';
import type { Server } from './deps.ts';
import { ownPath } from './own-path.ts';
import { isSecureOrigin } from './session-cookie.ts';

/** Where pages look for the reader's language (src/i18n/locales.ts). */
const localeCookie = 'locale';

const csrfCookie = (appUrl: string) =>
  isSecureOrigin(appUrl) ? '__Host-next-auth.csrf-token' : 'next-auth.csrf-token';
const callbackCookie = (appUrl: string) =>
  isSecureOrigin(appUrl) ? '__Secure-next-auth.callback-url' : 'next-auth.callback-url';

/** The token that a form without script sends along; null where the browser has none yet (see `beginForm`). */
export async function formToken({ env }: Server): Promise<string | null> {
  const [token] = (await cookies()).get(csrfCookie(env.APP_URL))?.value.split('|') ?? [];
  return token || null;
}

/** Where a form that failed was going: the library forgets to say so. */
export async function failedDestination({ env }: Server): Promise<string | null> {
  return (await cookies()).get(callbackCookie(env.APP_URL))?.value ?? null;
}

const to = (path: string, status: number): Response =>
  new Response(null, { status, headers: { location: path, 'cache-control': 'no-store' } });

/** GET: gives the browser the form's token and sends it back to the page it came from. A page can't set cookies itself. */
export async function beginForm(request: Request, { deps, env }: Server): Promise<Response> {
  const back = ownPath(new URL(request.url).searchParams.get('to'), '/sign-in');
  const asked = new NextRequest(new URL('/api/auth/csrf', request.url), { headers: request.headers });
  const answer: unknown = await NextAuth(
    asked,
    { params: Promise.resolve({ nextauth: ['csrf'] }) },
    nextAuthOptions(deps, env),
  );
  const response = to(back, 303);
  if (answer instanceof Response)
    for (const line of answer.headers.getSetCookie()) response.headers.append('set-cookie', line);
  return response;
}

/** GET, after signing in: to where the person was going, else to where their work or their visits are; in their language. */
export async function welcome(request: Request, { deps, env }: Server): Promise<Response> {
  const { actor, session } = await identify(deps, env, request.headers.get('cookie'));
  if (!session) return to('/sign-in', 303);
  const home = actor.kind === 'staff' ? '/today' : '/visits';
  const wish = ownPath(new URL(request.url).searchParams.get('to'), home);
  const response = to(wish === '/' ? home : wish, 303);
  if (session.locale && !(await cookies()).has(localeCookie)) {
    const secure = isSecureOrigin(env.APP_URL) ? '; Secure' : '';
    response.headers.append(
      'set-cookie',
      `${localeCookie}=${encodeURIComponent(session.locale)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`,
    );
  }
  return response;
}
