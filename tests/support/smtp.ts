import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  parsed: ParsedMail;
}

export interface Inbox {
  url: string;
  port: number;
  /** Everything accepted so far, oldest first. */
  mails: ReceivedMail[];
  /** The first mail that fits, waiting for it up to `timeoutMillis`. */
  waitFor(fits: (mail: ReceivedMail) => boolean, timeoutMillis?: number): Promise<ReceivedMail>;
  /** Answers every following mail with this code (451 try later, 550 never), or accepts again with undefined. */
  refuseWith(code: number | undefined): void;
  stop(): Promise<void>;
}

/** A real mail server on a free port that keeps what it is sent. A fixed port lets one "come back" after an outage. */
export async function startInbox(port = 0): Promise<Inbox> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  let refusal: number | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom(_address, _session, callback) {
      callback(
        refusal === undefined
          ? null
          : Object.assign(new Error('refused by the test'), { responseCode: refusal }),
      );
    },
    onData(stream, session, callback) {
      simpleParser(stream).then((parsed) => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          parsed,
        });
        callback(null);
        for (const wake of waiting) wake();
      }, callback);
    },
  });
  server.on('error', () => undefined); // a client that hangs up mid-way is no failure of the server
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const actual = address && typeof address === 'object' ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${actual}`,
    port: actual,
    mails,
    refuseWith(code) {
      refusal = code;
    },
    waitFor(fits, timeoutMillis = 10_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const mail = mails.find(fits);
          if (!mail) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(mail);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const subjects = mails.map(({ to, subject }) => `${to.join()}: ${subject}`).join('\n');
          reject(new Error(`no such mail within ${timeoutMillis} ms; there are:\n${subjects}`));
        }, timeoutMillis);
        waiting.add(look);
        look();
      });
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
