import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retryMessage } from '../../src/server/notifications/commands.ts';
import { notifyAppointment } from '../../src/server/notifications/compose.ts';
import type { Outside } from '../../src/server/notifications/outside.ts';
import { maxSendTries, sendMessage } from '../../src/server/notifications/send.ts';
import { openMailer } from '../../src/server/ports/mail.ts';
import { transact } from '../../src/server/db.ts';
import { handlersWith } from '../../workers/handlers.ts';
import { startWorker } from '../../workers/worker.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { type Bench, makeAppointment, makeCard, makeRoles, openBench, staff } from '../support/people.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';
import { by } from '../support/by.ts';

const database = fileDatabase();
let bench: Bench;
let inbox: Inbox;
let outside: Outside;
const desk = staff('receptionist');

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  await bench.db.location.update({
    where: { id: house.berlin },
    data: { address: 'Torstr. 1', phone: '+49 30 1' },
  });
  inbox = await startInbox();
  outside = {
    mailer: openMailer({ SMTP_URL: inbox.url, MAIL_FROM: 'Lindenhof <clinic@lindenhof.example>' }),
    appUrl: 'https://lindenhof.example',
    mailFrom: 'Lindenhof <clinic@lindenhof.example>',
  };
});
afterAll(async () => {
  outside.mailer.close();
  await inbox.stop();
  await bench.stop();
});
beforeEach(() => {
  inbox.mails.length = 0;
});
afterEach(() => inbox.refuseWith(undefined));

const booked = async (
  change: {
    email?: string | null;
    locale?: string;
    status?: string;
    startsAt?: string;
    version?: number;
  } = {},
) => {
  const clientId = await makeCard(
    bench.db,
    change.email === null ? {} : { email: change.email ?? `${randomUUID()}@example.com` },
  );
  if (change.locale)
    await bench.db.client.update({ where: { id: clientId }, data: { locale: change.locale } });
  return { clientId, appointmentId: await makeAppointment(bench.db, { ...change, clientId }) };
};
type Kind = Parameters<typeof notifyAppointment>[2]['kind'];
const notify = (appointmentId: string, kind: Kind, version = 1) =>
  notifyAppointment(bench.deps, outside, { appointmentId, kind, version });
const messagesOf = (appointmentId: string) =>
  bench.db.message.findMany({
    where: { appointmentId },
    orderBy: [{ createdAt: 'asc' }, { sendKey: 'asc' }],
  });
