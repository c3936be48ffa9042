/** How each route handler is asked for one record; those that need Next around them are asked by the long form's web process. */
import { appUrl } from '../support/api-server.ts';
import { fetched, type Heard } from './send.ts';
import type { Card, World } from './world.ts';

export interface Asked {
  origin: string;
  cookie: string;
  world: World;
  /** Null: a record that there isn't. */
  card: Card | null;
  inventedId: string;
}

type Way = (asked: Asked) => Promise<Heard>;

/** Null: needs Next around it. */
export const ways: Readonly<Record<string, Way | null>> = {
  'api/ics/[appointmentId]/route.ts': ({ origin, cookie, card, inventedId }) =>
    fetched(`${origin}/api/ics/${card?.visits[0]?.appointmentId ?? inventedId}`, { headers: { cookie } }),
  'api/imports/route.ts': ({ origin, cookie }) =>
    fetched(`${origin}/api/imports?name=services.csv`, {
      method: 'POST',
      headers: { cookie, origin: appUrl },
      body: 'Code,Name,Price\n1,Facial,10\n',
    }),
  'api/imports/[id]/report/route.ts': ({ origin, cookie, world, card, inventedId }) =>
    fetched(`${origin}/api/imports/${(card ? world.batchIds.at(-2) : null) ?? inventedId}/report`, {
      headers: { cookie },
    }),
  'api/pictures/route.ts': ({ origin, cookie, card, inventedId }) =>
    fetched(`${origin}/api/pictures?kind=photograph&clientId=${card?.clientId ?? inventedId}`, {
      method: 'POST',
      headers: { cookie, origin: appUrl },
      body: 'no picture',
    }),
  'api/pictures/[pictureId]/route.ts': ({ origin, cookie, card, inventedId }) =>
    fetched(`${origin}/api/pictures/${card?.photographId ?? inventedId}`, { headers: { cookie } }),
  'api/drawings/[schemeId]/[revision]/[form]/route.ts': ({ origin, cookie, card, inventedId }) =>
    fetched(`${origin}/api/drawings/${card?.schemes[1]?.schemeId ?? inventedId}/1/picture.svg`, {
      headers: { cookie },
    }),
  'api/drawings/guest/picture/route.ts': ({ origin, cookie, inventedId }) =>
    fetched(`${origin}/api/drawings/guest/picture`, {
      headers: { cookie, authorization: `Bearer ${inventedId}` },
    }),
  'api/trail/export/route.ts': ({ origin, cookie, card }) =>
    fetched(`${origin}/api/trail/export${card ? `?clientId=${card.clientId}` : ''}`, { headers: { cookie } }),
  // The matrix goes through it, procedure by procedure.
  'api/trpc/[trpc]/route.ts': ({ origin, cookie }) =>
    fetched(`${origin}/api/trpc/account.me`, { headers: { cookie } }),
  'livez/route.ts': ({ origin, cookie }) => fetched(`${origin}/livez`, { headers: { cookie } }),
  'readyz/route.ts': ({ origin, cookie }) => fetched(`${origin}/readyz`, { headers: { cookie } }),
  'api/auth/[...nextauth]/route.ts': null,
  '(auth)/sign-in/begin/route.ts': null,
  '(auth)/welcome/route.ts': null,
  'tldraw/[...file]/route.ts': null,
};
