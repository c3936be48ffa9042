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

/** `amount` neighbouring ports that are free at this moment: for tests that start the whole house. */
export async function consecutiveFreePorts(amount: number, host = '127.0.0.1'): Promise<number[]> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = await freePort(host);
    const ports = Array.from({ length: amount }, (_, index) => first + index);
    const free = await Promise.all(ports.map(async (port) => port < 65_536 && isFree(port, host)));
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`no ${amount} neighbouring free ports were found`);
}
