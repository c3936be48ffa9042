import { clientScope } from '../../domain/access/client.ts';
import {
  bookInput,
  calendarInput,
  cancelInput,
  createInput,
  dayPlanInput,
  holdInput,
  localDate,
  markInput,
  releaseInput,
  rescheduleInput,
  startsInput,
} from '../../domain/booking.ts';
import { z } from 'zod';
import { book, viewAppointment } from '../../server/booking/book.ts';
import { cancel, mark } from '../../server/booking/cancel.ts';
import { create } from '../../server/booking/create.ts';
import { carryOutDay } from '../../server/booking/day-plan.ts';
import { proposeDay } from '../../server/booking/day-proposals.ts';
import { readDesk } from '../../server/booking/desk.ts';
import { readDetail } from '../../server/booking/detail.ts';
import { hold, release } from '../../server/booking/hold.ts';
import { readCalendar, readOwnVisits } from '../../server/booking/queries.ts';
import { reschedule } from '../../server/booking/reschedule.ts';
import { searchStarts } from '../../server/booking/search.ts';
import { readToday } from '../../server/booking/today.ts';
import { puzzled, puzzledInBulk, withoutPuzzle } from '../counted.ts';
import {
  clientProcedure,
  openProcedure,
  router,
  signedInProcedure,
  staffProcedure,
  unwrap,
} from '../trpc.ts';

export const bookingRouter = router({
  starts: openProcedure('appointment.search')
    .input(startsInput)
    .query(async ({ ctx, input }) => unwrap(await searchStarts(ctx.deps, ctx.actor, input))),
  hold: openProcedure('appointment.hold')
    .input(puzzled)
    .input(holdInput)
    .use(puzzledInBulk('hold'))
    .mutation(async ({ ctx, input }) => unwrap(await hold(ctx.deps, ctx.actor, withoutPuzzle(input)))),
  release: openProcedure('appointment.release')
    .input(releaseInput)
    .mutation(async ({ ctx, input }) => unwrap(await release(ctx.deps, ctx.actor, input.appointmentId))),
  view: openProcedure('appointment.view')
    .input(releaseInput)
    .query(async ({ ctx, input }) => unwrap(await viewAppointment(ctx.deps, ctx.actor, input.appointmentId))),
  book: signedInProcedure('appointment.book')
    .input(bookInput)
    .mutation(async ({ ctx, input }) => unwrap(await book(ctx.deps, ctx.actor, input))),
  create: staffProcedure('appointment.create')
    .input(createInput)
    .mutation(async ({ ctx, input }) => unwrap(await create(ctx.deps, ctx.actor, input))),
  reschedule: signedInProcedure('appointment.reschedule')
    .input(rescheduleInput)
    .mutation(async ({ ctx, input }) => unwrap(await reschedule(ctx.deps, ctx.actor, input))),
  cancel: signedInProcedure('appointment.cancel')
    .input(cancelInput)
    .mutation(async ({ ctx, input }) => unwrap(await cancel(ctx.deps, ctx.actor, input))),
  mark: staffProcedure('appointment.mark')
    .input(markInput)
    .mutation(async ({ ctx, input }) => unwrap(await mark(ctx.deps, ctx.actor, input))),
  confirm: clientProcedure('appointment.confirm')
    .input(cancelInput.pick({ appointmentId: true, idempotencyKey: true }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await mark(ctx.deps, ctx.actor, { ...input, to: 'confirmed' })),
    ),
  calendar: staffProcedure('calendar.view')
    .input(calendarInput)
    .query(({ ctx, input }) => readCalendar(ctx.deps.db, ctx.actor, { ...input, now: ctx.deps.now() })),
  desk: staffProcedure('calendar.view').query(({ ctx }) => readDesk(ctx.deps.db)),
  today: staffProcedure('calendar.view').query(({ ctx }) =>
    readToday(ctx.deps.db, ctx.actor, ctx.deps.now()),
  ),
  detail: staffProcedure('appointment.view')
    .input(releaseInput)
    .query(async ({ ctx, input }) => unwrap(await readDetail(ctx.deps, ctx.actor, input.appointmentId))),
  ownVisits: clientProcedure('client.view_own').query(({ ctx }) =>
    readOwnVisits(ctx.deps.db, clientScope(ctx.actor)),
  ),
  proposeDay: staffProcedure('appointment.move_day')
    .input(z.object({ specialistId: z.uuid(), date: localDate }))
    .query(async ({ ctx, input }) =>
      unwrap(await proposeDay(ctx.deps, ctx.actor, input.specialistId, input.date)),
    ),
  carryOutDay: staffProcedure('appointment.move_day')
    .input(dayPlanInput)
    .mutation(async ({ ctx, input }) => unwrap(await carryOutDay(ctx.deps, ctx.actor, input))),
});
