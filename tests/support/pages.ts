/** Every page of the product with who may see it: what the pictures and the accessibility checks walk through. */
import type { Page } from '@playwright/test';
import {
  follow,
  followThrough,
  newVisit,
  openRow,
  openVisit,
  question,
  settled,
  takeStart,
  type Way,
} from './page-ways.ts';
import { drawnClientId, seededDrawings } from './seeded-drawings.ts';

export type Role = 'nobody' | 'client' | 'specialist' | 'receptionist' | 'administrator';

export interface PageOfProduct {
  /** Of the picture's file. */
  name: string;
  path: string;
  roles: readonly Role[];
  /** From there on, where only the records know the address or something is to be opened. */
  way?: Way;
}

/** Opens the page and waits until it rests; false where there is no record to open. */
export async function open(page: Page, { path, way }: PageOfProduct, origin = ''): Promise<boolean> {
  await page.goto(`${origin}${path}`, { waitUntil: 'domcontentloaded' });
  await settled(page);
  if (!way) return true;
  if (!(await way(page))) return false;
  await settled(page);
  return true;
}

/** An id that no record has. */
const nowhere = '00000000-0000-4000-8000-000000000000';

/** What follows on a booking: the same address with the visit's id. */
const confirmed: Way = async (page) => {
  if (!(await follow('a[href^="/visits/"]')(page))) return false;
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await page.goto(new URL(`/book/confirmed/${id}`, page.url()).href);
  return true;
};

/** How the first client with an account signs in. */
const clientAccount: Way = async (page) => {
  if (!(await openRow(page))) return false;
  await settled(page);
  return follow('a[href^="/clients/"][href$="/account"]')(page);
};

/** The next Wednesday: everybody works, whatever day today is. */
const fullDay = (): string => {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7 || 7));
  return day.toISOString().slice(0, 10);
};

const desk: readonly Role[] = ['administrator', 'receptionist', 'specialist'];

export const demoEmails: Record<Exclude<Role, 'nobody'>, string> = {
  administrator: 'admin@dermis.test',
  receptionist: 'reception@dermis.test',
  specialist: 'elena@dermis.test',
  client: 'anna@dermis.test',
};

