/** What the web process does once before it answers anybody. */
import { readEnv } from '../../server/env.ts';
import { refuseOverreach } from '../../server/runtime-role.ts';
import { isUnavailable } from '../../server/unavailable.ts';
import { endOpenStreamsAtStop } from './open-streams.ts';

/**
 * Throws where the settings or the database role aren't fit to serve others. A database that is still starting is no reason to give
 * up: its role is looked at again before the first answer.
 */
export async function atStart(): Promise<void> {
  await refuseOverreach(readEnv()).catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
  });
  endOpenStreamsAtStop();
}
