/** P2: what route handlers are declared to ask for, they ask for: nobody is told to sign in, the wrong people are refused, the right ones get past. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { handlers } from '../security/declared-handlers.ts';
import { appUrl, listen, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { plantScheme } from '../support/planted-scheme.ts';
import { injection } from '../support/scheme-stage.ts';
import {
  makeAccount,
  makeAppointment,
  makeCard,
  makePhotograph,
  makeRoles,
  origin,
} from '../support/people.ts';

const database = fileDatabase();
const clock = fixedClock();
type Who = 'nobody' | 'client' | 'otherClient' | 'specialist' | 'administrator';
const cookies: Record<Who, string> = {
  nobody: '',
  client: '',
  otherClient: '',
  specialist: '',
  administrator: '',
};
let server: OpenServer;
let http: Awaited<ReturnType<typeof listen>>;
let appointmentId = '';
let pictureId = '';
let schemeId = '';

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  http = await listen(server);
  const { db } = database();
  await makeHouse(db);
  await makeRoles(db);
  for (const who of ['client', 'otherClient', 'specialist', 'administrator'] as const) {
    const role = who === 'otherClient' ? 'client' : who;
    const accountId = await makeAccount(db, { email: `${who}@example.com`, role });
    if (who === 'client') {
      const clientId = await makeCard(db, { accountId });
      appointmentId = await makeAppointment(db, { clientId });
      pictureId = await makePhotograph(db, clientId);
      const records = [injection('one', null)];
      const planted = {
        clientId,
        openedBy: accountId,
        now: clock.now(),
        records,
        isFinished: true,
        isShared: true,
      };
      ({ schemeId } = await plantScheme(db, planted));
    }
    const token = await db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now: clock.now(), origin }),
    );
    cookies[who] = `${sessionCookieName(appUrl)}=${token}`;
  }
});
afterAll(async () => {
  await http.close();
  await server.close();
});

interface Asked {
  path(): string;
  method?: 'POST';
  answers: Partial<Record<Who, number>>;
}

/** Beyond the policy an import that there isn't is not found, and a file without a byte not readable. */
const asked: Record<string, Asked> = {
  'api/ics/[appointmentId]/route.ts': {
    path: () => `/api/ics/${appointmentId}`,
    answers: { nobody: 401, otherClient: 404, specialist: 404, client: 200, administrator: 200 },
  },
  'api/imports/route.ts': {
    path: () => '/api/imports?name=services.csv',
    method: 'POST',
    answers: { nobody: 401, client: 403, specialist: 403, administrator: 400 },
  },
  'api/imports/[id]/report/route.ts': {
    path: () => `/api/imports/${randomUUID()}/report`,
    answers: { nobody: 401, client: 403, specialist: 403, administrator: 404 },
  },
  'api/pictures/route.ts': {
    path: () => '/api/pictures?kind=template',
    method: 'POST',
    answers: { nobody: 401, client: 403, specialist: 403, administrator: 400 },
  },
  'api/pictures/[pictureId]/route.ts': {
    path: () => `/api/pictures/${pictureId}`,
    answers: { nobody: 401, client: 404, otherClient: 404, specialist: 404, administrator: 200 },
  },
  'api/drawings/[schemeId]/[revision]/[form]/route.ts': {
    path: () => `/api/drawings/${schemeId}/1/picture.svg`,
    answers: { nobody: 401, client: 200, otherClient: 404, specialist: 404, administrator: 200 },
  },
  'api/trail/export/route.ts': {
    path: () => '/api/trail/export',
    answers: { nobody: 401, client: 403, specialist: 403, administrator: 200 },
  },
};

describe('P2 route handlers keep to what they declare', () => {
  const guarded = Object.entries(handlers).flatMap(([name, { action }]) => (action === null ? [] : [name]));

  test('each that asks for something is asked here', () => {
    expect(Object.keys(asked).sort()).toEqual(guarded.sort());
  });

  test.each(Object.entries(asked))('%s', async (_name, { path, method = 'GET', answers }) => {
    const told: typeof answers = {};
    for (const who of ['nobody', 'client', 'otherClient', 'specialist', 'administrator'] as const) {
      if (answers[who] === undefined) continue;
      const response = await fetch(`${http.origin}${path()}`, {
        method,
        headers: { origin: appUrl, cookie: cookies[who] },
      });
      told[who] = response.status;
      // Who is turned away learns nothing but that.
      if (response.status === 401 || response.status === 403)
        expect((await response.text()).length, who).toBeLessThan(100);
    }
    expect(told).toEqual(answers);
  });

  test('the one for procedures leaves it to them', async () => {
    const ask = (who: Who) =>
      fetch(`${http.origin}/api/trpc/account.me`, { headers: { cookie: cookies[who] } }).then(
        ({ status }) => status,
      );
    expect([await ask('nobody'), await ask('client')]).toEqual([401, 200]);
  });
});
