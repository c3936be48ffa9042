import { describe, expect, test } from 'vitest';
import { cancel } from '../../src/server/booking/cancel.ts';
import type { AppointmentView, DayPlanInput } from '../../src/domain/booking.ts';
import { create } from '../../src/server/booking/create.ts';
import { carryOutDay } from '../../src/server/booking/day-plan.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { searchStarts } from '../../src/server/booking/search.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();
const desk = staff();

describe('moving and cancelling', () => {
  test('BOOK-8 a move keeps what was booked: the price list of today changes nothing', async () => {
    const visit = value(await stage.createFacial(at(10)));
    await stage.database().db.service.update({
      where: { id: stage.clinic.facial },
      data: { baseMinutes: 120, priceMinor: 99_999 },
    });
    const moved = value(
      await by(reschedule, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: 1,
        startsAt: at(12),
        ...key(),
      }),
    );
    expect(moved).toMatchObject({ startsAt: at(12), endsAt: at(13), priceMinor: 10_000, version: 2 });
    expect(await stage.claimCount()).toBe(1);
  });

  test('a move onto taken time is refused and changes nothing; a stale one is told so', async () => {
    const visit = value(await stage.createFacial(at(10)));
    value(await stage.createFacial(at(12)));
    const input = { appointmentId: visit.appointmentId, version: 1, startsAt: at(12, 30), ...key() };
    expect(refusal(await by(reschedule, stage.deps, staff(), input)).code).toBe('slot_taken');
    expect(await stage.claimCount()).toBe(2);
    expect(
      refusal(await by(reschedule, stage.deps, staff(), { ...input, version: 7, startsAt: at(15), ...key() }))
        .code,
    ).toBe('stale');
  });

  test('a visit may be pulled over itself, lengthened, and handed to somebody else', async () => {
    const visit = value(await stage.createFacial(at(10)));
    const half = value(
      await by(reschedule, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: 1,
        startsAt: at(10, 30),
        ...key(),
      }),
    );
    const long = value(
      await by(reschedule, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: half.version,
        startsAt: at(10, 30),
        durationMinutes: 95,
        ...key(),
      }),
    );
    expect(long.endsAt).toBe(at(12, 5));
    const nora = value(
      await by(reschedule, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: long.version,
        startsAt: at(10, 30),
        specialistId: stage.clinic.nora,
        ...key(),
      }),
    );
    expect(nora.items[0]?.specialistId).toBe(stage.clinic.nora);
    expect(await stage.database().db.claim.findMany()).toMatchObject([
      { resourceId: stage.clinic.nora, endsAt: new Date(at(12, 5)) },
    ]);
  });

  test('outside of hours only with a reason, which is audited; the guard is never overridden', async () => {
    const input = {
      ...stage.facialWith(stage.clinic.mila),
      startsAt: at(19),
      clientId: stage.clinic.clientId,
    };
    expect(refusal(await by(create, stage.deps, staff(), { ...input, ...key() }))).toMatchObject({
      code: 'start_unfit',
      reason: 'outside_hours',
    });
    value(await by(create, stage.deps, staff(), { ...input, overrideReason: 'Evening opening', ...key() }));
    expect(
      await stage.database().db.auditEntry.findFirst({
        where: { action: 'appointment.override_policy' },
      }),
    ).toMatchObject({
      action: 'appointment.override_policy',
      reason: 'Evening opening',
    });
    expect(
      refusal(await by(create, stage.deps, staff(), { ...input, overrideReason: 'Again', ...key() })).code,
    ).toBe('slot_taken');
  });

  test('clients cancel and move until the window begins; staff also after, and then it counts as late', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const visit = value(await stage.createFacial(at(10)));
    stage.clock.set(new Date(at(9)));
    expect(
      refusal(await by(cancel, stage.deps, actor, { appointmentId: visit.appointmentId, ...key() })),
    ).toMatchObject({ code: 'cancel_window_over', minutes: 1440 });
    expect(
      refusal(
        await by(reschedule, stage.deps, actor, {
          appointmentId: visit.appointmentId,
          version: 1,
          startsAt: at(15),
          ...key(),
        }),
      ).code,
    ).toBe('cancel_window_over');
    value(
      await by(cancel, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        reason: 'called',
        ...key(),
      }),
    );
    expect(await stage.database().db.appointment.findFirst()).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'staff',
      isLateCancel: true,
    });
    expect(await stage.claimCount()).toBe(0);
    expect(
      refusal(await by(cancel, stage.deps, staff(), { appointmentId: visit.appointmentId, ...key() })).code,
    ).toBe('transition_refused');
  });

  test('a cancelled hour is bookable at once', async () => {
    const visit = value(await stage.createFacial(at(10)));
    value(await by(cancel, stage.deps, staff(), { appointmentId: visit.appointmentId, ...key() }));
    expect((await stage.holdFacial(guest(), at(10))).ok).toBe(true);
  });
});

