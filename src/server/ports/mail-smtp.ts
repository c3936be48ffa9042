/** Mail over SMTP: `smtp://` or `smtps://` with the account in the address. */
import { createTransport } from 'nodemailer';
import { isOneAddress, type Mailer, MailRefused } from './mail-types.ts';

const timeouts = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  // A server that falls silent in the middle must not hold the worker: the lease of a message is two minutes.
  socketTimeout: 30_000,
};

/** 5xx: the server says never. Everything else, silence included, may pass. */
const isFinal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500 &&
  // 530, 534, 535: our own account is refused, which says nothing about the message.
  ![530, 534, 535, 538].includes(error.responseCode);

export function openSmtp({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  const host = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ id, to, subject, text, html, calendar }) {
      if (!isOneAddress(to)) throw new MailRefused('not one address');
      try {
        await transport.sendMail({
          from,
          to,
          subject: subject.replace(/\s+/g, ' '),
          text,
          ...(html === null ? {} : { html }),
          ...(calendar === null
            ? {}
            : { icalEvent: { method: calendar.method, content: calendar.content, filename: 'visit.ics' } }),
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return 'sent';
      } catch (error) {
        if (isFinal(error)) throw new MailRefused('refused by the mail server', { cause: error });
        throw error;
      }
    },
    async verify() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
