/** Where a page finds the collab-server: as it is set, else beside the app's own host, as `ws://host:port`. */
import type { Env } from '../server/env.ts';
import { isSecureOrigin } from './session-cookie.ts';

/** Behind a proxy that routes a path of the app's own origin, COLLAB_URL says so: `wss://clinic.example/collab`. Without a slash at its end. */
export function collabAddress({
  APP_URL,
  COLLAB_URL,
  COLLAB_PORT,
}: Pick<Env, 'APP_URL' | 'COLLAB_URL' | 'COLLAB_PORT'>): string {
  if (COLLAB_URL !== undefined) return COLLAB_URL.replace(/\/+$/, '');
  return `${isSecureOrigin(APP_URL) ? 'wss' : 'ws'}://${new URL(APP_URL).hostname}:${COLLAB_PORT}`;
}
