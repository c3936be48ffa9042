/** Every page of the product with who may see it: what the pictures and the accessibility checks walk through. */

export type Role = 'nobody' | 'client' | 'specialist' | 'receptionist' | 'administrator';

export interface PageOfProduct {
  /** Of the picture's file. */
  name: string;
  path: string;
  roles: readonly Role[];
}

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
  { name: 'portal-book', path: '/book', roles: ['nobody', 'client'] },
  { name: 'portal-visits', path: '/visits', roles: ['client'] },
  { name: 'portal-me', path: '/me', roles: ['client'] },
  { name: 'today', path: '/today', roles: desk },
  { name: 'calendar-day', path: '/calendar', roles: desk },
  { name: 'calendar-week', path: '/calendar?view=week', roles: ['administrator', 'specialist'] },
  { name: 'clients', path: '/clients', roles: desk },
  { name: 'messages', path: '/messages', roles: ['administrator', 'receptionist', 'specialist'] },
  { name: 'account', path: '/account', roles: ['specialist'] },
  { name: 'settings-forbidden', path: '/settings/catalogue', roles: ['specialist'] },
  { name: 'settings-catalogue', path: '/settings/catalogue', roles: ['administrator'] },
  { name: 'settings-service-new', path: '/settings/catalogue/new', roles: ['administrator'] },
  { name: 'settings-hours', path: '/settings/hours', roles: ['administrator'] },
  { name: 'settings-closures', path: '/settings/hours/closures', roles: ['administrator'] },
  { name: 'settings-people', path: '/settings/people', roles: ['administrator'] },
  { name: 'settings-rooms', path: '/settings/rooms', roles: ['administrator'] },
  { name: 'settings-clinic', path: '/settings/clinic', roles: ['administrator'] },
  { name: 'settings-import', path: '/settings/import', roles: ['administrator'] },
];
