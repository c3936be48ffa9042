/** One suite for both ways mail leaves: over SMTP to a real server, and into the local outbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mail, type Mailer, MailRefused, openMailer } from '../../src/server/ports/mail.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';

let inbox: Inbox;
const mailers: Record<string, Mailer> = {};
const from = 'Lindenhof <clinic@lindenhof.example>';

beforeAll(async () => {
  inbox = await startInbox();
  mailers.smtp = openMailer({ SMTP_URL: inbox.url, MAIL_FROM: from });
  mailers.outbox = openMailer({ MAIL_FROM: from });
});
afterAll(async () => {
  for (const mailer of Object.values(mailers)) mailer.close();
  await inbox.stop();
});

const mail = (change: Partial<Mail> = {}): Mail => ({
  id: crypto.randomUUID(),
  to: 'ana@example.com',
  subject: 'Вы записаны на вторник',
  text: 'Ждём вас',
  html: '<p>Ждём вас</p>',
  calendar: null,
  ...change,
});

describe.each(['smtp', 'outbox'])('%s', (name) => {
  const send = (message: Mail) => {
    const mailer = mailers[name];
    if (!mailer) throw new Error(name);
    return mailer.send(message);
  };

  it('takes a message and says where it is', async () => {
    expect(await send(mail())).toBe(name === 'smtp' ? 'sent' : 'kept');
  });

  it('takes the same message twice: telling them apart is the sender’s business', async () => {
    const message = mail();
    expect(await send(message)).toBe(await send(message));
  });

  it.each(['', 'nobody', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'A <a@b.example>'])(
    'refuses for good what is not one address: %j',
    async (to) => {
      await expect(send(mail({ to }))).rejects.toBeInstanceOf(MailRefused);
    },
  );
});

describe('smtp alone', () => {
  const smtp = () => {
    if (!mailers.smtp) throw new Error('no smtp');
    return mailers.smtp;
  };

  it('delivers text, HTML, the invitation and its own id, whatever the alphabet', async () => {
    const message = mail({
      calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR' },
    });
    await smtp().send(message);
    const got = await inbox.waitFor(({ parsed }) => parsed.messageId?.includes(message.id) ?? false);
    expect(got).toMatchObject({
      from: 'clinic@lindenhof.example',
      to: ['ana@example.com'],
      subject: message.subject,
    });
    expect(got.text.trim()).toBe('Ждём вас');
    expect(got.parsed.html).toContain('Ждём вас');
    expect(got.parsed.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
  });

  it('keeps a line break in the subject out of the headers', async () => {
    const message = mail({ subject: 'One\r\nBcc: c@d.example' });
    await smtp().send(message);
    const got = await inbox.waitFor(({ parsed }) => parsed.messageId?.includes(message.id) ?? false);
    expect(got.subject).toBe('One Bcc: c@d.example');
    expect(got.to).toEqual(['ana@example.com']);
  });

  it('tells "never" from "not now"', async () => {
    inbox.refuseWith(550);
    await expect(smtp().send(mail())).rejects.toBeInstanceOf(MailRefused);
    inbox.refuseWith(451);
    await expect(smtp().send(mail())).rejects.not.toBeInstanceOf(MailRefused);
    inbox.refuseWith(undefined);
    expect(await smtp().send(mail())).toBe('sent');
  });

  it('fails for now where nobody answers', async () => {
    const nowhere = openMailer({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: from });
    await expect(nowhere.send(mail())).rejects.not.toBeInstanceOf(MailRefused);
    nowhere.close();
  });
});
