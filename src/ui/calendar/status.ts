import { type AppointmentStatus, isAppointmentStatus } from '../../domain/appointment.ts';
import type { IconName } from '../kit/icons.tsx';
import type { Tone } from '../kit/status-mark.tsx';

/** The calendar only ever shows statuses of the domain; anything else from a newer server reads as booked. */
export const asAppointmentStatus = (status: string): AppointmentStatus =>
  isAppointmentStatus(status) ? status : 'booked';

/** Icon and tone of each status: it reads the same without the colour. */
export const statusMarks: Record<AppointmentStatus, { tone: Tone; icon: IconName }> = {
  held: { tone: 'neutral', icon: 'clock' },
  pending: { tone: 'attention', icon: 'attention' },
  booked: { tone: 'accent', icon: 'calendar' },
  confirmed: { tone: 'settled', icon: 'check' },
  arrived: { tone: 'accent', icon: 'person' },
  fulfilled: { tone: 'settled', icon: 'check' },
  expired: { tone: 'neutral', icon: 'clock' },
  declined: { tone: 'neutral', icon: 'close' },
  cancelled: { tone: 'danger', icon: 'close' },
  no_show: { tone: 'danger', icon: 'close' },
};
