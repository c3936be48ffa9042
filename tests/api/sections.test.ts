/**
 * The pages show what the API gives, and nothing more: every section and every button, walked with a role of each single right, over
 * HTTP. What is open answers; what is closed refuses; nothing breaks.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { type Right, rights } from '../../src/domain/access/actor.ts';
import { type CardRights, cardRightsOf } from '../../src/domain/access/card.ts';
import { type DeskRights, deskRights } from '../../src/domain/access/desk.ts';
import {
  openSections,
  openSettings,
  type Section,
  settingsSections,
} from '../../src/domain/access/section.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { openPlaces, settingsPlaces, staffPlaces } from '../../src/ui/shell/staff-places.ts';
import { type Answer, call } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { type Cast, addCast } from '../support/cast.ts';
import { staffWith } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { makeAccount, origin } from '../support/people.ts';

const database = fileDatabase();
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl);
  cast = await addCast(database().db, new Date());
});
afterAll(() => server.close());

/** Somebody new whose one role has these rights, signed in. */
async function somebodyWith(held: readonly Right[]): Promise<string> {
  const { db } = database();
  const now = new Date();
  // With a second factor, like the shipped administrator's.
  const accountId = await makeAccount(db, { email: `${randomUUID()}@example.com`, role: 'administrator' });
  const role = await db.role.create({
    data: { id: randomUUID(), key: randomUUID(), name: randomUUID(), rights: [...held] },
  });
  await db.accountRole.deleteMany({ where: { accountId } });
  await db.accountRole.create({ data: { accountId, roleId: role.id } });
  const token = await db.$transaction((tx) => openSession(tx, { id: randomUUID(), accountId, now, origin }));
  return `${sessionCookieName(appUrl)}=${token}`;
}

type Asked = readonly [type: 'query' | 'mutation', path: string, input?: unknown];
const ask = (cookie: string, [type, procedure, input]: Asked): Promise<Answer> =>
  call(server, type, procedure, { cookie, input });
const nowhere = '00000000-0000-4000-8000-00000000dead';
const today = new Date().toISOString().slice(0, 10);

/** What a section's page asks for, and what it is for: the one answers where the section is open, the other is refused where it isn't. */
const sections: Record<Section, { shows: Asked[]; does: Asked[] }> = {
  today: {
    shows: [
      ['query', 'booking.today'],
      ['query', 'booking.desk'],
    ],
    does: [['query', 'booking.today']],
  },
  calendar: {
    shows: [['query', 'booking.desk']],
    does: [['query', 'booking.calendar', { locationId: nowhere, fromDate: today, days: 1 }]],
  },
  clients: {
    shows: [
      ['query', 'clients.list', {}],
      ['query', 'clients.choices'],
    ],
    does: [['query', 'clients.search', { search: 'a' }]],
  },
  messages: {
    shows: [
      ['query', 'messages.list', {}],
      ['query', 'messages.counts'],
    ],
    does: [['mutation', 'messages.retry', { messageId: nowhere }]],
  },
  settings: { shows: [], does: [] },
  catalogue: {
    shows: [['query', 'catalogue.list']],
    does: [['mutation', 'catalogue.deleteService', { serviceId: nowhere }]],
  },
  products: {
    shows: [
      ['query', 'products.list'],
      ['query', 'products.others', { query: '' }],
      ['query', 'pictures.list'],
    ],
    does: [
      ['mutation', 'products.remove', { productId: nowhere }],
      ['mutation', 'products.removeLot', { lotId: nowhere }],
    ],
  },
  hours: {
    shows: [
      ['query', 'hours.list'],
      ['query', 'hours.closures'],
    ],
    does: [['mutation', 'hours.deleteLeave', { leaveId: nowhere }]],
  },
  people: {
    shows: [
      ['query', 'people.specialists'],
      ['query', 'people.staff'],
      ['query', 'people.choices'],
    ],
    does: [
      ['mutation', 'people.deleteSpecialist', { specialistId: nowhere }],
      ['query', 'people.presence', { accountId: nowhere }],
      ['mutation', 'people.endSessions', { accountId: nowhere, sessionId: null }],
    ],
  },
  rooms: {
    shows: [['query', 'people.resources']],
    does: [['mutation', 'people.deleteResource', { resourceId: nowhere }]],
  },
  clinic: {
    shows: [['query', 'clinic.settings']],
    does: [
      ['mutation', 'clinic.deleteLocation', { locationId: nowhere }],
      ['mutation', 'clinic.saveAccessRule', { version: 99_999, rule: { visitsGrantAccess: true } }],
    ],
  },
  import: {
    shows: [['query', 'imports.list']],
    does: [['mutation', 'imports.discard', { batchId: nowhere }]],
  },
  roles: { shows: [['query', 'roles.list']], does: [['query', 'roles.list']] },
  security: {
    shows: [['query', 'security.blocks']],
    does: [['mutation', 'security.releaseBlock', { key: 'nothing' }]],
  },
  trail: {
    shows: [
      ['query', 'trail.list', {}],
      ['query', 'trail.people'],
      ['query', 'trail.seal'],
    ],
    does: [['mutation', 'trail.mayExport']],
  },
};

