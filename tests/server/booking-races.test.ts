import { describe, expect, test } from 'vitest';
import type { AppointmentView } from '../../src/domain/booking.ts';
import { book } from '../../src/server/booking/book.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();

describe('races', () => {
  test('BOOK-1 fifty clients, one start: one holds it, the others are offered three near ones, nothing remains of them', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => stage.holdFacial(guest(), at(10))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok)) {
      const refused = refusal(result);
      expect(refused.code).toBe('slot_taken');
    }
    expect(await stage.claimCount()).toBe(1);
    expect(await stage.database().db.appointment.count()).toBe(1);
    expect(await stage.jobCount('expire-hold')).toBe(1);
  });

  test('BOOK-1 partly overlapping starts: whatever wins, no two claims overlap', async () => {
    const starts = Array.from({ length: 40 }, (_, index) => at(9, (index % 16) * 15));
    await Promise.all(starts.map((startsAt) => stage.holdFacial(guest(), startsAt, null)));
    const [row] = await stage.database().db.$queryRaw<{ pairs: number }[]>`
      SELECT count(*)::int AS pairs FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id
      AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`;
    expect(row?.pairs).toBe(0);
    expect(await stage.claimCount()).toBe(
      await stage.database().db.appointment.count({ where: { status: 'held' } }),
    );
  });

  test('a lapsed hold is contested by many at once: one gets it', async () => {
    value(await stage.holdFacial(guest(), at(10)));
    stage.clock.advanceMinutes(11);
    const results = await Promise.all(Array.from({ length: 20 }, () => stage.holdFacial(guest(), at(10))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await stage.claimCount()).toBe(1);
  });

  test('anyone: three want the same hour of two specialists, two get it, each with another', async () => {
    const results = await Promise.all(Array.from({ length: 3 }, () => stage.createFacial(at(10), null)));
    const got = results.flatMap((result) => (result.ok ? [result.value.items[0]?.specialistId] : []));
    expect(new Set(got).size).toBe(2);
    expect(got).toHaveLength(2);
  });

  test('BOOK-8 crossed moves end in two visits that do not overlap, and nobody loses the old time', async () => {
    const [x, y] = [value(await stage.createFacial(at(10))), value(await stage.createFacial(at(12)))];
    const move = (visit: AppointmentView, startsAt: number) =>
      by(reschedule, stage.deps, staff(), {
        appointmentId: visit.appointmentId,
        version: visit.version,
        startsAt,
        ...key(),
      });
    await Promise.all([move(x, at(12, 30)), move(y, at(10, 30))]);
    expect(await stage.claimCount()).toBe(2);
    expect(await stage.database().db.appointment.count({ where: { status: 'booked' } })).toBe(2);
  });

  test('BOOK-7 a cap of one a day holds against sixteen at once', async () => {
    await stage.database().db.specialist.update({ where: { id: stage.clinic.mila }, data: { maxPerDay: 1 } });
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => stage.createFacial(at(9 + (index % 8)))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('BOOK-7 a client never has more visits to come than the clinic allows, whatever is sent at once', async () => {
    await stage.database().db.clinic.updateMany({ data: { maxUpcomingPerClient: 2 } });
    const actor = clientActor(stage.clinic.clientId);
    const holds = [];
    for (const hour of [9, 11, 13]) holds.push(value(await stage.holdFacial(actor, at(hour))));
    const results = await Promise.all(
      holds.map(({ appointmentId }) => by(book, stage.deps, actor, { appointmentId, ...key() })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(2);
    expect(refusal(results.find(({ ok }) => !ok)).code).toBe('too_many_upcoming');
  });
});