const only = async (appointmentId: string) => {
  const [message, ...others] = await messagesOf(appointmentId);
  if (!message || others.length > 0) throw new Error(`${others.length + 1} messages`);
  return message;
};
const jobsFor = async (messageId: string) => {
  const rows = await bench.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pgboss.job WHERE name = 'send-message' AND data->>'messageId' = ${messageId}`;
  return Number(rows[0]?.count);
};

describe('what is written', () => {
  it('says in the client’s language, on the clinic’s clock, what was booked', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    const message = await only(appointmentId);
    expect(message.subject).toBe('You are booked for Thursday 4 June at 14:30');
    expect(message.bodyText).toContain('Facial (Massage)');
    expect(message.bodyText).toContain('Anna Weiss');
    expect(message.bodyText).toContain('€120');
    expect(message.bodyText).toContain('https://lindenhof.example/visits');
    const russian = await booked({ locale: 'ru', startsAt: '2027-01-06T08:00:00Z' });
    await notify(russian.appointmentId, 'booked');
    expect((await only(russian.appointmentId)).subject).toBe('Вы записаны на среду, 6 января 2027 г., 09:00');
  });

  it('keeps what people typed out of the markup', async () => {
    const { appointmentId, clientId } = await booked();
    await bench.db.client.update({
      where: { id: clientId },
      data: { firstName: '<img src=x onerror=alert(1)>' },
    });
    await notify(appointmentId, 'booked');
    const { bodyHtml, bodyText } = await only(appointmentId);
    expect(bodyHtml).not.toContain('<img');
    expect(bodyHtml).toContain('&lt;img');
    expect(bodyText).toContain('<img');
  });

  it('sends an entry for the calendar, then changes and removes that same entry', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    const file = (await only(appointmentId)).calendarFile ?? '';
    expect(file).toContain(`UID:${appointmentId}`);
    expect(file).toContain('METHOD:REQUEST');
    expect(file).toContain('SEQUENCE:1');
    expect(file).toContain('DTSTART;TZID=Europe/Berlin:20260604T143000');
    expect(file).toContain('BEGIN:VTIMEZONE');
    await bench.db.appointment.update({
      where: { id: appointmentId },
      data: { status: 'cancelled', version: 2 },
    });
    await notify(appointmentId, 'cancelled', 2);
    const cancel = (await messagesOf(appointmentId)).find(({ kind }) => kind === 'cancelled');
    expect(cancel?.calendarFile).toContain('METHOD:CANCEL');
    expect(cancel?.calendarFile).toContain(`UID:${appointmentId}`);
    expect(cancel?.calendarFile).toContain('SEQUENCE:2');
    expect(cancel?.calendarFile).toContain('STATUS:CANCELLED');
  });

  it('puts no request into a calendar before it is approved, and takes nothing out that was never in', async () => {
    const { appointmentId } = await booked({ status: 'pending' });
    await notify(appointmentId, 'requested');
    await bench.db.appointment.update({
      where: { id: appointmentId },
      data: { status: 'declined', version: 2 },
    });
    await notify(appointmentId, 'declined', 2);
    expect((await messagesOf(appointmentId)).map(({ calendarFile }) => calendarFile)).toEqual([null, null]);
  });
});

describe('MSG-1: what is no longer due is kept as skipped, with its reason', () => {
  it.each([
    ['booked', { status: 'cancelled' }, 'cancelled'],
    ['requested', { status: 'booked' }, 'state_changed'],
    ['booked', { startsAt: '2026-06-01T08:00:00Z' }, 'over'],
    ['booked', { email: null }, 'no_address'],
  ] as const)('%s of %j: %s', async (kind, change, reason) => {
    const { appointmentId } = await booked(change);
    await notify(appointmentId, kind);
    const message = await only(appointmentId);
    expect(message).toMatchObject({ status: 'skipped', statusReason: reason });
    expect(await jobsFor(message.id)).toBe(0);
  });

  it('tells a visit that was moved before its confirmation was written once, as it is now, in whatever order the jobs run', async () => {
    for (const order of [
      ['booked', 'moved'],
      ['moved', 'booked'],
    ] as const) {
      const { appointmentId } = await booked({ version: 2 });
      for (const kind of order) await notify(appointmentId, kind, kind === 'booked' ? 1 : 2);
      const messages = await messagesOf(appointmentId);
      expect(messages.map(({ status, statusReason }) => `${status} ${statusReason}`).sort()).toEqual([
        'due null',
        'skipped already_told',
      ]);
    }
  });

  it('sends nothing of a visit that was cancelled between writing and sending', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    await bench.db.appointment.update({
      where: { id: appointmentId },
      data: { status: 'cancelled', version: 2 },
    });
    await sendMessage(bench.deps, outside, (await only(appointmentId)).id);
    expect(await only(appointmentId)).toMatchObject({ status: 'skipped', statusReason: 'cancelled' });
    expect(inbox.mails).toEqual([]);
  });
});

describe('MSG-2, MSG-3: once', () => {
  it('writes and enqueues once, however often and however many at once', async () => {
    const { appointmentId } = await booked();
    await Promise.all(Array.from({ length: 8 }, () => notify(appointmentId, 'booked')));
    expect(await jobsFor((await only(appointmentId)).id)).toBe(1);
  });

  it('sends once, run twice and by eight at once', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    const { id } = await only(appointmentId);
    await Promise.allSettled(Array.from({ length: 8 }, () => sendMessage(bench.deps, outside, id)));
    await sendMessage(bench.deps, outside, id);
    expect(await only(appointmentId)).toMatchObject({ status: 'sent', attemptCount: 1, claimedUntil: null });
    expect(inbox.mails).toHaveLength(1);
    expect(inbox.mails[0]?.parsed.attachments.map(({ contentType }) => contentType)).toContain(
      'text/calendar',
    );
  });

  it('sends what a worker died with, once its lease is over', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    const { id } = await only(appointmentId);
    const died = new Date(bench.clock.now().getTime() + 120_000);
    await bench.db.message.update({ where: { id }, data: { claimedUntil: died, attemptCount: 1 } });
    await expect(sendMessage(bench.deps, outside, id)).rejects.toThrow('being sent');
    bench.clock.advanceMinutes(2);
    await sendMessage(bench.deps, outside, id);
    expect(inbox.mails).toHaveLength(1);
  });

  it('keeps a message through an outage, gives up after the last try, and sends it when a person asks', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    const { id } = await only(appointmentId);
    inbox.refuseWith(451);
    for (let attempt = 1; attempt < maxSendTries; attempt++) {
      await expect(sendMessage(bench.deps, outside, id)).rejects.toThrow();
      expect(await only(appointmentId)).toMatchObject({
        status: 'due',
        statusReason: 'unreachable',
        attemptCount: attempt,
      });
    }
    await expect(sendMessage(bench.deps, outside, id)).rejects.toThrow();
    expect(await only(appointmentId)).toMatchObject({ status: 'failed', statusReason: 'unreachable' });
    expect(await by(retryMessage, bench.deps, staff('specialist', house.anna), id)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    inbox.refuseWith(undefined);
    const retries = await Promise.all([
      by(retryMessage, bench.deps, desk, id),
      by(retryMessage, bench.deps, desk, id),
    ]);
    expect(retries.filter(({ ok }) => ok)).toHaveLength(1);
    await sendMessage(bench.deps, outside, id);
    expect(await only(appointmentId)).toMatchObject({ status: 'sent' });
    expect(inbox.mails).toHaveLength(1);
  });

  it('does not try again what the server refuses for good', async () => {
    const { appointmentId } = await booked();
    await notify(appointmentId, 'booked');
    inbox.refuseWith(550);
    await sendMessage(bench.deps, outside, (await only(appointmentId)).id);
    expect(await only(appointmentId)).toMatchObject({ status: 'failed', statusReason: 'address_refused' });
  });

  it('goes from the transaction that enqueued it to the inbox by itself, after the mail server was away', async () => {
    const { appointmentId } = await booked({ email: 'late@example.com' });
    inbox.refuseWith(451);
    const worker = await startWorker(
      database().runtimeUrl,
      bench.deps,
      handlersWith(outside),
      () => undefined,
    );
    try {
      await transact(bench.db, (tx) =>
        bench.deps.queue.send(tx, 'notify-appointment', { appointmentId, kind: 'booked', version: 1 }),
      );
      await expect
        .poll(async () => (await messagesOf(appointmentId))[0]?.attemptCount, { timeout: 10_000 })
        .toBe(1);
      inbox.refuseWith(undefined);
      await inbox.waitFor(({ to }) => to.includes('late@example.com'), 25_000);
      await expect.poll(async () => (await only(appointmentId)).status).toBe('sent');
    } finally {
      await worker.stop();
    }
  }, 40_000);
});
