/** Messages to people: their kinds, their states, and whether one is still due when its turn comes (MSG-1). */
import { z } from 'zod';
import type { AppointmentStatus } from './appointment.ts';

export const appointmentMessageKinds = ['requested', 'booked', 'moved', 'cancelled', 'declined'] as const;
export type AppointmentMessageKind = (typeof appointmentMessageKinds)[number];
export const messageKinds = [...appointmentMessageKinds, 'proof_code'] as const;
export type MessageKind = (typeof messageKinds)[number];

export const messageStatuses = ['due', 'sent', 'kept', 'failed', 'skipped'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** Why a message was not sent, or not yet. Keys of words in `messages.reasons`. */
export const messageReasons = [
  'no_address',
  'cancelled',
  'state_changed',
  'over',
  'already_told',
  'address_refused',
  'unreachable',
  'expired',
] as const;
export type MessageReason = (typeof messageReasons)[number];

const isMessageKind = (text: string): text is MessageKind =>
  (messageKinds as readonly string[]).includes(text);
export const isAppointmentMessage = (text: string): text is AppointmentMessageKind =>
  isMessageKind(text) && text !== 'proof_code';

const toldWhile: Record<AppointmentMessageKind, readonly AppointmentStatus[]> = {
  requested: ['pending'],
  booked: ['booked', 'confirmed', 'arrived'],
  moved: ['pending', 'booked', 'confirmed', 'arrived'],
  cancelled: ['cancelled'],
  declined: ['declined'],
};

/**
 * Why a message about a visit is no longer worth sending; null while it is. The visit is as it stands now, not as it
 * stood when the message was asked for. Instants in epoch milliseconds.
 */
export function reasonToSkip(
  kind: AppointmentMessageKind,
  visit: { status: AppointmentStatus; startsAt: number },
  now: number,
): MessageReason | null {
  if (!toldWhile[kind].includes(visit.status))
    return visit.status === 'cancelled' || visit.status === 'declined' ? 'cancelled' : 'state_changed';
  return visit.startsAt <= now ? 'over' : null;
}

export const messageListInput = z.object({
  status: z.enum(messageStatuses).nullable().default(null),
  kind: z.enum(messageKinds).nullable().default(null),
  search: z.string().trim().max(80).default(''),
  cursor: z.string().max(100).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type MessageListInput = z.output<typeof messageListInput>;
