/** Session → Actor. next-auth carries only the opaque session id; what it means is read from the row at every request. */
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { Actor } from '../domain/access/actor.ts';
import { signIn, signInInput } from '../server/access/commands.ts';
import { type OpenSession, readSession, revokeSession } from '../server/access/sessions.ts';
import { hashToken } from '../server/access/tokens.ts';
import type { Deps } from '../server/deps.ts';
import type { Env } from '../server/env.ts';
import { clientAddress } from './client-address.ts';
import { ownPath } from './own-path.ts';
import { holderCookieName, isSecureOrigin, readCookie, sessionCookieName } from './session-cookie.ts';

export interface Caller {
  actor: Actor;
  session: OpenSession | null;
}

/** Who sends this request: from the session row behind its cookie, and from nothing else. */
export async function identify(deps: Deps, env: Env, cookieHeader: string | null): Promise<Caller> {
  const holder = readCookie(cookieHeader, holderCookieName(env.APP_URL));
  const holderKey = holder ? hashToken(holder).toString('hex') : null;
  const token = readCookie(cookieHeader, sessionCookieName(env.APP_URL));
  const session = token ? await readSession(deps.db, token, deps.now(), holderKey) : null;
  return { actor: session?.actor ?? { kind: 'nobody', holderKey }, session };
}

interface SignedInUser {
  id: string;
  sessionToken: string;
}

const isSignedInUser = (user: unknown): user is SignedInUser =>
  typeof user === 'object' &&
  user !== null &&
  'sessionToken' in user &&
  typeof user.sessionToken === 'string';

/** Runs what the library calls back; `handleAuth` hears of its failure, which the library would keep to itself. */
export type Watch = <T>(work: () => Promise<T>) => Promise<T>;
const unwatched: Watch = (work) => work();

export function nextAuthOptions(deps: Deps, env: Env, watch: Watch = unwatched): NextAuthOptions {
  const secure = isSecureOrigin(env.APP_URL);
  return {
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(env.APP_URL),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    session: { strategy: 'jwt', maxAge: 30 * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          const parsed = signInInput.safeParse(credentials);
          if (!parsed.success) return null;
          const headers = new Headers(
            Object.entries(request.headers ?? {}).map(([key, value]) => [key, String(value)]),
          );
          const origin = {
            userAgent: headers.get('user-agent'),
            ipAddress: clientAddress(headers, env.TRUSTED_PROXIES),
          };
          const result = await watch(() => signIn(deps, origin, parsed.data));
          return result.ok ? { id: result.value.accountId, sessionToken: result.value.token } : null;
        },
      }),
    ],
    callbacks: {
      // Only a fresh sign-in sets the session; what a browser sends in an update is not looked at.
      jwt: ({ token, user }) =>
        isSignedInUser(user) ? { sessionToken: user.sessionToken } : { sessionToken: token.sessionToken },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => ownPath(url),
    },
    jwt: {
      encode: async ({ token }) => (typeof token?.sessionToken === 'string' ? token.sessionToken : ''),
      decode: async ({ token }) =>
        token && (await watch(() => readSession(deps.db, token, deps.now())))
          ? { sessionToken: token }
          : null,
    },
    events: {
      async signOut({ token }) {
        const sessionToken = token?.sessionToken;
        if (typeof sessionToken === 'string')
          await watch(() => revokeSession(deps.db, sessionToken, deps.now(), 'signed out'));
      },
    },
  };
}
