/** Session → Actor. next-auth carries only the opaque session id; what it means is read from the row at every request. */
import type { NextAuthOptions } from 'next-auth';
import type { Actor } from '../domain/access/actor.ts';
import { signIn, signInInput, signOut } from '../server/access/commands.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type OpenSession, readSession } from '../server/access/sessions.ts';
import { hashToken } from '../server/access/tokens.ts';
import { asSystem, type Deps } from '../server/deps.ts';
import type { Env } from '../server/env.ts';
import { clientAddress } from './client-address.ts';
import { ownPath } from './own-path.ts';
import {
  deviceCookieName,
  holderCookieName,
  isSecureOrigin,
  readCookie,
  sessionCookieName,
} from './session-cookie.ts';

export interface Caller {
  actor: Actor;
  session: OpenSession | null;
}

/** Sessions are read before anybody is known. */
const doorOf = (deps: Deps) => asSystem(deps, 'door').db;

/** Who sends this request: from the session row behind its cookie, and from nothing else. */
export async function identify(
  deps: Deps,
  env: Env,
  cookieHeader: string | null,
  { isAttended = true }: { isAttended?: boolean } = {},
): Promise<Caller> {
  const holder = readCookie(cookieHeader, holderCookieName(env.APP_URL));
  const holderKey = holder ? hashToken(holder).toString('hex') : null;
  const token = readCookie(cookieHeader, sessionCookieName(env.APP_URL));
  const session = token
    ? await readSession(doorOf(deps), token, deps.now(), { holderKey, isAttended })
    : null;
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

/** What the form's page is told, in the one word the library hands on; null where it says no more than "wrong". */
function wordFor(refusal: Refusal): string | null {
  if (refusal.code === 'wait') return `wait.${refusal.seconds}`;
  if (refusal.code === 'proof_refused') return 'code_wrong';
  return refusal.code === 'captcha_needed' || refusal.code === 'second_factor_asked' ? refusal.code : null;
}

/** `onDevice` is told the new value of the device's cookie, which the library can't set. */
export function nextAuthOptions(
  deps: Deps,
  env: Env,
  watch: Watch = unwatched,
  onDevice: (token: string) => void = () => undefined,
): NextAuthOptions {
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
      {
        id: 'credentials',
        name: 'credentials',
        type: 'credentials',
        credentials: { email: {}, password: {}, code: {}, puzzle: {} },
        async authorize(
          credentials: Record<string, string> | undefined,
          request: { headers?: Record<string, unknown> },
        ) {
          const parsed = signInInput.safeParse(credentials);
          if (!parsed.success) return null;
          const headers = new Headers(
            Object.entries(request.headers ?? {}).map(([key, value]) => [key, String(value)]),
          );
          const origin = {
            userAgent: headers.get('user-agent'),
            ipAddress: clientAddress(headers, env.TRUSTED_PROXIES),
            deviceToken: readCookie(headers.get('cookie'), deviceCookieName(env.APP_URL)),
          };
          const settings = { masterKey: env.MASTER_KEY };
          const result = await watch(() => signIn(deps, settings, origin, parsed.data));
          if (result.ok) {
            const { accountId, token, deviceToken } = result.value;
            if (deviceToken !== null) onDevice(deviceToken);
            return { id: accountId, sessionToken: token };
          }
          const word = wordFor(result.refusal);
          if (word === null) return null;
          throw new Error(word); // the library's way to say more than "wrong"
        },
      },
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
        token && (await watch(() => readSession(doorOf(deps), token, deps.now(), { isAttended: false })))
          ? { sessionToken: token }
          : null,
    },
    events: {
      async signOut({ token }) {
        const sessionToken = token?.sessionToken;
        if (typeof sessionToken === 'string') await watch(() => signOut(deps, sessionToken));
      },
    },
  };
}
