import { isAlive, parentOf } from './process-info.ts';

/**
 * Calls back when npm, which started us, is gone. npm runs a script through a shell that doesn't pass signals on, so
 * a killed npm or shell would leave the whole house running with nobody to stop it.
 */
export function onParentGone(gone: () => void): void {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || npm <= 1 || isAlive(npm))) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}
