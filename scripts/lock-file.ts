import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './process-info.ts';

/** The id of the running process that holds this lock, if any. A holder that died holds nothing. */
export function lockHolder(file: string): number | undefined {
  const pid = readPid(file);
  return pid !== undefined && pid !== process.pid && isRunning(pid, 'node') ? pid : undefined;
}

/** Takes the lock when nobody holds it; true when it is now ours. */
export function tryLock(file: string): boolean {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (readPid(file) === process.pid) return true;
      if (lockHolder(file) !== undefined) return false;
      rmSync(file, { force: true }); // left by a process that was killed
    }
  }
  return false;
}

export function unlock(file: string): void {
  if (readPid(file) === process.pid) rmSync(file, { force: true });
}

/** Runs `work` while holding the lock, waiting for another holder first. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!tryLock(file)) await sleep(200);
  try {
    return await work();
  } finally {
    unlock(file);
  }
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}
