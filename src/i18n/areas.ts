import type { MessageArea } from './types.ts';

// What each surface's pages say in the browser. Texts of other areas stay on the server.
export const staffAreas: readonly MessageArea[] = ['shell', 'staff', 'refusals'];
export const portalAreas: readonly MessageArea[] = ['shell', 'portal', 'refusals'];
export const authAreas: readonly MessageArea[] = ['shell', 'auth', 'refusals'];
export const bookingAreas: readonly MessageArea[] = [...portalAreas, 'booking'];
export const visitAreas: readonly MessageArea[] = [...bookingAreas, 'visits'];
