/** tRPC over HTTP: exact Origin and JSON alone on what changes something, bounded batches, never cached. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { isUnavailable } from '../../server/unavailable.ts';
import { onBehalfOf } from '../../server/deps.ts';
import type { Server } from '../deps.ts';
import { identify } from '../auth.ts';
import { clientAddress } from '../client-address.ts';
import { refusalError } from '../refusal-error.ts';
import { appRouter } from '../root.ts';
import {
  deviceCookie,
  deviceCookieName,
  holderCookieName,
  isSecureOrigin,
  readCookie,
  sessionCookie,
} from '../session-cookie.ts';
import type { Context } from '../trpc.ts';
import { newToken } from '../../server/access/tokens.ts';
import { unattendedHeader } from '../../domain/unattended.ts';
import { readBody } from './body.ts';
import { faultOf } from './fault.ts';
import { streamSignal } from './open-streams.ts';
import { refusedOrigin } from './origin.ts';

const maxBatchSize = 10;
const maxBodyBytes = 2 * 1024 * 1024;
const retryAfterSeconds = '2';

const refuse = (status: number, reason: string) =>
  Response.json({ error: reason }, { status, headers: { 'cache-control': 'no-store' } });

/** Streams listen by themselves, and a page at which nobody moved for a while says so: neither keeps a session from growing idle. */
const hasSomebody = ({ headers }: Request): boolean =>
  !headers.has(unattendedHeader) && !(headers.get('accept') ?? '').includes('text/event-stream');

export async function handleTrpc(request: Request, { deps, env, hub }: Server): Promise<Response> {
  let body: Uint8Array<ArrayBuffer> | null = null;
  if (request.method !== 'GET') {
    if (request.method !== 'POST') return refuse(405, 'method');
    const refused = refusedOrigin(request, env.APP_URL);
    if (refused) return refused;
    if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
      return refuse(415, 'content-type');
    body = await readBody(request, maxBodyBytes);
    if (!body) return refuse(413, 'too-large');
  }
  const cookies = request.headers.get('cookie');
  const hasHolder = readCookie(cookies, holderCookieName(env.APP_URL)) !== null;
  const newHolder = hasHolder ? null : newToken();
  const cookieHeader = newHolder
    ? `${cookies ? `${cookies}; ` : ''}${holderCookieName(env.APP_URL)}=${newHolder}`
    : cookies;
  const streamed = (request.headers.get('trpc-accept') ?? '').startsWith('application/jsonl');
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    // An open stream ends with its reader or with the process.
    req: new Request(request.url, {
      method: request.method,
      headers: request.headers,
      signal: streamSignal(request.signal),
      ...(body ? { body } : {}),
    }),
    router: appRouter,
    maxBatchSize,
    allowMethodOverride: false,
    async createContext({ resHeaders }): Promise<Context> {
      const identifyAgain = () => identify(deps, env, cookieHeader, { isAttended: false });
      const caller = await identify(deps, env, cookieHeader, { isAttended: hasSomebody(request) }).catch(
        (error: unknown) => {
          throw isUnavailable(error) ? refusalError({ code: 'busy' }) : error;
        },
      );
      resHeaders.set('cache-control', 'no-store');
      if (newHolder) {
        const secure = isSecureOrigin(env.APP_URL) ? '; Secure' : '';
        resHeaders.append(
          'set-cookie',
          `${holderCookieName(env.APP_URL)}=${newHolder}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800${secure}`,
        );
      }
      return {
        ...caller,
        deps: onBehalfOf(deps, caller.actor),
        env,
        hub,
        identifyAgain,
        setSessionCookie: streamed
          ? null
          : (token) => resHeaders.append('set-cookie', sessionCookie(env.APP_URL, token)),
        deviceToken: readCookie(cookies, deviceCookieName(env.APP_URL)),
        setDeviceCookie: streamed
          ? null
          : (token) => resHeaders.append('set-cookie', deviceCookie(env.APP_URL, token)),
        locale: readCookie(cookies, 'locale') ?? caller.session?.locale ?? 'en',
        userAgent: request.headers.get('user-agent'),
        ipAddress: clientAddress(request.headers, env.TRUSTED_PROXIES),
      };
    },
    responseMeta: ({ errors }) =>
      errors.some(({ code }) => code === 'SERVICE_UNAVAILABLE')
        ? { headers: new Headers({ 'retry-after': retryAfterSeconds }) }
        : {},
    onError({ error, path }) {
      if (error.code === 'SERVICE_UNAVAILABLE')
        console.warn(JSON.stringify({ level: 'warn', where: 'trpc', path, error: 'busy' }));
      if (error.code === 'INTERNAL_SERVER_ERROR') {
        const fault = faultOf(error.cause ?? error);
        console.error(JSON.stringify({ level: 'error', where: 'trpc', path, ...fault }));
      }
    },
  });
}
