import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether nobody listens on this address. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Waits a little for ports that are just being given back; the first one that stays taken, or undefined. */
export async function firstTaken(
  ports: number[],
  host: string,
  patienceMillis = 3000,
): Promise<number | undefined> {
  for (const port of ports)
    for (let waited = 0; !(await isFree(port, host)); waited += 100) {
      if (waited >= patienceMillis) return port;
      await sleep(100);
    }
  return undefined;
}

/** A port that is free at this moment: for tests. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}
