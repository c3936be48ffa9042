/** The outbox as staff see it: what was sent, failed or was kept; and whose messages are shown to whom. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageSight } from '../../src/domain/access/message.ts';
import { messageListInput } from '../../src/domain/message.ts';
import { actingAs } from '../../src/server/db.ts';
import { retryMessage } from '../../src/server/notifications/commands.ts';
import { notifyAppointment, sendProofCode } from '../../src/server/notifications/compose.ts';
import type { Outside } from '../../src/server/notifications/outside.ts';
import {
  countMessages,
  failedMessages,
  listMessages,
  messagesOfClient,
  readMessage,
} from '../../src/server/notifications/queries.ts';
import { sendMessage } from '../../src/server/notifications/send.ts';
import { openMailer } from '../../src/server/ports/mail.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import {
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  openBench,
  staff,
} from '../support/people.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';

const database = fileDatabase();
let bench: Bench;
let inbox: Inbox;
let outside: Outside;
/** Where there is no mail server. */
let local: Outside;
const desk = staff('receptionist');
const whole = messageSight(staff('administrator'));

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  inbox = await startInbox();
  const mailFrom = 'Lindenhof <clinic@lindenhof.example>';
  const base = { appUrl: 'https://lindenhof.example', mailFrom };
  outside = { ...base, mailer: openMailer({ SMTP_URL: inbox.url, MAIL_FROM: mailFrom }) };
  local = { ...base, mailer: openMailer({ MAIL_FROM: mailFrom }) };
});
afterAll(async () => {
  outside.mailer.close();
  await inbox.stop();
  await bench.stop();
});

/** The confirmation of a visit, written. */
async function confirmation(specialistId = house.anna, email = `${randomUUID()}@example.com`) {
  const clientId = await makeCard(bench.db, { email });
  const appointmentId = await makeAppointment(bench.db, { clientId, specialistId });
  await notifyAppointment(bench.deps, outside, { appointmentId, kind: 'booked', version: 1 });
  const { id } = await bench.db.message.findFirstOrThrow({ where: { appointmentId } });
  return { id, clientId, appointmentId, email };
}
const fail = (id: string) => bench.db.message.update({ where: { id }, data: { status: 'failed' } });

