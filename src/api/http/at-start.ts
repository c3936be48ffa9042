/** What the web process does once before it answers anybody. */
import { readEnv } from '../../server/env.ts';
import { refuseOverreach } from '../../server/runtime-role.ts';
import { isUnavailable } from '../../server/unavailable.ts';
import { endOpenStreamsAtStop } from './open-streams.ts';

/**
 * Ends the process, saying why, where the settings or the database role aren't fit to serve others: Next by itself would go on
 * listening and answer everything with 500. A database that is still starting is no reason to give up; its role is looked at again
 * before the first answer.
 */
export async function atStart(): Promise<void> {
  try {
    await refuseOverreach(readEnv());
  } catch (error) {
    if (!isUnavailable(error)) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exit(1);
    }
  }
  endOpenStreamsAtStop();
}
