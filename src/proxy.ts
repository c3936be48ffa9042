import { type NextRequest, NextResponse } from 'next/server';
import { collabAddresses } from './api/collab-address.ts';
import { contentSecurityPolicy, needsAccount } from './api/http/page-policy.ts';
import { sessionCookieName } from './api/session-cookie.ts';
import { type Env, readEnv } from './server/env.ts';

let settings: Env | undefined;

/** Gives every page its policy and nonce. It may send a stranger to the sign-in page; it never lets anybody in. */
export function proxy(request: NextRequest): NextResponse {
  settings ??= readEnv();
  const { pathname, search } = request.nextUrl;
  if (needsAccount(pathname) && !request.cookies.has(sessionCookieName(settings.APP_URL))) {
    const signIn = new URL('/sign-in', request.url);
    signIn.searchParams.set('callbackUrl', `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy({
    nonce,
    appUrl: settings.APP_URL,
    collabUrls: collabAddresses(settings),
    development: settings.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-page-path', `${pathname}${search}`);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

// Everything that can be a page, also under a name that looks like a file's; what is none says so itself.
export const config = { matcher: ['/((?!api/|_next/|icon\\.svg$|favicon\\.ico$).*)'] };
