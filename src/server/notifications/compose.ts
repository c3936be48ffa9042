/** The jobs that put a message into the outbox. Each re-reads, writes under a unique key and enqueues the sending with it. */
import { proofLifeMinutes } from '../../domain/account.ts';
import { type MessageReason, reasonToSkip } from '../../domain/message.ts';
import { codeHash } from '../access/proof.ts';
import { newCode } from '../access/tokens.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import type { JobPayload } from '../queue.ts';
import { write } from './letter.ts';
import type { Outside } from './outside.ts';
import { readVisitToTell } from './read-visit.ts';
import { visitLetter } from './visit-letter.ts';
import { fill, isMailLocale, type MailLocale, wordsIn } from './words.ts';

export const localeOf = (wish: string | null): MailLocale => (isMailLocale(wish) ? wish : 'en');

/**
 * `notify-appointment`: writes the message about a visit as it stands now. What is no longer worth telling is kept as
 * skipped, with its reason. Once per appointment, kind and version, however often it runs (MSG-2).
 */
export async function notifyAppointment(
  deps: Deps,
  outside: Outside,
  job: JobPayload<'notify-appointment'>,
): Promise<void> {
  const now = deps.now();
  const sendKey = `${job.appointmentId}:${job.kind}:${job.version}:email`;
  await transact(deps.db, async (tx) => {
    // Two messages about one visit come one after the other: the second knows what the first has told.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`notify:${job.appointmentId}`}, 0))::text`;
    if (await tx.message.findUnique({ where: { sendKey }, select: { id: true } })) return;
    const visit = await readVisitToTell(tx, job.appointmentId);
    if (!visit) return;
    const locale = localeOf(visit.locale);
    const letter = visitLetter(job.kind, visit, locale, outside, now.getTime());
    const reason = await whyNot(tx, job, visit, now);
    await leave(tx, deps, {
      sendKey,
      kind: job.kind,
      recipient: visit.client.email ?? '',
      locale,
      subject: letter.subject,
      bodyText: letter.text,
      bodyHtml: letter.html,
      calendarFile: letter.calendar,
      appointmentId: visit.appointmentId,
      appointmentVersion: visit.version,
      clientId: visit.clientId,
      reason,
    });
  });
  deps.announcer.announce();
}

async function whyNot(
  tx: Tx,
  job: JobPayload<'notify-appointment'>,
  visit: {
    status: Parameters<typeof reasonToSkip>[1]['status'];
    startsAt: number;
    client: { email: string | null };
  },
  now: Date,
): Promise<MessageReason | null> {
  const gone = reasonToSkip(job.kind, visit, now.getTime());
  if (gone !== null) return gone;
  // A message written later tells the visit as it was then: an earlier job has nothing to add.
  const told = await tx.message.count({
    where: {
      appointmentId: job.appointmentId,
      appointmentVersion: { gte: job.version },
      status: { not: 'skipped' },
    },
  });
  if (told > 0) return 'already_told';
  return visit.client.email === null ? 'no_address' : null;
}

/** `send-proof-code`: makes the code, keeps its hash and writes the message. The code exists nowhere before, and once. */
export async function sendProofCode(deps: Deps, proofId: string): Promise<void> {
  const now = deps.now();
  const sendKey = `proof:${proofId}`;
  await transact(deps.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM contact_proof WHERE id = ${proofId}::uuid FOR UPDATE`;
    if (await tx.message.findUnique({ where: { sendKey }, select: { id: true } })) return;
    const proof = await tx.contactProof.findUnique({ where: { id: proofId }, include: { account: true } });
    if (!proof || proof.usedAt) return;
    const code = newCode();
    await tx.contactProof.update({
      where: { id: proofId },
      data: {
        codeHash: codeHash(proofId, code),
        expiresAt: new Date(now.getTime() + proofLifeMinutes * 60_000),
      },
    });
    const clinic = await tx.clinic.findFirstOrThrow({ select: { name: true, defaultLocale: true } });
    const locale = localeOf(proof.account.locale ?? clinic.defaultLocale);
    const words = wordsIn(locale);
    const letter = write({
      subject: fill(words.proof.subject, { code }),
      // No name: whoever typed the address may have typed it wrong, and then a stranger reads this.
      greeting: words.greetingNobody,
      lead: words.proof.lead,
      code,
      facts: [],
      notes: [fill(words.proof.life, { minutes: proofLifeMinutes }), words.proof.ignore],
      sender: [clinic.name],
    });
    await leave(tx, deps, {
      sendKey,
      kind: 'proof_code',
      recipient: proof.address,
      locale,
      subject: letter.subject,
      bodyText: letter.text,
      bodyHtml: letter.html,
      calendarFile: null,
      appointmentId: null,
      appointmentVersion: null,
      clientId: null,
      reason: null,
    });
  });
  deps.announcer.announce();
}

export interface Draft {
  sendKey: string;
  kind: string;
  recipient: string;
  locale: string;
  subject: string;
  bodyText: string;
  bodyHtml: string;
  calendarFile: string | null;
  appointmentId: string | null;
  appointmentVersion: number | null;
  clientId: string | null;
  reason: MessageReason | null;
}

/** Puts a written message into the outbox, once for its key, and sends it on its way where nothing speaks against it. */
export async function leave(tx: Tx, deps: Deps, { reason, ...draft }: Draft): Promise<void> {
  const id = deps.newId();
  const { count } = await tx.message.createMany({
    data: {
      ...draft,
      id,
      channel: 'email',
      status: reason === null ? 'due' : 'skipped',
      statusReason: reason,
      createdAt: deps.now(),
    },
    skipDuplicates: true,
  });
  if (count === 0) return;
  await noteChange(tx, { topic: 'message', entityId: id });
  if (reason === null) await deps.queue.send(tx, 'send-message', { messageId: id });
}
