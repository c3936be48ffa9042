import { createServer, connect, type Socket } from 'node:net';

export interface FaultProxy {
  port: number;
  /** Bytes wait this long in both directions. */
  delay(millis: number): void;
  /** Bytes vanish, lines stay open: nobody answers and nobody hangs up. */
  blackHole(on: boolean): void;
  /** Cuts every open line; new ones work again. */
  cut(): void;
  /** Refuses new lines (and cuts the open ones) until it is called with false. */
  refuse(on: boolean): void;
  openLines(): number;
  stop(): Promise<void>;
}

/** Stands between a client and `target` and does to their line what networks do. */
export async function startFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const lines = new Set<[Socket, Socket]>();
  let delayMillis = 0;
  let swallowing = false;
  let refusing = false;

  const carry = (from: Socket, to: Socket) => {
    let last = Promise.resolve();
    from.on('data', (bytes: Buffer) => {
      if (swallowing) return;
      if (delayMillis === 0) {
        // behind bytes that still wait, so that nothing overtakes
        last = last.then(() => void (to.writable && to.write(bytes)));
        return;
      }
      const due = new Promise<void>((resolve) => setTimeout(resolve, delayMillis));
      last = Promise.all([last, due]).then(() => void (to.writable && to.write(bytes)));
    });
    from.on('end', () => void last.then(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const cut = () => {
    for (const [client, upstream] of lines) {
      client.resetAndDestroy();
      upstream.destroy();
    }
    lines.clear();
  };

  const server = createServer((client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(target);
    const line: [Socket, Socket] = [client, upstream];
    lines.add(line);
    client.once('close', () => lines.delete(line));
    carry(client, upstream);
    carry(upstream, client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    delay(millis) {
      delayMillis = millis;
    },
    blackHole(on) {
      swallowing = on;
    },
    cut,
    refuse(on) {
      refusing = on;
      if (on) cut();
    },
    openLines: () => lines.size,
    stop() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
