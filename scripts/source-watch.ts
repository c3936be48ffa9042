import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import type { Say, SupervisedProcess } from './supervised-process.ts';

const root = path.resolve(import.meta.dirname, '..');
const settleMillis = 300;

/** The worker and the collab-server run plain Node: start them anew after a change. The web app reloads itself. */
export function watchSources(processes: SupervisedProcess[], say: Say): void {
  const reloaded = processes.filter((child) => !child.name.startsWith('web'));
  let timer: NodeJS.Timeout | undefined;
  const onChange = (_event: string, file: string | null) => {
    if (!file?.endsWith('.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      say('start', `${file} changed: worker and collab-server start anew`);
      for (const child of reloaded)
        child.reload().catch((error: unknown) => say(child.name, `could not be reloaded: ${String(error)}`));
    }, settleMillis);
  };
  for (const folder of ['src/domain', 'src/server', 'workers', 'collab-server'])
    if (existsSync(path.join(root, folder)))
      watch(path.join(root, folder), { recursive: true }, onChange).unref();
}
