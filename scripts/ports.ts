import { randomInt } from 'node:crypto';
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

/**
 * Ports of tests are taken from below those that systems give to outgoing connections (from 32768 on): there, any connection of a
 * neighbour could take one between choosing it and listening on it, and whoever knocks until a port answers could even reach itself.
 */
const testPorts = { first: 15_000, last: 32_000 };

/** A port that is free at this moment: for tests. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const [port = 0] = await consecutiveFreePorts(1, host);
  return port;
}

/** `amount` neighbouring ports that are free at this moment: for tests that start the whole house. */
export async function consecutiveFreePorts(amount: number, host = '127.0.0.1'): Promise<number[]> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = randomInt(testPorts.first, testPorts.last - amount);
    const ports = Array.from({ length: amount }, (_, index) => first + index);
    const free = await Promise.all(ports.map((port) => isFree(port, host)));
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`no ${amount} neighbouring free ports were found`);
}
