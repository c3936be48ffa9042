/** What the desk reads: the bookable house, one visit with its trail, and today; each only as far as the actor may see. */
import { describe, expect, test } from 'vitest';
import { deskRights } from '../../src/domain/access/desk.ts';
import { cancel, mark } from '../../src/server/booking/cancel.ts';
import { create } from '../../src/server/booking/create.ts';
import { readDesk } from '../../src/server/booking/desk.ts';
import { readDetail } from '../../src/server/booking/detail.ts';
import { readCalendar } from '../../src/server/booking/queries.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { readToday } from '../../src/server/booking/today.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();
const day = 86_400_000;
/** Today on the stage: Wednesday, the third. */
const todayAt = (hour: number) => at(hour) - day;
const nobodys = () => ({ ...staff(), rights: new Set<never>(), specialistId: null });

describe('the house', () => {
  test('lists what may be booked, and who masters which technique', async () => {
    const desk = await readDesk(stage.database().db);
    expect(desk.currency).toBe('EUR');
    expect(desk.locations.map(({ timeZone }) => timeZone)).toEqual(['Europe/Berlin']);
    expect(desk.specialists.map(({ name }) => name)).toEqual(['Mila', 'Nora']);
    const peel = desk.services.find(({ name }) => name === 'Peel');
    expect(peel?.specialistIds).toEqual([stage.clinic.mila, stage.clinic.nora]);
    expect(peel?.techniques.map(({ specialistIds }) => specialistIds)).toEqual([[stage.clinic.mila]]);
  });
  test('offers an account what its rights allow', () => {
    expect(deskRights(guest())).toBeNull();
    expect(deskRights(staff())).toMatchObject({ editAll: true, moveDay: true, editHours: true });
    expect(deskRights(staff(stage.clinic.mila))).toEqual({
      specialistId: stage.clinic.mila,
      editAll: false,
      overridePolicy: false,
      moveDay: false,
      createClients: false,
      editHours: false,
    });
  });
});

describe('one visit', () => {
  test('shows who, what, where, what may come next and everything that happened', async () => {
    const { deps, clinic } = stage;
    const made = value(await stage.createFacial(at(10)));
    const moved = value(
      await by(reschedule, deps, staff(), {
        appointmentId: made.appointmentId,
        version: made.version,
        startsAt: at(12),
        ...key(),
      }),
    );
    const detail = value(await by(readDetail, deps, staff(), moved.appointmentId));
    expect(detail).toMatchObject({ startsAt: at(12), status: 'booked', mayMove: true, mayEdit: true });
    expect(detail.client).toMatchObject({ id: clinic.clientId, name: 'Anna Test' });
    expect(detail.items.map(({ serviceName, specialistName }) => [serviceName, specialistName])).toEqual([
      ['Facial', 'Mila'],
    ]);
    expect(detail.next).toEqual(['confirmed', 'arrived', 'cancelled', 'no_show']);
    expect(detail.trail.map(({ to, previousStartsAt }) => [to, previousStartsAt])).toEqual([
      ['booked', null],
      ['booked', at(10)],
    ]);
  });
  test('shows contacts only with the right to them', async () => {
    const { deps, clinic, database } = stage;
    await database().db.client.update({ where: { id: clinic.clientId }, data: { phone: '+4930123' } });
    const made = value(await stage.createFacial(at(10)));
    expect(value(await by(readDetail, deps, staff(), made.appointmentId)).client?.phone).toBe('+4930123');
    const own = value(await by(readDetail, deps, staff(clinic.mila), made.appointmentId));
    expect(own.client).toMatchObject({ name: 'Anna Test', phone: null, email: null });
  });
  test('is not there for a colleague, another client or nobody', async () => {
    const { deps, clinic } = stage;
    const made = value(await stage.createFacial(at(10)));
    for (const actor of [staff(clinic.nora), clientActor(clinic.otherClientId), guest(), nobodys()])
      expect(refusal(await by(readDetail, deps, actor, made.appointmentId)).code).toBe('not_found');
  });
  test('tells why it was called off, and that nothing follows', async () => {
    const { deps } = stage;
    const made = value(await stage.createFacial(at(10)));
    value(await by(cancel, deps, staff(), { appointmentId: made.appointmentId, reason: 'Ill', ...key() }));
    const detail = value(await by(readDetail, deps, staff(), made.appointmentId));
    expect(detail).toMatchObject({ status: 'cancelled', cancelReason: 'Ill', next: [], mayMove: false });
    expect(detail.trail.at(-1)?.reason).toBe('Ill');
  });
});

