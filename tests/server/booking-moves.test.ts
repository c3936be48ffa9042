import { describe, expect, test } from 'vitest';
import { cancel } from '../../src/server/booking/cancel.ts';
import { create } from '../../src/server/booking/create.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { searchStarts } from '../../src/server/booking/search.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';

const stage = bookingStage();

describe('moving and cancelling', () => {
  test('BOOK-8 a move keeps what was booked: the price list of today changes nothing', async () => {
    const visit = value(await stage.createFacial(at(10)));
    await stage.database().db.service.update({
      where: { id: stage.clinic.facial },
      data: { baseMinutes: 120, priceMinor: 99_999 },
    });
    const moved = value(
      await reschedule(stage.deps, staff(), {
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
    expect(refusal(await reschedule(stage.deps, staff(), input)).code).toBe('slot_taken');
    expect(await stage.claimCount()).toBe(2);
    expect(
      refusal(await reschedule(stage.deps, staff(), { ...input, version: 7, startsAt: at(15), ...key() }))
        .code,
    ).toBe('stale');
  });

  test('a visit may be pulled over itself, lengthened, and handed to somebody else', async () => {
    const visit = value(await stage.createFacial(at(10)));
    const half = value(
      await reschedule(stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: 1,
        startsAt: at(10, 30),
        ...key(),
      }),
    );
    const long = value(
      await reschedule(stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: half.version,
        startsAt: at(10, 30),
        durationMinutes: 95,
        ...key(),
      }),
    );
    expect(long.endsAt).toBe(at(12, 5));
    const nora = value(
      await reschedule(stage.deps, staff(), {
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
    expect(refusal(await create(stage.deps, staff(), { ...input, ...key() }))).toMatchObject({
      code: 'start_unfit',
      reason: 'outside_hours',
    });
    value(await create(stage.deps, staff(), { ...input, overrideReason: 'Evening opening', ...key() }));
    expect(await stage.database().db.auditEntry.findFirst()).toMatchObject({
      action: 'appointment.override_policy',
      reason: 'Evening opening',
    });
    expect(
      refusal(await create(stage.deps, staff(), { ...input, overrideReason: 'Again', ...key() })).code,
    ).toBe('slot_taken');
  });

  test('clients cancel and move until the window begins; staff also after, and then it counts as late', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const visit = value(await stage.createFacial(at(10)));
    stage.clock.set(new Date(at(9)));
    expect(
      refusal(await cancel(stage.deps, actor, { appointmentId: visit.appointmentId, ...key() })),
    ).toMatchObject({ code: 'cancel_window_over', minutes: 1440 });
    expect(
      refusal(
        await reschedule(stage.deps, actor, {
          appointmentId: visit.appointmentId,
          version: 1,
          startsAt: at(15),
          ...key(),
        }),
      ).code,
    ).toBe('cancel_window_over');
    value(
      await cancel(stage.deps, staff(), { appointmentId: visit.appointmentId, reason: 'called', ...key() }),
    );
    expect(await stage.database().db.appointment.findFirst()).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'staff',
      isLateCancel: true,
    });
    expect(await stage.claimCount()).toBe(0);
    expect(
      refusal(await cancel(stage.deps, staff(), { appointmentId: visit.appointmentId, ...key() })).code,
    ).toBe('transition_refused');
  });

  test('a cancelled hour is bookable at once', async () => {
    const visit = value(await stage.createFacial(at(10)));
    value(await cancel(stage.deps, staff(), { appointmentId: visit.appointmentId, ...key() }));
    expect((await stage.holdFacial(guest(), at(10))).ok).toBe(true);
  });
});

describe('looking for starts', () => {
  test('what was found fits, and what is taken is not found', async () => {
    const input = { ...stage.facialWith(null), fromDate: '2026-06-04', days: 1 };
    const found = await searchStarts(stage.deps, guest(), input);
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.starts).toHaveLength(29); // 09:00 … 16:00 in quarters
    for (const hour of [9, 12, 15]) value(await stage.createFacial(at(hour), stage.clinic.mila));
    const again = await searchStarts(stage.deps, guest(), input);
    const free = again.ok ? again.value.starts : [];
    expect(free.find(({ startsAt }) => startsAt === at(12))?.specialistIds).toEqual([stage.clinic.nora]);
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
    const held = value(await hold(stage.deps, guest(), { ...request, startsAt: at(10), ...key() }));
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
