/** What stands before a deployed clinic: ends TLS, and passes one path to the collab-server and the rest to the web process. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as send } from 'node:http';
import { createServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';

const certificate = readFileSync(path.resolve(import.meta.dirname, '../data/tls/clinic.test.pem'), 'utf8');

/** The name on the certificate: nobody's loopback. */
export const frontName = 'clinic.test';

/** Has a browser take this one certificate, which nobody vouches for, and find no host but this one. */
export const frontBrowserArgs = [
  `--ignore-certificate-errors-spki-list=${createHash('sha256')
    .update(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')}`,
  `--host-resolver-rules=MAP ${frontName} 127.0.0.1, MAP * ~NOTFOUND`,
];

export interface TlsFront {
  stop(): Promise<void>;
}

export async function startTlsFront(
  port: number,
  targets: { web: number; collab: number },
): Promise<TlsFront> {
  const lines = new Set<Duplex>();
  const targetOf = ({ url = '/' }: IncomingMessage) =>
    url.startsWith('/collab/') ? targets.collab : targets.web;
  const headersOf = ({ headers, socket }: IncomingMessage) => ({
    ...headers,
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-host': headers.host,
    'x-forwarded-proto': 'https',
  });
  const server = createServer({ key: certificate, cert: certificate }, (asked, answer) => {
    const passed = send(
      {
        host: '127.0.0.1',
        port: targetOf(asked),
        method: asked.method,
        path: asked.url,
        headers: headersOf(asked),
      },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
        given.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    // A stream of news that its page has left is left here, too.
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked: IncomingMessage, client: Duplex, head: Buffer) => {
    const upstream: Socket = connect(targetOf(asked), '127.0.0.1', () => {
      const lead = Object.entries(headersOf(asked)).flatMap(([name, value]) =>
        [value ?? []].flat().map((each) => `${name}: ${each}`),
      );
      upstream.write([`${asked.method} ${asked.url} HTTP/1.1`, ...lead, '', ''].join('\r\n'));
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const [line, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      lines.add(line);
      line.on('error', () => other.destroy());
      line.on('close', () => {
        lines.delete(line);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    async stop() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const line of lines) line.destroy();
      server.closeAllConnections();
      await stopped;
    },
  };
}
