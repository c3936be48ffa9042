/** Recovery through a mail server as it stands in a clinic: asked for, worked off by the queue, read from the mailbox, used once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../src/server/access/commands.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { askReset, resetByLink } from '../../src/server/access/recovery.ts';
import { openMailer } from '../../src/server/ports/mail.ts';
import { handlersWith } from '../../workers/handlers.ts';
import { startWorker } from '../../workers/worker.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import {
  type Bench,
  doorSettings,
  makeAccount,
  makeRoles,
  nobody,
  openBench,
  origin,
} from '../support/people.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';

const database = fileDatabase();
const email = 'ada@example.com';
let bench: Bench;
let inbox: Inbox;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  const accountId = await makeAccount(bench.db, { email, role: 'client' });
  await bench.db.credential.create({
    data: { accountId, passwordHash: await hashPassword('a quiet long sentence') },
  });
  inbox = await startInbox();
});
afterAll(async () => {
  await inbox.stop();
  await bench.stop();
});

test('the letter arrives, its link opens once, and what follows is told by another letter', {
  timeout: 60_000,
}, async () => {
  const mailer = openMailer({ SMTP_URL: inbox.url, MAIL_FROM: 'Lindenhof <clinic@lindenhof.example>' });
  const outside = {
    mailer,
    appUrl: 'https://lindenhof.example',
    mailFrom: 'Lindenhof <clinic@lindenhof.example>',
  };
  const handlers = handlersWith(outside);
  const worker = await startWorker(database().runtimeUrl, bench.deps, handlers, () => undefined);
  try {
    for (const address of ['nobody@example.com', email])
      expect(
        await by(askReset, bench.deps, nobody, doorSettings, origin, { email: address, puzzle: null }),
      ).toEqual({ ok: true, value: null });
    const letter = await inbox.waitFor(({ to }) => to.includes(email), 20_000);
    const token = /https:\/\/lindenhof\.example\/reset-password#([\w-]{43})/.exec(letter.text)?.[1];
    if (token === undefined) throw new Error(`no link in: ${letter.text}`);
    const use = () =>
      by(resetByLink, bench.deps, nobody, doorSettings, origin, {
        token,
        newPassword: 'the long way round the lake',
        code: '',
      });
    expect((await use()).ok).toBe(true);
    expect((await use()).ok).toBe(false);
    const told = await inbox.waitFor(({ to, text }) => to.includes(email) && !text.includes(token), 20_000);
    expect(told.text).not.toContain('reset-password#');
    const typed = { email, password: 'the long way round the lake' };
    expect((await signIn(bench.deps, doorSettings, origin, typed)).ok).toBe(true);
    // Whom the address belongs to is all that the queue and the mailbox ever knew of the other one.
    expect(inbox.mails.every(({ to }) => to.includes(email))).toBe(true);
  } finally {
    await worker.stop();
    mailer.close();
  }
});
