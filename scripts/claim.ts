import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { lockHolder, tryLock, unlock } from './lock-file.ts';
import { isRunning } from './process-info.ts';

/** A parent that lost its own parent (npm, a terminal) is on its way out: wait so long before calling it running. */
const patienceMillis = 2500;
const leftoverPatienceMillis = 6000;

export interface Claim {
  /** Notes the children, so that a start after a `kill -9` can tell them from strangers. */
  remember(pids: number[]): void;
  release(): void;
}

/** Makes this process the one supervisor of a data folder; throws when another one runs there. */
export async function claimDataDir(dataDir: string): Promise<Claim> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 }); // the embedded server's user may pass, nobody else may look
  const lock = path.join(dataDir, 'supervisor.pid');
  const children = path.join(dataDir, 'children.json');
  for (let waited = 0; !tryLock(lock); waited += 100) {
    const holder = lockHolder(lock);
    if (waited >= patienceMillis && holder !== undefined)
      throw new Error(
        `Dermis already runs here (process ${holder}). Stop it first, or set DATA_DIR and PORT for a second one.`,
      );
    await sleep(100);
  }
  await endLeftovers(children);
  return {
    remember: (pids) => writeFileSync(children, JSON.stringify(pids)),
    release: () => {
      rmSync(children, { force: true });
      unlock(lock);
    },
  };
}

/** Children of a supervisor that was killed end themselves within seconds; what doesn't is ended here. */
async function endLeftovers(file: string): Promise<void> {
  const leftovers = readPids(file).filter(isOurs);
  for (let waited = 0; leftovers.some(isOurs) && waited < leftoverPatienceMillis; waited += 100)
    await sleep(100);
  for (const pid of leftovers.filter(isOurs)) process.kill(pid, 'SIGKILL');
  rmSync(file, { force: true });
}

/** Ids are reused: only a process that was started with the lifeline is one of ours. Next renames its own. */
const isOurs = (pid: number) => isRunning(pid, 'lifeline.ts') || isRunning(pid, 'next-server');

function readPids(file: string): number[] {
  try {
    return z.array(z.number()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return []; // no file, or half of one: the ports tell the rest
  }
}
