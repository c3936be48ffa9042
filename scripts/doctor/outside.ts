/** What stands between people and the app, and between the app and their mailboxes. */
import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { isDeployment, isLoopback } from '../../src/server/env.ts';
import { openMailer } from '../../src/server/ports/mail.ts';
import { type Finding, guarded, largeDriftMs, said, type Setup } from './finding.ts';

const dayMs = 86_400_000;
const fewDays = 14;
const answerWithinMs = 10_000;

interface Heard {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Null where the line is in the open. */
  validUntil: Date | null;
  clockMs: number | null;
}

function ask(address: string, outside: Setup['outside']): Promise<Heard> {
  const asking = address.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = asking.get(address, { timeout: answerWithinMs, agent: false, ...outside }, (response) => {
      const isSecure = (socket: unknown): socket is TLSSocket =>
        typeof socket === 'object' && socket !== null && 'getPeerCertificate' in socket;
      const until = isSecure(response.socket) ? response.socket.getPeerCertificate().valid_to : undefined;
      const { date } = response.headers;
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        validUntil: until ? new Date(until) : null,
        clockMs: date ? Date.parse(date) : null,
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer in ten seconds')));
    request.on('error', reject);
  });
}

/** The address people type: reachable, with a certificate that lasts, and telling browsers to stay with TLS. */
export async function lookAtAddress({ given, now, outside }: Setup): Promise<Finding[]> {
  const about = said('address');
  const address = given.APP_URL || 'http://localhost:3000';
  if (!isDeployment(given)) {
    const isOpen = !isLoopback(given.HOST || '127.0.0.1');
    return [
      isOpen
        ? about.warn(
            `APP_URL is ${address}, but the app listens beyond this machine`,
            'set APP_URL to the https address people type',
          )
        : about.ok(`${address}: for this machine alone`),
    ];
  }
  return guarded(
    'address',
    async () => {
      const heard = await ask(new URL('/sign-in', address).href, outside);
      const findings: Finding[] = drifted(heard, now());
      if (heard.status !== 200)
        findings.push(
          about.fail(`${address}/sign-in answers ${heard.status}`, 'look whether the proxy reaches the app'),
        );
      const days =
        heard.validUntil === null
          ? Number.NaN
          : Math.floor((heard.validUntil.getTime() - now().getTime()) / dayMs);
      if (days < 0) findings.push(about.fail('the certificate has run out', 'renew it'));
      else if (days < fewDays)
        findings.push(about.warn(`the certificate lasts ${days} more days`, 'see that it renews itself'));
      if (heard.status === 200 && !heard.headers['strict-transport-security'])
        findings.push(
          about.fail(
            'Strict-Transport-Security is missing on the way',
            'let the proxy pass the app’s headers on',
          ),
        );
      if (heard.status === 200 && !heard.headers['content-security-policy'])
        findings.push(
          about.fail(
            'Content-Security-Policy is missing on the way',
            'let the proxy pass the app’s headers on',
          ),
        );
      findings.push(...(await lookAtOpenDoor(address, outside)));
      return findings.length > 0
        ? findings
        : [about.ok(`${address} answers over TLS; the certificate lasts ${days} more days`)];
    },
    'look at the proxy, its certificate and the name’s address',
  );
}

/** Whether what stands in front lives in another minute: codes of second factors go by the clock. */
function drifted({ clockMs }: Heard, at: Date): Finding[] {
  if (clockMs === null || Math.abs(at.getTime() - clockMs) <= largeDriftMs) return [];
  const seconds = Math.round((at.getTime() - clockMs) / 1_000);
  return [
    said('clock').fail(
      `this machine and what answers at the address differ by ${seconds} s`,
      'let both take the time from the network (NTP)',
    ),
  ];
}

/** The same name without TLS: closed, or leading to https. */
async function lookAtOpenDoor(address: string, outside: Setup['outside']): Promise<Finding[]> {
  const { hostname, port } = new URL(address);
  if (port !== '') return [];
  const heard = await ask(`http://${hostname}/`, outside).catch(() => null);
  if (heard === null || heard.headers.location?.startsWith('https:')) return [];
  return [
    said('address').warn(
      `http://${hostname} answers ${heard.status} in the open`,
      'let the proxy lead it to https',
    ),
  ];
}

export async function lookAtMail({ given }: Setup): Promise<Finding[]> {
  const about = said('mail');
  const { SMTP_URL: url, MAIL_FROM: from } = given;
  if (!url)
    return [
      isDeployment(given)
        ? about.warn(
            'SMTP_URL is not set: messages stay in the outbox that staff open, codes and links too',
            'set SMTP_URL and MAIL_FROM',
          )
        : about.ok('kept in the outbox that staff open; nothing leaves this machine'),
    ];
  return guarded(
    'mail',
    async () => {
      const mailer = openMailer({ SMTP_URL: url, MAIL_FROM: from ?? '' });
      try {
        await mailer.verify();
      } finally {
        mailer.close();
      }
      const { protocol, hostname } = new URL(url);
      if (!from || /@localhost>?\s*$/.test(from))
        return [about.warn('MAIL_FROM is nobody’s address', 'set MAIL_FROM to one that people can answer')];
      if (protocol === 'smtp:' && !isLoopback(hostname) && !url.includes('requireTLS=true'))
        return [
          about.warn(
            'the mail server is spoken to without insisting on TLS',
            'use smtps://, or add ?requireTLS=true to SMTP_URL',
          ),
        ];
      return [about.ok(`${hostname} takes mail from us`)];
    },
    'look at SMTP_URL: server, port, account and password',
  );
}
