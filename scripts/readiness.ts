import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from './settings.ts';

const timeoutMillis = 120_000;

/** Resolves when every web process answers its first page and every collab-server says it is ready. */
export async function isReady({ host, webPorts, collabPorts }: Settings): Promise<void> {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  await Promise.all([
    ...webPorts.map((port) => answers(`http://${reachable}:${port}/`)),
    ...collabPorts.map((port) => answers(`http://${reachable}:${port}/readyz`)),
  ]);
}

/** Waits for anything but a server error. */
async function answers(url: string): Promise<void> {
  const deadline = Date.now() + timeoutMillis;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(20_000) });
      await response.body?.cancel();
      if (response.status < 500) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(100);
  }
  throw new Error(`${url} did not come up within ${timeoutMillis / 1000} s (${last}).`);
}
