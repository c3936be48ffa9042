/** A clinic full of canaries on a database of its own, and the API of this checkout before it; for figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { systemDb } from '../../src/server/deps.ts';
import { listen, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { makeWorld, type World } from './world.ts';

export interface Stage {
  world: World;
  /** Where the API answers, without Next around it. Its clock stands still. */
  origin: string;
  ownerUrl: string;
  runtimeUrl: string;
}

/** Opens the stage, works on it, and leaves nothing behind. `single`: an account for each right alone as well. */
export async function onWorld<T>(
  work: (stage: Stage) => Promise<T>,
  { single = false, now = fixedClock().now }: { single?: boolean; now?: () => Date } = {},
): Promise<T> {
  const database = await openScratchDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'dermis-world-'));
  try {
    const server = await openServer(database.runtimeUrl, { now });
    try {
      const world = await makeWorld(systemDb(server.deps.db, 'tests'), now(), { single, folder });
      const http = await listen(server);
      try {
        return await work({
          world,
          origin: http.origin,
          ownerUrl: database.url,
          runtimeUrl: database.runtimeUrl,
        });
      } finally {
        await http.close();
      }
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  }
}
