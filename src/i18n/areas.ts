import type { MessageArea } from './types.ts';

// What each surface's pages say in the browser. Texts of other areas stay on the server.
export const staffAreas: readonly MessageArea[] = ['shell', 'staff', 'refusals'];
export const portalAreas: readonly MessageArea[] = ['shell', 'portal', 'refusals'];
export const authAreas: readonly MessageArea[] = ['shell', 'auth', 'account', 'refusals'];
export const bookingAreas: readonly MessageArea[] = [...portalAreas, 'booking'];
export const visitAreas: readonly MessageArea[] = [...bookingAreas, 'visits'];
/** Where one's own account is looked after, or its address proven. */
export const ownVisitAreas: readonly MessageArea[] = [...visitAreas, 'account'];
export const clientCardAreas: readonly MessageArea[] = [...staffAreas, 'clients', 'messages'];
/** A card tells its history, who else can open it, and what was drawn. */
export const oneCardAreas: readonly MessageArea[] = [
  ...clientCardAreas,
  'access',
  'trail',
  'zones',
  'pictures',
  'settings',
];
/** What was drawn, looked at. */
export const schemeAreas: readonly MessageArea[] = [...staffAreas, 'zones'];
/** How a client's account is entered. */
export const clientAccountAreas: readonly MessageArea[] = [...staffAreas, 'clients', 'access', 'settings'];
export const calendarAreas: readonly MessageArea[] = [...staffAreas, 'calendar'];
export const todayAreas: readonly MessageArea[] = [...calendarAreas, 'today'];
export const settingsAreas: readonly MessageArea[] = [
  ...staffAreas,
  'settings',
  'catalogue',
  'hours',
  'people',
  'access',
  'products',
  'pictures',
];
export const trailAreas: readonly MessageArea[] = [...staffAreas, 'settings', 'access', 'trail'];
export const importAreas: readonly MessageArea[] = [...staffAreas, 'settings', 'imports'];
/** The drawing has the whole screen, and nothing else's words. */
export const drawingAreas: readonly MessageArea[] = ['shell', 'staff', 'refusals', 'zones'];
/** Whoever joined by a code. */
export const joinAreas: readonly MessageArea[] = ['shell', 'account', 'refusals', 'zones'];