describe('the outbox as staff see it', () => {
  it('keeps mail in the house where there is no mail server', async () => {
    const { id, appointmentId, clientId } = await confirmation();
    await sendMessage(bench.deps, local, id);
    expect(await readMessage(bench.db, whole, id)).toMatchObject({
      status: 'kept',
      clientName: 'Ana Reis',
      appointmentId,
    });
    expect(await messagesOfClient(bench.db, messageSight(desk), clientId)).toMatchObject([{ messageId: id }]);
    expect(await messagesOfClient(bench.db, messageSight(staff('specialist')), clientId)).toBeNull();
  });

  it('shows a code only where the outbox is its only way out', async () => {
    const code = async (where: Outside) => {
      const accountId = await makeAccount(bench.db, {
        email: `${randomUUID()}@example.com`,
        role: 'client',
        verified: false,
      });
      const now = bench.clock.now();
      const proof = await bench.db.contactProof.create({
        data: {
          id: randomUUID(),
          accountId,
          channel: 'email',
          address: 'code@example.com',
          codeHash: Buffer.alloc(32),
          createdAt: now,
          expiresAt: now,
        },
      });
      await sendProofCode(bench.deps, proof.id);
      const { id } = await bench.db.message.findUniqueOrThrow({ where: { sendKey: `proof:${proof.id}` } });
      const due = await readMessage(bench.db, whole, id);
      expect(JSON.stringify(due)).not.toMatch(/\b\d{6}\b(?!Z)/);
      await sendMessage(bench.deps, where, id);
      return bench.db.message.findUniqueOrThrow({ where: { id } });
    };
    expect((await code(local)).bodyText).toMatch(/\b\d{6}\b/);
    const sent = await code(outside);
    expect(`${sent.subject} ${sent.bodyText} ${sent.bodyHtml?.replace(/#\w{6}/g, '')}`).not.toMatch(
      /\b\d{6}\b/,
    );
    expect(inbox.mails[0]?.text).toMatch(/\b\d{6}\b/);
  });

  it('a code that would open an account that is there already is for those alone beyond whom nobody’s rights reach', async () => {
    const [theirs, nobodys] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    await makeAccount(bench.db, { email: theirs, role: 'client' });
    const shownTo = async (sight: typeof whole, address: string) => {
      const accountId = await makeAccount(bench.db, { email: address, role: 'client', verified: false });
      const at = bench.clock.now();
      const proof = { id: randomUUID(), accountId, channel: 'email', address, codeHash: Buffer.alloc(32) };
      await bench.db.contactProof.create({ data: { ...proof, createdAt: at, expiresAt: at } });
      await sendProofCode(bench.deps, proof.id);
      const { id } = await bench.db.message.findUniqueOrThrow({ where: { sendKey: `proof:${proof.id}` } });
      await sendMessage(bench.deps, local, id);
      const { messages } = await listMessages(bench.db, sight, messageListInput.parse({ limit: 100 }));
      const line = messages.find(({ messageId }) => messageId === id);
      const text = `${line?.subject} ${(await readMessage(bench.db, sight, id))?.bodyText}`;
      return /\b\d{6}\b/.test(text);
    };
    expect(await shownTo(messageSight(desk), nobodys)).toBe(true);
    expect(await shownTo(messageSight(desk), theirs)).toBe(false);
    expect(await shownTo(whole, theirs)).toBe(true);
  });

  it('lists newest first, by state, page by page', async () => {
    const one = await confirmation(house.anna, 'late@example.com');
    for (let count = 0; count < 6; count++) await confirmation();
    await fail(one.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listMessages>> = await listMessages(
        bench.db,
        whole,
        messageListInput.parse({ limit: 3, cursor }),
      );
      seen.push(...page.messages.map(({ messageId }) => messageId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(await bench.db.message.count());
    const failed = await listMessages(bench.db, whole, messageListInput.parse({ status: 'failed' }));
    expect(failed.messages.map(({ status }) => status)).toEqual(['failed']);
    expect(
      (await listMessages(bench.db, whole, messageListInput.parse({ cursor: 'x~y' }))).messages.length,
    ).toBeGreaterThan(0);
    expect(
      (await listMessages(bench.db, whole, messageListInput.parse({ search: 'late@' }))).messages,
    ).toHaveLength(1);
  });
});

describe('the outbox of somebody who sees some clients only', () => {
  /** Anna, with nothing but the outbox: of clients she sees those she has a visit with. */
  const anna = { ...staff('specialist', house.anna), rights: new Set(['messages.view'] as const) };
  const knowing = { ...anna, rights: new Set(['messages.view', 'clients.contact'] as const) };
  const failed = async (specialistId: string) => {
    const written = await confirmation(specialistId);
    await fail(written.id);
    return written;
  };
  const accountLetter = async () => {
    const id = randomUUID();
    const letter = {
      kind: 'new_device',
      channel: 'email',
      locale: 'en',
      subject: 'Somebody signed in',
      bodyText: '-',
    };
    await bench.db.message.create({
      data: {
        ...letter,
        id,
        sendKey: id,
        recipient: 'colleague@example.com',
        status: 'failed',
        createdAt: bench.clock.now(),
      },
    });
    return id;
  };
  const every = messageListInput.parse({ limit: 100 });

  // What the query layer says by itself, and what the database says to a reader that forgot to ask it.
  const layers = {
    'the query layer': (actor: typeof anna) => ({ db: bench.db, sight: messageSight(actor) }),
    'row security': (actor: typeof anna) => ({
      db: actingAs(bench.db, actor),
      sight: { ...whole, contact: messageSight(actor).contact },
    }),
  };
  it.each(Object.entries(layers))('%s shows, counts and opens theirs alone', async (_layer, under) => {
    const theirs = await failed(house.anna);
    const foreign = await failed(house.boris);
    const letter = await accountLetter();
    const { db, sight } = under(anna);
    const seen = (await listMessages(db, sight, every)).messages.map(({ messageId }) => messageId);
    expect(seen).toContain(theirs.id);
    expect(seen).not.toContain(foreign.id);
    expect(seen).not.toContain(letter);
    expect(await readMessage(db, sight, theirs.id)).toMatchObject({ clientName: 'Ana Reis' });
    expect(await readMessage(db, sight, foreign.id)).toBeNull();
    expect(await readMessage(db, sight, letter)).toBeNull();
    const since = new Date(0);
    expect((await failedMessages(db, sight, since)).map(({ id }) => id)).toContain(theirs.id);
    expect((await failedMessages(db, sight, since)).map(({ id }) => id)).not.toContain(foreign.id);
    const all = await countMessages(bench.db, whole);
    expect((await countMessages(db, sight)).failed).toBeLessThan(all.failed ?? 0);
  });

  it('names no address without the right to contacts, nor finds by it', async () => {
    const { id, email } = await failed(house.anna);
    const { id: calendarId } = await bench.db.message.findFirstOrThrow({
      where: { id, calendarFile: { not: null } },
    });
    const search = { ...every, search: email };
    const blind = messageSight(anna);
    expect(JSON.stringify(await listMessages(bench.db, blind, every))).not.toContain(email);
    expect(JSON.stringify(await readMessage(bench.db, blind, calendarId))).not.toContain(email);
    expect((await listMessages(bench.db, blind, search)).messages).toEqual([]);
    const sighted = messageSight(knowing);
    expect((await listMessages(bench.db, sighted, search)).messages).toMatchObject([{ recipient: email }]);
    expect((await readMessage(bench.db, sighted, id))?.calendarFile).toContain(email);
  });

  it('shows no letter that names a price without the right to prices', async () => {
    const { id } = await failed(house.anna);
    const blind = await readMessage(bench.db, messageSight(anna), id);
    expect(blind).toMatchObject({ bodyText: null, bodyHtml: null });
    expect(JSON.stringify(blind)).not.toContain('€');
    const sight = { ...messageSight(anna), money: true };
    expect((await readMessage(bench.db, sight, id))?.bodyText).toContain('€120');
  });

  it('sends again theirs alone', async () => {
    const theirs = await failed(house.anna);
    const foreign = await failed(house.boris);
    expect(await by(retryMessage, bench.deps, anna, foreign.id)).toMatchObject({
      refusal: { code: 'not_found' },
    });
    expect(await by(retryMessage, bench.deps, anna, theirs.id)).toMatchObject({ ok: true });
    expect(await bench.db.message.findUniqueOrThrow({ where: { id: foreign.id } })).toMatchObject({
      status: 'failed',
    });
  });
});
