/** Mail as the rest of the house knows it. */

export interface Mail {
  /** The message's own id; a repeated delivery carries the same one, so that mail programs can tell. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string } | null;
}

export interface Mailer {
  /**
   * Hands one message over. `sent`: another server has taken it. `kept`: it stays in the outbox that staff can open.
   * Throws `MailRefused` for what no later try can mend, any other error for what one may.
   */
  send(mail: Mail): Promise<'sent' | 'kept'>;
  /** Asks the server whether it would take mail from us; nothing is sent. Throws where it wouldn't, or doesn't answer. */
  verify(): Promise<void>;
  close(): void;
}

/** The address or the message will never be accepted. */
export class MailRefused extends Error {}

/** An address with a line break or a second recipient is an attempt to write headers. */
export const isOneAddress = (text: string): boolean =>
  /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+$/.test(text);