describe('BOOK-15 a plan for a day', () => {
  const carryOut = (moves: DayPlanInput['moves'], keyOf = key()) =>
    by(carryOutDay, stage.deps, desk, {
      specialistId: stage.clinic.mila,
      date: '2026-06-04',
      reason: 'ill today',
      moves,
      ...keyOf,
    });
  const to = (visit: AppointmentView, startsAt: number, specialistId: string) => ({
    action: 'move' as const,
    appointmentId: visit.appointmentId,
    version: visit.version,
    startsAt,
    specialistId,
  });
  const standing = async () =>
    (await stage.database().db.claim.findMany({ orderBy: [{ startsAt: 'asc' }, { resourceId: 'asc' }] })).map(
      ({ appointmentId, resourceId, startsAt }) => ({
        appointmentId,
        resourceId,
        startsAt: startsAt.getTime(),
      }),
    );

  test('two visits change places', async () => {
    const { mila, nora } = stage.clinic;
    const first = value(await stage.createFacial(at(10), mila));
    const second = value(await stage.createFacial(at(10, 30), nora));
    const views = value(await carryOut([to(first, at(10, 30), nora), to(second, at(10), mila)]));
    expect(views.map(({ startsAt, items }) => [startsAt, items[0]?.specialistId])).toEqual([
      [at(10, 30), nora],
      [at(10), mila],
    ]);
    expect(await standing()).toEqual([
      { appointmentId: second.appointmentId, resourceId: mila, startsAt: at(10) },
      { appointmentId: first.appointmentId, resourceId: nora, startsAt: at(10, 30) },
    ]);
  });

  test('a chain moves up, in whichever order its steps are named; who is called off makes room', async () => {
    const { mila, nora } = stage.clinic;
    const visits: AppointmentView[] = [];
    for (const hour of [9, 10, 11]) visits.push(value(await stage.createFacial(at(hour), nora)));
    const [off, early, late] = visits;
    const absent = value(await stage.createFacial(at(11), mila));
    if (!off || !early || !late) throw new Error('no visits');
    value(
      await carryOut([
        to(absent, at(11), nora),
        to(late, at(10), nora),
        to(early, at(9), nora),
        { action: 'cancel', appointmentId: off.appointmentId, version: off.version },
      ]),
    );
    expect((await standing()).map(({ appointmentId }) => appointmentId)).toEqual(
      [early, late, absent].map(({ appointmentId }) => appointmentId),
    );
  });

  test('visits in the only room change places too; a second room is taken where the first is given to a step before', async () => {
    const { mila, nora, locationId, laser, clientId } = stage.clinic;
    const laserAt = async (startsAt: number, specialistId: string) => {
      const items = [{ serviceId: laser, specialistId, techniqueIds: [] }];
      return value(
        await by(create, stage.deps, staff(), { locationId, items, startsAt, clientId, ...key() }),
      );
    };
    const first = await laserAt(at(10), mila);
    const second = await laserAt(at(11), nora);
    const [there, here] = value(await carryOut([to(first, at(11), mila), to(second, at(10), nora)]));
    expect([there?.startsAt, here?.startsAt]).toEqual([at(11), at(10)]);
    if (!there || !here) throw new Error('no visits');
    const another = stage.deps.newId();
    await stage.database().db.resource.create({
      data: { id: another, locationId, kind: 'room', type: 'laser room', name: 'Laser 2' },
    });
    value(await carryOut([to(there, at(14), mila), to(here, at(14), nora)]));
    expect(new Set((await standing()).map(({ resourceId }) => resourceId))).toEqual(
      new Set([mila, nora, stage.clinic.roomId, another]),
    );
  });

  test('two steps to the same time are refused, the second by name; nothing has changed', async () => {
    const { mila, nora } = stage.clinic;
    const first = value(await stage.createFacial(at(10), mila));
    const second = value(await stage.createFacial(at(12), mila));
    const before = await standing();
    const refused = refusal(await carryOut([to(first, at(14), nora), to(second, at(14, 30), nora)]));
    expect(refused).toMatchObject({
      code: 'step_refused',
      appointmentId: second.appointmentId,
      startsAt: at(12),
      because: { code: 'slot_taken' },
    });
    // What is offered instead reckons with the step before.
    const { because } = refused.code === 'step_refused' ? refused : { because: null };
    const offered = because?.code === 'slot_taken' ? because.alternatives : [];
    expect(offered.map(({ startsAt }) => startsAt)).toEqual([at(15), at(15, 15), at(15, 30)]);
    expect(await standing()).toEqual(before);
    expect(await stage.database().db.appointment.count({ where: { version: { gt: 1 } } })).toBe(0);
  });

  test('a visit outside of the plan stands in the way as ever; a stale step is named', async () => {
    const { mila, nora } = stage.clinic;
    const visit = value(await stage.createFacial(at(10), mila));
    const other = value(await stage.createFacial(at(12), mila));
    value(await stage.createFacial(at(10), nora));
    expect(refusal(await carryOut([to(other, at(15), nora), to(visit, at(10), nora)]))).toMatchObject({
      code: 'step_refused',
      appointmentId: visit.appointmentId,
      because: { code: 'slot_taken' },
    });
    expect(
      refusal(await carryOut([to(other, at(15), nora), { ...to(visit, at(11), nora), version: 9 }])),
    ).toMatchObject({
      code: 'step_refused',
      appointmentId: visit.appointmentId,
      because: { code: 'stale' },
    });
  });

  test('BOOK-5 a swap sent twice is done once', async () => {
    const { mila, nora } = stage.clinic;
    const first = value(await stage.createFacial(at(10), mila));
    const second = value(await stage.createFacial(at(10), nora));
    const [again, moves] = [key(), [to(first, at(10), nora), to(second, at(10), mila)]];
    const answers = await Promise.all([carryOut(moves, again), carryOut(moves, again)]);
    expect(value(answers[0])).toEqual(value(answers[1]));
    expect(await stage.claimCount()).toBe(2);
  });
});

