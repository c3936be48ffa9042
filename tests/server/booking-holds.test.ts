import { describe, expect, test } from 'vitest';
import { book } from '../../src/server/booking/book.ts';
import { mark } from '../../src/server/booking/cancel.ts';
import { expireHold, hold, release } from '../../src/server/booking/hold.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();

describe('holding and booking', () => {
  test('BOOK-2 a client holds, books, and the message is enqueued in the same transaction', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(await stage.holdFacial(actor, at(10)));
    expect(held).toMatchObject({
      status: 'held',
      heldUntil: stage.clock.now().getTime() + 600_000,
      endsAt: at(11),
      priceMinor: 10_000,
    });
    expect(await stage.jobCount('expire-hold')).toBe(1);
    const booked = value(await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() }));
    expect(booked).toMatchObject({ status: 'booked', heldUntil: null });
    expect(await stage.jobCount('notify-appointment')).toBe(1);
    const [claim] = await stage.database().db.claim.findMany();
    expect(claim).toMatchObject({ kind: 'appointment', heldUntil: null });
  });

  test('BOOK-4 a lapsed hold is bookable at once with no worker running, and its owner is told kindly', async () => {
    const first = guest();
    const held = value(await stage.holdFacial(first, at(10)));
    stage.clock.advanceMinutes(10);
    const second = value(await stage.holdFacial(guest(), at(10)));
    expect(second.status).toBe('held');
    expect(await stage.claimCount()).toBe(1);
    const late = refusal(
      await by(book, stage.deps, clientActor(stage.clinic.clientId), {
        appointmentId: held.appointmentId,
        ...key(),
      }),
    );
    expect(late.code).toBe('not_found'); // somebody else's hold, as far as this client is concerned
    const owner = {
      ...clientActor(stage.clinic.clientId),
      holderKey: first.kind === 'nobody' ? first.holderKey : null,
    };
    const told = refusal(await by(book, stage.deps, owner, { appointmentId: held.appointmentId, ...key() }));
    expect(told.code).toBe('hold_lapsed');
    expect('alternatives' in told && told.alternatives.length).toBe(3);
  });

  test('BOOK-4 a hold that nobody contests lapses by time alone: booking it a second late is refused', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(await stage.holdFacial(actor, at(10)));
    stage.clock.set(new Date(held.heldUntil ?? 0));
    expect(
      refusal(await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() })).code,
    ).toBe('hold_lapsed');
  });

  test('the job expire-hold acts at most once, early never', async () => {
    const held = value(await stage.holdFacial(guest(), at(10)));
    await expireHold(stage.deps, held.appointmentId);
    expect(await stage.claimCount()).toBe(1);
    stage.clock.advanceMinutes(10);
    await expireHold(stage.deps, held.appointmentId);
    await expireHold(stage.deps, held.appointmentId);
    expect(await stage.claimCount()).toBe(0);
    expect(await stage.database().db.statusChange.count({ where: { toStatus: 'expired' } })).toBe(1);
  });

  test("one's own hold does not stand in the way: choosing another time gives the first back when they overlap", async () => {
    const actor = guest();
    const first = value(await stage.holdFacial(actor, at(10)));
    value(await stage.holdFacial(actor, at(10, 30)));
    expect(
      await stage.database().db.appointment.findUnique({ where: { id: first.appointmentId } }),
    ).toMatchObject({
      status: 'expired',
    });
    expect(await stage.claimCount()).toBe(1);
  });

  test('nobody keeps more than three starts from others', async () => {
    const actor = guest();
    for (const hour of [9, 10, 11, 12, 13]) value(await stage.holdFacial(actor, at(hour)));
    expect(await stage.database().db.appointment.count({ where: { status: 'held' } })).toBe(3);
  });

  test('giving a hold back twice changes nothing; a stranger learns nothing', async () => {
    const actor = guest();
    const held = value(await stage.holdFacial(actor, at(10)));
    expect(refusal(await by(release, stage.deps, guest(), held.appointmentId)).code).toBe('not_found');
    expect((await by(release, stage.deps, actor, held.appointmentId)).ok).toBe(true);
    expect((await by(release, stage.deps, actor, held.appointmentId)).ok).toBe(true);
    expect(await stage.claimCount()).toBe(0);
  });

  test('a service that wants approval is requested, claims its time, and is approved or declined', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const request = {
      locationId: stage.clinic.locationId,
      items: [{ serviceId: stage.clinic.peel, specialistId: null, techniqueIds: [] }],
    };
    const held = value(await by(hold, stage.deps, actor, { ...request, startsAt: at(10), ...key() }));
    expect(held.items[0]?.specialistId).toBe(stage.clinic.mila); // Nora has not mastered it
    const pending = value(await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() }));
    expect(pending.status).toBe('pending');
    expect(refusal(await stage.holdFacial(guest(), at(10))).code).toBe('slot_taken');
    const approved = value(
      await by(mark, stage.deps, staff(), { appointmentId: held.appointmentId, to: 'booked', ...key() }),
    );
    expect(approved.status).toBe('booked');
    expect(
      refusal(
        await by(mark, stage.deps, staff(), { appointmentId: held.appointmentId, to: 'declined', ...key() }),
      ).code,
    ).toBe('transition_refused');
  });
});

describe('idempotency', () => {
  test('BOOK-5 the same key ten times at once acts once and answers ten times the same', async () => {
    const actor = guest();
    const input = { ...stage.facialWith(stage.clinic.mila), startsAt: at(10), ...key() };
    const results = await Promise.all(Array.from({ length: 10 }, () => by(hold, stage.deps, actor, input)));
    expect(new Set(results.map((result) => value(result).appointmentId)).size).toBe(1);
    expect(value(await by(hold, stage.deps, actor, input)).appointmentId).toBe(
      value(results[0]).appointmentId,
    );
  });

  test('BOOK-5 the same key with another body is refused by name', async () => {
    const actor = guest();
    const same = key();
    value(
      await by(hold, stage.deps, actor, {
        ...stage.facialWith(stage.clinic.mila),
        startsAt: at(10),
        ...same,
      }),
    );
    expect(
      refusal(
        await by(hold, stage.deps, actor, {
          ...stage.facialWith(stage.clinic.mila),
          startsAt: at(12),
          ...same,
        }),
      ).code,
    ).toBe('idempotency_key_reused');
  });

  test("somebody else's key answers nothing of theirs", async () => {
    const same = key();
    const input = { ...stage.facialWith(stage.clinic.mila), startsAt: at(10), ...same };
    value(await by(hold, stage.deps, guest(), input));
    expect(refusal(await by(hold, stage.deps, guest(), input)).code).toBe('slot_taken');
  });
});
