/** What browsers are told with every answer, and that no page leans on the proxy: deleting src/proxy.ts changes redirects and the CSP alone. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import nextConfig from '../../next.config.mjs';
import { contentSecurityPolicy } from '../../src/api/http/page-policy.ts';
import { deviceCookie, holderCookieName, sessionCookie } from '../../src/api/session-cookie.ts';
import { call } from '../support/api-call.ts';
import { listen, type OpenServer, openServer } from '../support/api-server.ts';
import { fileDatabase } from '../support/database.ts';

const root = path.resolve(import.meta.dirname, '../..');
const database = fileDatabase();
let server: OpenServer;
let http: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  server = await openServer(database().runtimeUrl);
  http = await listen(server);
});
afterAll(async () => {
  await http.close();
  await server.close();
});

describe('headers of every answer', () => {
  const given = async (source: string) => {
    const rules = (await nextConfig.headers?.()) ?? [];
    const found = rules.find((rule) => rule.source === source);
    return new Map(found?.headers.map(({ key, value }) => [key.toLowerCase(), value]));
  };

  test('hold for pages, files and the API alike, proxy or not', async () => {
    const headers = await given('/:path*');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\).*geolocation=\(\)/);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    const api = await given('/api/:path*');
    expect(api.get('cache-control')).toBe('no-store');
    expect(api.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  test('no source maps for browsers, and no word about what we are built with', () => {
    expect(nextConfig.productionBrowserSourceMaps).toBe(false);
    expect(nextConfig.poweredByHeader).toBe(false);
  });

  test('no answer of the API may be kept, whatever it is', async () => {
    const ask = (address: string, init: RequestInit = {}) => fetch(`${http.origin}${address}`, init);
    const answers = [
      await ask('/api/trpc/account.me'),
      await ask('/api/trpc/catalogue.public'),
      await ask('/api/trpc/no.such'),
      await ask('/api/trpc/account.chooseLanguage', { method: 'POST' }),
      await ask('/api/trpc/account.chooseLanguage', { method: 'DELETE' }),
      await ask('/api/ics/nothing'),
      await ask('/api/imports/nothing/report'),
      await ask('/api/imports', { method: 'POST' }),
      await ask('/api/trail/export'),
    ];
    for (const answer of answers) expect(answer.headers.get('cache-control'), answer.url).toBe('no-store');
  });
});

describe('cookies', () => {
  test('are bound to this host and to TLS wherever TLS stands in front, and no script reads them', () => {
    const secure = 'https://clinic.example';
    for (const line of [sessionCookie(secure, 'token'), deviceCookie(secure, 'token')]) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; Path=\//);
      for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax']) expect(line).toContain(`; ${word}`);
      expect(line).not.toMatch(/Domain/i);
    }
    expect(holderCookieName(secure)).toMatch(/^__Host-/);
    // Browsers refuse the prefix without TLS.
    expect(sessionCookie('http://localhost:3000', 'token')).not.toMatch(/__Host-|Secure/);
  });
});

describe('the policy of pages', () => {
  const policy = (change: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) =>
    new Map(
      contentSecurityPolicy({
        nonce: 'abc',
        appUrl: 'https://clinic.example',
        collabUrls: ['wss://clinic.example:3001'],
        development: false,
        ...change,
      })
        .split('; ')
        .map((directive): [string, string] => {
          const [name = '', ...values] = directive.split(' ');
          return [name, values.join(' ')];
        }),
    );

  test('lets scripts in by nonce alone, and nothing be framed, plugged in or sent elsewhere', () => {
    const given = policy();
    expect(given.get('script-src')).toBe("'self' 'nonce-abc' 'strict-dynamic'");
    expect(given.get('script-src')).not.toMatch(/unsafe|https?:|\*/);
    expect(given.get('default-src')).toBe("'self'");
    expect(given.get('object-src')).toBe("'none'");
    expect(given.get('base-uri')).toBe("'none'");
    expect(given.get('form-action')).toBe("'self'");
    expect(given.get('frame-ancestors')).toBe("'none'");
    expect(given.get('connect-src')).toBe("'self' data: blob: wss://clinic.example:3001");
  });
});

describe('every page asks for itself who is looking', () => {
  const app = path.join(root, 'src/app');
  const pages = globSync('{(staff),(portal)/me,(portal)/visits,(portal)/book/confirmed}/**/page.tsx', {
    cwd: app,
  }).sort();
  /** Each answers strangers with a redirect or "forbidden"; what they promise stands in src/api. */
  const guards =
    /\b(editorsOnly|roleEditorsOnly|firstSettings|deskPage|cardRights|mailState|signedIn|ownAccountPage|pageDrawings|pageFinished|portalDrawings?)\(/;

  test('there are pages to look at', () => expect(pages.length).toBeGreaterThan(25));

  // A browser may ask for a page without the layouts above it: a guard up there is for the answer's status alone.
  test.each(pages)('%s', (file) => {
    const text = readFileSync(path.join(app, file), 'utf8');
    const body = text.slice(text.indexOf('export default'));
    expect(body, 'the page itself asks no guard').toMatch(guards);
  });

  test('and the guards know nothing of the proxy but where to come back to', () => {
    for (const file of globSync('src/api/**/*.ts', { cwd: root })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const asked = [...text.matchAll(/headers\(\)\)\.get\('([^']+)'\)/g)].map(([, name]) => name);
      expect(
        asked.filter((name) => name !== 'cookie' && name !== 'x-page-path'),
        file,
      ).toEqual([]);
    }
  });
});

test('a procedure is refused for who asks, not for where the proxy would have led them', async () => {
  for (const path_ of ['clients.list', 'booking.today', 'people.staff', 'imports.list']) {
    const { status, body } = await call(server, 'query', path_, { input: {} });
    expect([400, 401, 403]).toContain(status);
    expect(body).not.toContain('"result"');
  }
});
