/**
 * A client in the drawing: joined by a QR code on their own phone or the clinic's tablet, let in by the specialist, to look, to point or to
 * draw; out again with the consultation.
 */
import type { DrawingAccess, DrawingMode } from './wire.ts';

export const guestStatuses = ['waiting', 'watch', 'point', 'draw', 'ended'] as const;
export type GuestStatus = (typeof guestStatuses)[number];

/** What a specialist may let a guest do. */
export const guestModes = ['watch', 'point', 'draw'] as const satisfies readonly DrawingMode[];
export type GuestMode = (typeof guestModes)[number];

/** So long a QR code may be used, by one device. */
export const inviteLifeMs = 2 * 60_000;

interface Invite {
  expiresAt: number;
  usedAt: number | null;
}

export const inviteExpiry = (createdAt: number): number => createdAt + inviteLifeMs;

/** Why an invitation no longer opens anything; null where it does. One that was used says so, also once it is old. */
export function inviteFault(invite: Invite, now: number): 'used' | 'expired' | null {
  if (invite.usedAt !== null) return 'used';
  return now < invite.expiresAt ? null : 'expired';
}

const steps: Record<GuestStatus, readonly GuestStatus[]> = {
  /** Ended from here: turned away, or the consultation was over before anybody looked. */
  waiting: ['watch', 'point', 'draw', 'ended'],
  watch: ['point', 'draw', 'ended'],
  point: ['watch', 'draw', 'ended'],
  draw: ['watch', 'point', 'ended'],
  /** For good: whoever comes again scans a new code. */
  ended: [],
};

export const canGuestBecome = (from: GuestStatus, to: GuestStatus): boolean => steps[from].includes(to);

export const nextGuestStatuses = (from: GuestStatus): readonly GuestStatus[] => steps[from];

export function isGuestStatus(text: string): text is GuestStatus {
  return (guestStatuses as readonly string[]).includes(text);
}

/** What a guest's socket may do; null where there is none to be had. */
export const drawingModeOf = (status: GuestStatus): DrawingMode | null =>
  status === 'waiting' || status === 'ended' ? null : status;

/** Somebody at the drawing, as far as rights over guests go. */
export type Attendee = Pick<DrawingAccess, 'kind' | 'mode'>;

/** Invites are shown, and guests let in, raised and lowered, by the staff who may draw on this scheme themselves. */
export const maySteerGuests = (who: Attendee): boolean => who.kind === 'staff' && who.mode === 'draw';

/** A guest changes nothing about what they may do, but may leave. */
export function mayChangeGuest(
  who: Attendee,
  isThemselves: boolean,
  from: GuestStatus,
  to: GuestStatus,
): boolean {
  if (!canGuestBecome(from, to)) return false;
  return maySteerGuests(who) || (isThemselves && to === 'ended');
}

/** With the scheme's draft the consultation ends, and with it every guest of it. */
export const livesOn = (schemeStatus: 'draft' | 'finished' | 'cancelled'): boolean =>
  schemeStatus === 'draft';
