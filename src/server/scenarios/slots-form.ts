import { z } from 'zod';

/** The form in which scenarios of kind `slots` are written. What may be left out has its neutral value. */
const wall = z.object({ start: z.string(), end: z.string() });
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const minutes = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0);
const bufferMinutes = z
  .number()
  .int()
  .min(0)
  .nullish()
  .transform((value) => value ?? 0);

const hours = wall.extend({ breaks: list(wall) });
const exception = z.object({
  date: z.string(),
  dateTo: z.string().nullish(),
  closed: z.boolean().nullish(),
  intervals: z.array(hours).nullish(),
  addIntervals: z.array(hours).nullish(),
  breaks: z.array(wall).nullish(),
});

const specialist = z.object({
  id: z.string(),
  timezone: z.string().nullish(),
  weekly: list(hours.extend({ weekday: z.number().int().min(1).max(7) })),
  exceptions: list(exception),
  masters: z.array(z.string()).nullish(),
  maxBookingsPerDay: z.number().int().nullish(),
});

export type Technique = {
  readonly id: string;
  readonly durationMin: number;
  readonly required: boolean;
  readonly children: readonly Technique[];
};

const technique: z.ZodType<Technique> = z.object({
  id: z.string(),
  durationMin: minutes,
  required: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  children: z.lazy(() => list(technique)),
});

const booking = z.object({
  id: z.string().optional(),
  start: z.string(),
  end: z.string(),
  bufferBeforeMin: bufferMinutes,
  bufferAfterMin: bufferMinutes,
  status: z.string().nullish(),
  specialistId: z.string().nullish(),
  resourceIds: list(z.string()),
});

export const slotsInput = z.object({
  timezone: z.string(),
  specialist: specialist.optional(),
  specialists: z.array(specialist).optional(),
  service: z.object({
    durationMin: z.number().int(),
    bufferBeforeMin: bufferMinutes,
    bufferAfterMin: bufferMinutes,
    slotStepMin: z.number().int().positive(),
    techniques: list(technique),
    requires: list(z.object({ type: z.string(), count: z.number().int().default(1) })),
  }),
  existing: list(booking),
  holds: list(booking.extend({ sessionId: z.string().optional(), expiresAt: z.string() })),
  resources: list(z.object({ id: z.string(), type: z.string() })),
  policy: z.record(z.string(), z.unknown()).nullish(),
  query: z.object({
    from: z.string(),
    to: z.string(),
    now: z.string(),
    minNoticeMin: minutes,
    horizonDays: z
      .number()
      .int()
      .nullish()
      .transform((value) => value ?? null),
    sessionId: z.string().nullish(),
    excludeBookingId: z.string().nullish(),
    techniques: list(z.string()),
    viewerTimezone: z.string().nullish(),
    mode: z.enum(['any', 'all']).nullish(),
  }),
});

export type SlotsInput = z.infer<typeof slotsInput>;
export type Booking = z.infer<typeof booking>;
export type Hours = z.infer<typeof hours>;
export type Exception = z.infer<typeof exception>;
