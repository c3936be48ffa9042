/** What is asked for when a visit is looked for, held, booked or moved: the input of forms, procedures and tests alike. */
import { z } from 'zod';
import { rowVersion } from './field.ts';

const id = z.uuid();
/** Epoch milliseconds, whole minutes: nobody begins a visit at 10:00:07. */
export const instant = z
  .number()
  .int()
  .min(0)
  .max(8_640_000_000_000)
  .refine((value) => value % 60_000 === 0, { error: 'whole_minutes' });
/** Of our era: the calendar's arithmetic ends elsewhere. */
export const localDate = z.iso
  .date()
  .refine((date) => date >= '1970-01-01' && date <= '2199-12-31', { error: 'date' });
const idempotencyKey = z.string().min(8).max(100);

export const requestedItem = z.object({
  serviceId: id,
  techniqueIds: z.array(id).max(30).default([]),
  /** Null: anyone who can. */
  specialistId: id.nullable().default(null),
});
export type RequestedItem = z.infer<typeof requestedItem>;

export const visitRequest = z.object({
  locationId: id,
  /** One visit, one after the other. */
  items: z.array(requestedItem).min(1).max(6),
});

export const startsInput = visitRequest.extend({
  /** First local day of the location, and how many. */
  fromDate: localDate,
  days: z.number().int().min(1).max(62),
  /** The visit being moved does not stand in its own way. */
  movingAppointmentId: id.optional(),
});

export const holdInput = visitRequest.extend({ startsAt: instant, idempotencyKey });
export const releaseInput = z.object({ appointmentId: id });

export const bookInput = z.object({
  appointmentId: id,
  /** Staff book for a client; a client books for themselves. */
  clientId: id.optional(),
  note: z.string().trim().max(1000).optional(),
  idempotencyKey,
});

const overrideReason = z.string().trim().min(3).max(300);

/** Staff write straight into the calendar. */
export const createInput = visitRequest.extend({
  startsAt: instant,
  clientId: id,
  /** Another length than the price list's, for a single service. */
  durationMinutes: z.number().int().min(5).max(1440).multipleOf(5).optional(),
  note: z.string().trim().max(1000).optional(),
  /** Books outside of hours, notice and horizon all the same; audited. The guard is never overridden. */
  overrideReason: overrideReason.optional(),
  idempotencyKey,
});

export const rescheduleInput = z.object({
  appointmentId: id,
  /** As last read; somebody else's change in between is refused as stale. */
  version: rowVersion,
  startsAt: instant,
  /** Hands the visit to somebody else; single performer only. */
  specialistId: id.optional(),
  durationMinutes: z.number().int().min(5).max(1440).multipleOf(5).optional(),
  overrideReason: overrideReason.optional(),
  idempotencyKey,
});

export const cancelInput = z.object({
  appointmentId: id,
  reason: z.string().trim().max(300).optional(),
  idempotencyKey,
});

export const markInput = z.object({
  appointmentId: id,
  to: z.enum(['booked', 'declined', 'confirmed', 'arrived', 'fulfilled', 'no_show']),
  reason: z.string().trim().max(300).optional(),
  idempotencyKey,
});

export const dayPlanInput = z.object({
  specialistId: id,
  date: localDate,
  moves: z
    .array(
      z.discriminatedUnion('action', [
        z.object({
          action: z.literal('hand_over'),
          appointmentId: id,
          version: rowVersion,
          specialistId: id,
        }),
        z.object({
          action: z.literal('move'),
          appointmentId: id,
          version: rowVersion,
          startsAt: instant,
          specialistId: id,
        }),
        z.object({ action: z.literal('cancel'), appointmentId: id, version: rowVersion }),
      ]),
    )
    .min(1)
    .max(100)
    .refine((moves) => new Set(moves.map(({ appointmentId }) => appointmentId)).size === moves.length, {
      error: 'duplicate',
    }),
  reason: z.string().trim().min(3).max(300),
  idempotencyKey,
});

export const calendarInput = z.object({
  locationId: id,
  fromDate: localDate,
  days: z.number().int().min(1).max(42),
  resourceIds: z.array(id).max(100).optional(),
});

/** Minutes by which a service may differ per specialist are rounded up to this. */
export type VisitRequest = z.infer<typeof visitRequest>;
export type StartsInput = z.infer<typeof startsInput>;
export type HoldInput = z.infer<typeof holdInput>;
export type BookInput = z.infer<typeof bookInput>;
export type CreateInput = z.infer<typeof createInput>;
export type RescheduleInput = z.infer<typeof rescheduleInput>;
export type CancelInput = z.infer<typeof cancelInput>;
export type MarkInput = z.infer<typeof markInput>;
export type DayPlanInput = z.infer<typeof dayPlanInput>;

/** What is stored of one service of a visit: named, timed and priced as of the booking. */
export interface ItemSnapshot {
  serviceId: string;
  serviceName: string;
  specialistId: string;
  startsAt: number;
  endsAt: number;
  minutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  priceMinor: number;
  techniques: readonly { id: string; name: string; minutes: number; priceMinor: number }[];
}

/** The same without its prices: what is paid stands beside the visit, for those who may know. */
export type ItemView = Omit<ItemSnapshot, 'priceMinor' | 'techniques'> & {
  techniques: readonly { id: string; name: string; minutes: number }[];
};

export const itemView = ({ priceMinor: _priceMinor, techniques, ...item }: ItemSnapshot): ItemView => ({
  ...item,
  techniques: techniques.map(({ id, name, minutes }) => ({ id, name, minutes })),
});

/** A held or booked visit as its owner sees it. Instants in epoch milliseconds. */
export interface AppointmentView {
  appointmentId: string;
  status: string;
  locationId: string;
  startsAt: number;
  endsAt: number;
  heldUntil: number | null;
  /** Null for staff without the right to money. */
  priceMinor: number | null;
  currency: string;
  version: number;
  items: ItemView[];
}