/** `settings` pages are the administrator's; others of the desk see why they can't. */
export const pagesOfProduct: readonly PageOfProduct[] = [
  { name: 'sign-in', path: '/sign-in', roles: ['nobody'] },
  { name: 'register', path: '/register', roles: ['nobody'] },
  { name: 'forgot-password', path: '/forgot-password', roles: ['nobody'] },
  { name: 'reset-password', path: `/reset-password#${'x'.repeat(43)}`, roles: ['nobody'] },
  { name: 'second-factor', path: '/second-factor', roles: ['client'] },
  { name: 'portal-book', path: '/book', roles: ['nobody', 'client'] },
  { name: 'portal-book-techniques', path: '/book', roles: ['nobody'], way: question('techniques') },
  { name: 'portal-book-specialist', path: '/book', roles: ['nobody'], way: question('specialist') },
  { name: 'portal-book-time', path: '/book', roles: ['nobody', 'client'], way: question('time') },
  { name: 'portal-book-details', path: '/book', roles: ['nobody', 'client'], way: takeStart },
  { name: 'portal-book-lapsed', path: '/book', roles: ['nobody'], way: question('details') },
  { name: 'sign-out', path: '/sign-out', roles: ['client'] },
  { name: 'portal-visits', path: '/visits', roles: ['client'] },
  { name: 'portal-visit', path: '/visits', roles: ['client'], way: follow('a[href^="/visits/"]') },
  {
    name: 'portal-reschedule',
    path: '/visits',
    roles: ['client'],
    // A visit of tomorrow may stand too near to be moved.
    way: followThrough('a[href^="/visits/"]', 'a[href$="/reschedule"]'),
  },
  { name: 'portal-confirmed', path: '/visits', roles: ['client'], way: confirmed },
  { name: 'portal-me', path: '/me', roles: ['client'] },
  { name: 'portal-drawings', path: '/me/drawings', roles: ['client'] },
  { name: 'portal-drawing', path: `/me/drawings/${seededDrawings.corrected}`, roles: ['client'] },
  { name: 'today', path: '/today', roles: desk },
  { name: 'calendar-day', path: '/calendar', roles: desk },
  { name: 'calendar-full-day', path: `/calendar?date=${fullDay()}`, roles: ['administrator'] },
  { name: 'calendar-week', path: '/calendar?view=week', roles: ['administrator', 'specialist'] },
  { name: 'calendar-visit', path: '/calendar', roles: ['receptionist'], way: openVisit },
  { name: 'calendar-new', path: '/calendar', roles: ['receptionist'], way: newVisit },
  { name: 'client-card', path: '/clients', roles: ['receptionist', 'specialist'], way: openRow },
  {
    name: 'client-account',
    path: '/clients?account=linked',
    roles: ['administrator'],
    way: clientAccount,
  },
  { name: 'client-none', path: `/clients/${nowhere}`, roles: ['receptionist'] },
  { name: 'clients', path: '/clients', roles: desk },
  { name: 'drawings', path: `/clients/${drawnClientId}/drawings`, roles: ['specialist'] },
  { name: 'drawing-new', path: `/clients/${drawnClientId}/drawings?new=1`, roles: ['specialist'] },
  {
    name: 'drawing-finished',
    path: `/drawings/${seededDrawings.corrected}/finished`,
    roles: ['specialist', 'administrator'],
  },
  {
    name: 'drawings-compared',
    path: `/clients/${drawnClientId}/drawings/compare`,
    roles: ['specialist'],
  },
  {
    name: 'drawings-by-region',
    path: `/clients/${drawnClientId}/regions?region=glabella`,
    roles: ['specialist'],
  },
  { name: 'messages', path: '/messages', roles: ['administrator', 'receptionist', 'specialist'] },
  { name: 'account', path: '/account', roles: ['specialist'] },
  { name: 'settings-forbidden', path: '/settings/catalogue', roles: ['specialist'] },
  { name: 'settings-catalogue', path: '/settings/catalogue', roles: ['administrator'] },
  { name: 'settings-service-new', path: '/settings/catalogue/new', roles: ['administrator'] },
  {
    name: 'settings-service',
    path: '/settings/catalogue',
    roles: ['administrator'],
    way: follow('a[href^="/settings/catalogue/"]:not([href$="/new"])'),
  },
  {
    name: 'settings-hours-one',
    path: '/settings/hours',
    roles: ['administrator'],
    way: follow('a[href^="/settings/hours/"]:not([href$="/closures"])'),
  },
  { name: 'settings-hours', path: '/settings/hours', roles: ['administrator'] },
  { name: 'settings-closures', path: '/settings/hours/closures', roles: ['administrator'] },
  { name: 'settings-people', path: '/settings/people', roles: ['administrator'] },
  { name: 'settings-specialist-new', path: '/settings/people/new', roles: ['administrator'] },
  {
    name: 'settings-specialist',
    path: '/settings/people',
    roles: ['administrator'],
    way: follow('a[href^="/settings/people/"]:not([href$="/new"])'),
  },
  { name: 'settings-rooms', path: '/settings/rooms', roles: ['administrator'] },
  { name: 'settings-products', path: '/settings/products', roles: ['administrator'] },
  { name: 'settings-templates', path: '/settings/products/templates', roles: ['administrator'] },
  { name: 'settings-clinic', path: '/settings/clinic', roles: ['administrator'] },
  { name: 'settings-import', path: '/settings/import', roles: ['administrator'] },
  { name: 'settings-roles', path: '/settings/roles', roles: ['administrator'] },
  { name: 'settings-role-new', path: '/settings/roles/new', roles: ['administrator'] },
  {
    name: 'settings-role',
    path: '/settings/roles',
    roles: ['administrator'],
    way: follow('a[href^="/settings/roles/"]:not([href$="/new"])'),
  },
  {
    name: 'settings-account',
    path: '/settings/people',
    roles: ['administrator'],
    way: follow('a[href^="/settings/people/accounts/"]'),
  },
  { name: 'settings-security', path: '/settings/security', roles: ['administrator'] },
  { name: 'settings-trail', path: '/settings/trail', roles: ['administrator'] },
];