const single: (readonly [string, readonly Right[]])[] = [
  ['no right at all', []],
  ...rights.map((right) => [right, [right]] as const),
  ['every right', rights],
];

describe('navigation', () => {
  it('has one place for each section, and each place its page, which asks for itself', () => {
    const places = [...staffPlaces, ...settingsPlaces];
    expect(places.map(({ section }) => section).sort()).toEqual(Object.keys(sections).sort());
    const app = path.join(import.meta.dirname, '../../src/app/(staff)');
    for (const { section, href } of settingsPlaces) {
      expect(href).toBe(`/settings/${section}`);
      const page = path.join(app, href, 'page.tsx');
      const layout = path.join(app, href, 'layout.tsx');
      const source = [page, layout].filter(existsSync).map((file) => readFileSync(file, 'utf8'));
      expect(source.join(), href).toContain(`editorsOnly('${section}')`);
    }
  });

  it('leads to the settings where at least one of them is open, and shows those alone', () => {
    for (const [, held] of single) {
      const actor = staffWith(held);
      const open = openSections(actor);
      expect(open.includes('settings')).toBe(openSettings(actor).length > 0);
      expect(openPlaces(settingsPlaces, open).map(({ section }) => section)).toEqual(openSettings(actor));
    }
    expect(openSettings(staffWith(['hours.edit']))).toEqual(['hours']);
    expect(openSettings(staffWith(['clients.view_all']))).toEqual([]);
    expect(openSettings(staffWith(['roles.edit']))).toEqual(['roles']);
    expect(openSettings(staffWith(rights))).toEqual(Object.keys(settingsSections));
  });

  it.each(single)('shows exactly what answers to a role with %s', async (_name, held) => {
    const cookie = await somebodyWith(held);
    const open = openSections(staffWith(held));
    for (const [section, { shows, does }] of Object.entries(sections)) {
      const isOpen = open.some((each) => each === section);
      if (isOpen)
        for (const asked of shows)
          expect((await ask(cookie, asked)).status, `${section} shows ${asked[1]}`).toBe(200);
      for (const asked of does) {
        const { status, refusalCode } = await ask(cookie, asked);
        expect(refusalCode === 'forbidden', `${section} does ${asked[1]}: ${status}`).toBe(!isOpen);
        expect(status, `${section} does ${asked[1]}`).toBeLessThan(500);
      }
    }
  });
});

describe('buttons', () => {
  const client = () => cast.clinic.clientId;
  const newClient = () => ({
    firstName: 'New',
    lastName: 'Client',
    email: null,
    phone: null,
    birthDate: null,
    locale: null,
    note: null,
    sourceId: null,
    isInvited: false,
    tagIds: [],
    idempotencyKey: randomUUID(),
  });
  const atCards: Partial<Record<keyof CardRights, () => Asked>> = {
    create: () => ['mutation', 'clients.create', newClient()],
    edit: () => ['mutation', 'clients.addTag', { clientId: client(), tagId: nowhere }],
    link: () => ['query', 'clients.linkCandidates', { clientId: client() }],
    account: () => ['query', 'clientAccounts.one', { clientId: client() }],
    messages: () => ['query', 'messages.ofClient', { clientId: client() }],
    imports: () => ['query', 'imports.list'],
    trail: () => ['query', 'clients.whoSees', { clientId: client() }],
    reveal: () => ['mutation', 'trail.reveal', { entryId: 999_999 }],
  };
  const atDesk: Partial<Record<keyof DeskRights, () => Asked>> = {
    moveDay: () => ['query', 'booking.proposeDay', { specialistId: cast.clinic.mila, date: today }],
    createClients: () => ['mutation', 'clients.create', newClient()],
    editHours: () => ['mutation', 'hours.deleteLeave', { leaveId: nowhere }],
  };

  it.each(single)('offer a role with %s what the API takes, and nothing it refuses', async (_name, held) => {
    const cookie = await somebodyWith(held);
    const actor = staffWith(held);
    const card = cardRightsOf(actor);
    const desk = deskRights(actor);
    if (card === null || desk === null) throw new Error('staff see cards and the desk');
    const offers: [string, boolean, Asked][] = [
      ...Object.entries(atCards).map(([button, make]): [string, boolean, Asked] => [
        `card ${button}`,
        card[button as keyof CardRights] === true,
        make(),
      ]),
      ...Object.entries(atDesk).map(([button, make]): [string, boolean, Asked] => [
        `desk ${button}`,
        desk[button as keyof DeskRights] === true,
        make(),
      ]),
    ];
    for (const [button, isOffered, asked] of offers) {
      const { status, refusalCode, body } = await ask(cookie, asked);
      expect(refusalCode === 'forbidden', `${button}: ${status} ${body.slice(0, 200)}`).toBe(!isOffered);
      expect(status, `${button} ${asked[1]} ${body.slice(0, 200)}`).toBeLessThan(500);
    }
  });

  it('whoever sees the calendar but not the cards is shown no way to a card', async () => {
    const cookie = await somebodyWith(['calendar.view_all']);
    const found = await ask(cookie, ['query', 'clients.card', { clientId: client() }]);
    expect(found.refusalCode).toBe('not_found');
    const body = (await ask(cookie, ['query', 'booking.today'])).body;
    expect(body).not.toContain(client());
  });
});
