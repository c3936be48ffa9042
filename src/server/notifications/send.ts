/** The job that hands one message over. A lease is claimed first, so that two workers send once and a crash still sends. */
import { proofLifeMinutes, resetLifeMinutes } from '../../domain/account.ts';
import { isAppointmentStatus } from '../../domain/appointment.ts';
import {
  isAppointmentMessage,
  isSecretMessage,
  type MessageReason,
  reasonToSkip,
  withoutSecret,
} from '../../domain/message.ts';
import type { Prisma } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { type Mail, MailRefused } from '../ports/mail.ts';
import type { Outside } from './outside.ts';

const leaseMinutes = 2;
/** The first try and ten retries of the queue. */
export const maxSendTries = 11;

/** Somebody else is sending it, or died while doing so: the queue tries again, until the lease is over. */
class Leased extends Error {}

type MessageRow = Prisma.MessageGetPayload<object>;

/**
 * `send-message`: sends what is due and marks it. Run twice it sends once; run after a crash it sends (MSG-3).
 * Throws while the mail server can't be reached, so that the queue tries again; after the last try the message is
 * `failed` and stays where staff see it. What the server refuses for good fails at once.
 */
export async function sendMessage(deps: Deps, outside: Outside, messageId: string): Promise<void> {
  const message = await claim(deps, messageId);
  if (!message) return;
  const reason = await whyNot(deps, message);
  if (reason !== null) return settle(deps, message, { status: 'skipped', statusReason: reason });
  try {
    const status = await outside.mailer.send(asMail(message));
    const hidden = isSecretMessage(message.kind) && status === 'sent' ? hidingSecret(message) : {};
    await settle(deps, message, { ...hidden, status, statusReason: null, sentAt: deps.now() });
  } catch (error) {
    if (error instanceof MailRefused)
      return settle(deps, message, { status: 'failed', statusReason: 'address_refused' });
    const last = message.attemptCount >= maxSendTries;
    await settle(deps, message, { status: last ? 'failed' : 'due', statusReason: 'unreachable' });
    throw error;
  }
}

async function claim(deps: Deps, messageId: string): Promise<MessageRow | null> {
  const now = deps.now();
  const { count } = await deps.db.message.updateMany({
    where: { id: messageId, status: 'due', OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
    data: { claimedUntil: new Date(now.getTime() + leaseMinutes * 60_000), attemptCount: { increment: 1 } },
  });
  const message = await deps.db.message.findUnique({ where: { id: messageId } });
  if (count === 1) return message;
  if (message?.status === 'due') throw new Leased('the message is being sent');
  return null;
}

/** Asked again right before sending: between writing and sending the visit may have been cancelled. */
async function whyNot(deps: Deps, message: MessageRow): Promise<MessageReason | null> {
  const now = deps.now().getTime();
  if (isSecretMessage(message.kind)) {
    const lifeMinutes = message.kind === 'proof_code' ? proofLifeMinutes : resetLifeMinutes;
    return now - message.createdAt.getTime() > lifeMinutes * 60_000 ? 'expired' : null;
  }
  if (!message.appointmentId || !isAppointmentMessage(message.kind)) return null;
  const visit = await deps.db.appointment.findUnique({ where: { id: message.appointmentId } });
  if (!visit || !isAppointmentStatus(visit.status)) return 'state_changed';
  return reasonToSkip(message.kind, { status: visit.status, startsAt: visit.startsAt.getTime() }, now);
}

/** A code or link that has left the house is nobody else's business. */
const hidingSecret = ({ subject, bodyText, bodyHtml }: MessageRow) => ({
  subject: withoutSecret(subject),
  bodyText: withoutSecret(bodyText),
  bodyHtml: bodyHtml === null ? null : withoutSecret(bodyHtml),
});

/** Ends the lease with what came of it, unless somebody else has taken it over meanwhile. */
async function settle(
  deps: Deps,
  message: MessageRow,
  data: Prisma.MessageUpdateManyMutationInput,
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.message.updateMany({
      where: { id: message.id, claimedUntil: message.claimedUntil },
      data: { ...data, claimedUntil: null },
    });
    if (count === 1) await noteChange(tx, { topic: 'message', entityId: message.id });
  });
  deps.announcer.announce();
}

const asMail = (message: MessageRow): Mail => ({
  id: message.id,
  to: message.recipient,
  subject: message.subject,
  text: message.bodyText,
  html: message.bodyHtml,
  calendar:
    message.calendarFile === null
      ? null
      : {
          method: message.calendarFile.includes('METHOD:CANCEL') ? 'CANCEL' : 'REQUEST',
          content: message.calendarFile,
        },
});
