/** Where a page finds the collab-servers: as it is set, else beside the app's own host, as `ws://host:port`. */
import type { Env } from '../server/env.ts';
import { isSecureOrigin } from './session-cookie.ts';

/**
 * In the order in which a page tries them; any of them serves any drawing. Behind a proxy that routes a path of the app's own origin,
 * COLLAB_URL says so: `wss://clinic.example/collab`. Without a slash at the end.
 */
export function collabAddresses({
  APP_URL,
  COLLAB_URL,
  COLLAB_PORT,
}: Pick<Env, 'APP_URL' | 'COLLAB_URL' | 'COLLAB_PORT'>): string[] {
  if (COLLAB_URL !== undefined) return COLLAB_URL.map((address) => address.replace(/\/+$/, ''));
  return [`${isSecureOrigin(APP_URL) ? 'wss' : 'ws'}://${new URL(APP_URL).hostname}:${COLLAB_PORT}`];
}