describe('looking for starts', () => {
  test('what was found fits, and what is taken is not found', async () => {
    const input = { ...stage.facialWith(null), fromDate: '2026-06-04', days: 1 };
    const found = await by(searchStarts, stage.deps, guest(), input);
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.starts).toHaveLength(29); // 09:00 … 16:00 in quarters
    for (const hour of [9, 12, 15]) value(await stage.createFacial(at(hour), stage.clinic.mila));
    const again = await by(searchStarts, stage.deps, guest(), input);
    const free = again.ok ? again.value.starts : [];
    expect(free.find(({ startsAt }) => startsAt === at(12))?.specialistIds).toEqual([stage.clinic.nora]);
  });

  test('where a visit already stands is no offer to move it; the same time with somebody else is', async () => {
    const { mila, nora } = stage.clinic;
    const { appointmentId } = value(await stage.createFacial(at(10), mila));
    const offered = async (specialistId: string) => {
      const input = { ...stage.facialWith(specialistId), fromDate: '2026-06-04', days: 1 };
      const found = value(
        await by(searchStarts, stage.deps, desk, { ...input, movingAppointmentId: appointmentId }),
      );
      return found.starts.map(({ startsAt }) => startsAt);
    };
    const [own, others] = [await offered(mila), await offered(nora)];
    expect(own).not.toContain(at(10));
    expect(own).toContain(at(10, 15));
    expect(others).toContain(at(10));
  });

  test('several services in one visit, with one person or two, each stretch claimed', async () => {
    const request = {
      locationId: stage.clinic.locationId,
      items: [
        {
          serviceId: stage.clinic.facial,
          specialistId: stage.clinic.mila,
          techniqueIds: [stage.clinic.deep],
        },
        { serviceId: stage.clinic.laser, specialistId: stage.clinic.nora, techniqueIds: [] },
      ],
    };
    const held = value(await by(hold, stage.deps, guest(), { ...request, startsAt: at(10), ...key() }));
    expect(held).toMatchObject({ endsAt: at(12, 15), priceMinor: 22_500 });
    const claims = await stage.database().db.claim.findMany({ orderBy: { startsAt: 'asc' } });
    const taken = claims.map(
      ({ resourceId, startsAt, endsAt }) => `${resourceId} ${startsAt.getTime()} ${endsAt.getTime()}`,
    );
    expect(new Set(taken)).toEqual(
      new Set([
        `${stage.clinic.mila} ${at(10)} ${at(11, 30)}`,
        `${stage.clinic.nora} ${at(11, 30)} ${at(12, 30)}`,
        `${stage.clinic.roomId} ${at(11, 30)} ${at(12, 30)}`,
      ]),
    );
  });
});
