import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process with this id exists (also when it belongs to somebody else). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Dead, but not yet collected by its parent: it holds no port and no lock any more. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  return statOf(pid)?.state === 'Z';
}

/** The command line of a process, or undefined when there is none. Ids are reused, so a bare id proves nothing. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readQuietly(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
  if (process.platform === 'win32') return undefined;
  return (
    spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout?.trim() || undefined
  );
}

/** Whether this id still belongs to a process whose command line contains `part`. */
export function isRunning(pid: number, part: string): boolean {
  if (!isAlive(pid)) return false;
  return process.platform === 'win32' || (commandOf(pid)?.includes(part) ?? false);
}

/** The parent's id of any process; only Linux can tell without starting a program. */
export function parentOf(pid: number): number | undefined {
  return statOf(pid)?.parent;
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  const stat = readQuietly(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  // the second field is the program's name in brackets and may itself contain blanks and brackets
  const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent) };
}

function readQuietly(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
