/** Messages to people: their kinds, their states, and whether one is still due when its turn comes (MSG-1). */
import { z } from 'zod';
import type { AppointmentStatus } from './appointment.ts';

export const appointmentMessageKinds = ['requested', 'booked', 'moved', 'cancelled', 'declined'] as const;
export type AppointmentMessageKind = (typeof appointmentMessageKinds)[number];
/** About how an account is entered. */
export const accountMessageKinds = [
  'password_reset',
  'password_changed',
  'second_factor_on',
  'second_factor_off',
  'new_device',
] as const;
export const messageKinds = [...appointmentMessageKinds, 'proof_code', ...accountMessageKinds] as const;
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

export const isAppointmentMessage = (text: string): text is AppointmentMessageKind =>
  (appointmentMessageKinds as readonly string[]).includes(text);

/** What opens something to whoever reads it: hidden once it has left the house. */
export const isSecretMessage = (kind: string): boolean => kind === 'proof_code' || kind === 'password_reset';

/** A text without the code or the link that its addressee alone should have. */
export const withoutSecret = (text: string): string =>
  text.replace(/\b\d{6}\b/g, '••••••').replace(/#[\w-]{43}/g, '#••••••');

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
