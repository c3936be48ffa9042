/** Mail to people. Adapters: `mail-smtp.ts` and `mail-outbox.ts`; one contract suite for both. */
import type { Env } from '../env.ts';
import { openOutbox } from './mail-outbox.ts';
import { openSmtp } from './mail-smtp.ts';
import type { Mailer } from './mail-types.ts';

export { type Mail, type Mailer, MailRefused } from './mail-types.ts';

/** By SMTP where it is set up, else into the local outbox: nothing leaves the machine by accident. */
export const openMailer = (env: Pick<Env, 'SMTP_URL' | 'MAIL_FROM'>): Mailer =>
  env.SMTP_URL ? openSmtp({ url: env.SMTP_URL, from: env.MAIL_FROM }) : openOutbox();
