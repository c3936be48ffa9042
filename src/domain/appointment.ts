/** The life of an appointment: its statuses and the only transitions between them (BOOK-6). */
export const appointmentStatuses = [
  'held',
  'pending',
  'booked',
  'confirmed',
  'arrived',
  'fulfilled',
  'expired',
  'declined',
  'cancelled',
  'no_show',
] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** Statuses that occupy their resources. */
export const claimingStatuses = [
  'held',
  'pending',
  'booked',
  'confirmed',
  'arrived',
  'fulfilled',
  'no_show',
] as const;

/** Statuses of a visit that is still to come, as counted against a client's maximum. */
export const upcomingStatuses = ['pending', 'booked', 'confirmed'] as const;

const transitions: Record<AppointmentStatus, readonly AppointmentStatus[]> = {
  held: ['pending', 'booked', 'expired'],
  pending: ['booked', 'declined', 'cancelled'],
  booked: ['confirmed', 'arrived', 'cancelled', 'no_show'],
  confirmed: ['arrived', 'cancelled', 'no_show'],
  // A mistaken mark is taken back the way it came.
  arrived: ['fulfilled', 'booked', 'cancelled'],
  fulfilled: [],
  expired: [],
  declined: [],
  cancelled: [],
  no_show: ['booked', 'arrived'],
};

export const canTransition = (from: AppointmentStatus, to: AppointmentStatus): boolean =>
  transitions[from].includes(to);

/** Where an appointment may go from here, for menus. */
export const nextStatuses = (from: AppointmentStatus): readonly AppointmentStatus[] => transitions[from];

export const isClaiming = (status: AppointmentStatus): boolean =>
  (claimingStatuses as readonly AppointmentStatus[]).includes(status);

/** May be moved in time or to somebody else: not while in the chair, not once over. */
export const isMovable = (status: AppointmentStatus): boolean =>
  status === 'pending' || status === 'booked' || status === 'confirmed';

export function isAppointmentStatus(text: string): text is AppointmentStatus {
  return (appointmentStatuses as readonly string[]).includes(text);
}

/** A cancellation inside the window counts as late, whoever makes it. Minutes; instants in epoch milliseconds. */
export const isLateCancel = (startsAt: number, now: number, cancelWindowMinutes: number): boolean =>
  startsAt - now < cancelWindowMinutes * 60_000;
