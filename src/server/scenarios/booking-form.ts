/** The form in which scenarios of kind `booking` are written: a setup, steps (some started together), and counts. */
import { z } from 'zod';

const optionalList = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const wall = z.object({ start: z.string(), end: z.string() });
const weekly = wall.extend({ weekday: z.number().int().min(1).max(7), breaks: optionalList(wall) });
const minutes = z.number().int().nullish();

export const bookingSetup = z.object({
  timezone: z.string(),
  specialists: z.array(
    z.object({
      id: z.string(),
      weekly: optionalList(weekly),
      maxBookingsPerDay: z.number().int().nullish(),
      masters: z.array(z.string()).nullish(),
    }),
  ),
  service: z.object({
    durationMin: z.number().int(),
    bufferBeforeMin: minutes,
    bufferAfterMin: minutes,
    slotStepMin: minutes,
    techniques: optionalList(
      z.object({
        id: z.string(),
        durationMin: z.number().int().default(0),
        required: z.boolean().default(false),
      }),
    ),
    requires: optionalList(z.object({ type: z.string(), count: z.number().int().default(1) })),
  }),
  resources: optionalList(z.object({ id: z.string(), type: z.string() })),
  existing: optionalList(
    z.object({
      id: z.string().optional(),
      specialistId: z.string().nullish(),
      start: z.string(),
      end: z.string(),
      status: z.string().nullish(),
    }),
  ),
  now: z.string(),
});
export type BookingSetup = z.infer<typeof bookingSetup>;

export const bookingStep = z.object({
  op: z.enum(['book', 'hold', 'cancel', 'reschedule', 'confirm', 'advanceClock']),
  specialistId: z.string().nullish(),
  start: z.string().optional(),
  durationMin: z.number().int().optional(),
  ttlSec: z.number().int().optional(),
  session: z.string().optional(),
  idempotencyKey: z.string().optional(),
  techniques: optionalList(z.string()),
  withoutResources: z.boolean().default(false),
  /** Names what was made, and what is meant later. */
  as: z.string().optional(),
  ref: z.string().optional(),
  expect: z.enum(['ok', 'conflict', 'error']).optional(),
  // How far the clock moves, or where to.
  seconds: z.number().optional(),
  sec: z.number().optional(),
  minutes: z.number().optional(),
  min: z.number().optional(),
  to: z.string().optional(),
});
export type BookingStep = z.infer<typeof bookingStep>;

const repeated = z.object({ repeat: z.number().int().min(1).max(500).default(1), do: bookingStep });
const together = z.object({ parallel: z.union([repeated, z.array(repeated)]) });

export const bookingInput = z.object({
  setup: bookingSetup,
  steps: z.array(z.union([together, bookingStep])),
  jobs: z.string().optional(),
});

export type CountName =
  | 'succeeded'
  | 'conflict'
  | 'otherErrors'
  | 'activeBookings'
  | 'liveHolds'
  | 'overlappingPairs'
  | 'orphanRows'
  | 'distinctBookingIds'
  | 'distinctSpecialists'
  | 'maxSecondsPerRequest';
