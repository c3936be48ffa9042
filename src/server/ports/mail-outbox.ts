/** Mail of a clinic without a mail server: the message stays where it is written, in the outbox that staff can open. */
import { isOneAddress, type Mailer, MailRefused } from './mail-types.ts';

export const openOutbox = (): Mailer => ({
  async send({ to }) {
    if (!isOneAddress(to)) throw new MailRefused('not one address');
    return 'kept';
  },
  async verify() {},
  close() {},
});