test('a hold on the calendar says until when it stands; a visit brings its buffers', async () => {
  const { deps, clinic, clock, database } = stage;
  const held = value(await stage.holdFacial(guest(), at(10)));
  value(
    await by(create, deps, staff(), {
      locationId: clinic.locationId,
      items: [{ serviceId: clinic.laser, specialistId: clinic.nora, techniqueIds: [] }],
      startsAt: at(11),
      clientId: clinic.clientId,
      ...key(),
    }),
  );
  const read = (actor: ReturnType<typeof staff>) =>
    by(readCalendar, database().db, actor, {
      locationId: clinic.locationId,
      fromDate: '2026-06-04',
      days: 1,
      now: clock.now(),
    });
  const [hold, visit] = (await read(staff()))?.visits ?? [];
  expect([hold?.status, hold?.heldUntil]).toEqual(['held', held.heldUntil]);
  expect(visit?.items.map(({ bufferAfterMinutes }) => bufferAfterMinutes)).toEqual([15]);
  const [, others] = (await read(staff(clinic.mila)))?.visits ?? [];
  expect([others?.client, others?.items[0]?.serviceName, others?.mayEdit]).toEqual([null, '', false]);
});

describe('today', () => {
  async function busyDay() {
    const { deps, clinic } = stage;
    const mine = value(await stage.createFacial(todayAt(11), clinic.mila));
    value(await stage.createFacial(todayAt(13), clinic.nora));
    const request = value(
      await by(create, deps, staff(), {
        locationId: clinic.locationId,
        items: [{ serviceId: clinic.facial, specialistId: clinic.nora, techniqueIds: [] }],
        startsAt: at(15),
        clientId: clinic.otherClientId,
        ...key(),
      }),
    );
    await stage.database().db.appointment.update({
      where: { id: request.appointmentId },
      data: { status: 'pending' },
    });
    await stage.database().db.message.create({
      data: {
        id: deps.newId(),
        sendKey: deps.newId(),
        channel: 'email',
        kind: 'booked',
        recipient: 'anna@example.com',
        locale: 'en',
        subject: 'Your visit',
        bodyText: '',
        clientId: clinic.clientId,
        status: 'failed',
        statusReason: 'no such mailbox',
        createdAt: deps.now(),
      },
    });
    return { mine, request };
  }
  const read = (actor: ReturnType<typeof staff>) =>
    by(readToday, stage.database().db, actor, stage.clock.now());
  const hours = (ms: number) => (ms - todayAt(0)) / 3_600_000;

  test('the desk sees everybody’s visits, requests of any day, failed messages and what is left of the day', async () => {
    const { clinic } = stage;
    await busyDay();
    const today = await read(staff());
    expect(today.locations.map(({ date }) => date)).toEqual(['2026-06-03']);
    expect(today.visits.map(({ startsAt, chair }) => [hours(startsAt), chair])).toEqual([
      [11, null],
      [13, null],
    ]);
    expect(today.requests.map(({ clientName, specialistNames }) => [clientName, specialistNames])).toEqual([
      ['Boris Test', ['Nora']],
    ]);
    // Messages outlive the stage: those of clients of other tests are left out.
    const failures = today.failures?.filter(({ clientName }) => clientName !== null);
    expect(failures?.map(({ subject, clientName, reason }) => [subject, clientName, reason])).toEqual([
      ['Your visit', 'Anna Test', 'no such mailbox'],
    ]);
    const free = today.free.map(({ specialistId, stretches }) => [
      specialistId,
      stretches.map(({ startMs, endMs }) => [hours(startMs), hours(endMs)]),
    ]);
    const stretches = (...parts: number[][]) => parts;
    expect(free).toEqual([
      [clinic.mila, stretches([9, 11], [12, 17])],
      [clinic.nora, stretches([9, 13], [14, 17])],
    ]);
  });
  test('a specialist sees their own, and no messages without the right', async () => {
    const { clinic } = stage;
    const { mine } = await busyDay();
    const today = await read(staff(clinic.mila));
    expect(today.visits.map(({ appointmentId }) => appointmentId)).toEqual([mine.appointmentId]);
    expect(today.visits[0]?.client?.name).toBe('Anna Test');
    expect([today.requests, today.failures]).toEqual([[], null]);
    expect(today.free.map(({ specialistId }) => specialistId)).toEqual([clinic.mila]);
    expect((await read(staff(clinic.nora))).requests).toHaveLength(1);
  });
  test('staff who neither see all nor perform see nobody', async () => {
    await busyDay();
    const today = await read(nobodys());
    expect([today.visits, today.requests, today.failures, today.free]).toEqual([[], [], null, []]);
  });
  test('what was answered waits no more', async () => {
    const { request } = await busyDay();
    value(
      await by(mark, stage.deps, staff(), { appointmentId: request.appointmentId, to: 'declined', ...key() }),
    );
    expect((await read(staff())).requests).toEqual([]);
  });
});
