/** P1 over booking: what belongs to others can be neither read nor changed, and is answered as if it were not there. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import type { AppointmentView } from '../../src/domain/booking.ts';
import { create } from '../../src/server/booking/create.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { at as property, call } from '../support/api-call.ts';
import { type OpenServer, openServer } from '../support/api-server.ts';
import { at, key, value } from '../support/booking-stage.ts';
import { addCast, type Cast, type Role } from '../support/cast.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { by } from '../support/by.ts';
import { breaches } from '../support/invariants.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let cast: Cast;
let booked: AppointmentView;
let held: AppointmentView;
let lapsed: AppointmentView;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  cast = await addCast(database().db, clock.now());
  const { clinic } = cast;
  const facial = {
    locationId: clinic.locationId,
    items: [{ serviceId: clinic.facial, specialistId: clinic.mila, techniqueIds: [] }],
  };
  // Anna's visit and hold are with Mila; the signed-in specialist is Nora, the other client is Boris.
  const anna = { ...clientActor(clinic.clientId), accountId: cast.accounts.client };
  booked = value(
    await by(create, server.deps, staff(), {
      ...facial,
      startsAt: at(14),
      clientId: clinic.clientId,
      ...key(),
    }),
  );
  held = value(await by(hold, server.deps, anna, { ...facial, startsAt: at(10), ...key() }));
  lapsed = value(await by(hold, server.deps, guest(), { ...facial, startsAt: at(12), ...key() }));
  await database().db.appointment.update({
    where: { id: lapsed.appointmentId },
    data: { heldUntil: new Date(clock.now().getTime() - 60_000) },
  });
  await database().db.claim.updateMany({
    where: { appointmentId: lapsed.appointmentId },
    data: { heldUntil: new Date(clock.now().getTime() - 60_000) },
  });
});
afterAll(() => server.close());

const state = async () => ({
  appointments: await database().db.appointment.findMany({ orderBy: { id: 'asc' } }),
  claims: await database().db.claim.findMany({ orderBy: { id: 'asc' } }),
  trail: await database().db.statusChange.count(),
});
let before: Awaited<ReturnType<typeof state>>;
beforeAll(async () => {
  before = await state();
});
afterEach(async () => {
  expect(await state()).toEqual(before);
});

type Door = [path: string, type: 'query' | 'mutation', input: (appointmentId: string) => object];
const doors: Door[] = [
  ['booking.view', 'query', (appointmentId) => ({ appointmentId })],
  ['booking.detail', 'query', (appointmentId) => ({ appointmentId })],
  ['booking.release', 'mutation', (appointmentId) => ({ appointmentId })],
  [
    'booking.book',
    'mutation',
    (appointmentId) => ({ appointmentId, clientId: cast.clinic.otherClientId, ...key() }),
  ],
  [
    'booking.reschedule',
    'mutation',
    (appointmentId) => ({ appointmentId, version: 1, startsAt: at(16), ...key() }),
  ],
  ['booking.cancel', 'mutation', (appointmentId) => ({ appointmentId, ...key() })],
  ['booking.mark', 'mutation', (appointmentId) => ({ appointmentId, to: 'arrived', ...key() })],
  ['booking.confirm', 'mutation', (appointmentId) => ({ appointmentId, ...key() })],
  ['visits.start', 'mutation', (appointmentId) => ({ appointmentId })],
  [
    'booking.starts',
    'query',
    (movingAppointmentId) => ({
      locationId: cast.clinic.locationId,
      items: [{ serviceId: cast.clinic.facial }],
      fromDate: '2026-06-04',
      days: 2,
      movingAppointmentId,
    }),
  ],
];
const strangers: Role[] = ['nobody', 'otherClient', 'specialist'];

describe.each(strangers)('P1 %s', (role) => {
  test.each(doors)(
    '%s answers a foreign visit, a foreign hold and a lapsed one like none',
    async (path, type, input) => {
      const ask = async (appointmentId: string) => {
        const { status, body } = await call(server, type, path, {
          input: input(appointmentId),
          cookie: cast.cookies[role],
        });
        return { status, body };
      };
      const nothing = await ask(randomUUID());
      expect(nothing.status).toBeGreaterThanOrEqual(400);
      for (const { appointmentId } of [booked, held, lapsed])
        expect(await ask(appointmentId)).toEqual(nothing);
    },
  );

  test('a whole day can’t be moved, nor the calendar read, but by those it belongs to', async () => {
    const input = {
      specialistId: cast.clinic.mila,
      date: '2026-06-04',
      reason: 'mischief',
      moves: [{ action: 'cancel', appointmentId: booked.appointmentId, version: 1 }],
      ...key(),
    };
    const cookie = cast.cookies[role];
    expect([401, 403]).toContain(
      (await call(server, 'mutation', 'booking.carryOutDay', { input, cookie })).status,
    );
    const days = { locationId: cast.clinic.locationId, fromDate: '2026-06-04', days: 1 };
    const calendar = await call(server, 'query', 'booking.calendar', { input: days, cookie });
    // A colleague's visit is taken time to Nora: no name, no service, no price.
    if (role === 'specialist') {
      expect(calendar.status).toBe(200);
      expect(calendar.body).not.toMatch(/Anna|Facial|10000|10_000/);
      expect(property(calendar.value, 'visits', '0', 'client')).toBeNull();
    } else expect([401, 403]).toContain(calendar.status);
  });
});

test('nothing was broken by all of that', async () => {
  expect(await withClient(database().ownerUrl, breaches)).toEqual([]);
});

test('own and desk: the same doors open', async () => {
  const { appointmentId } = booked;
  for (const role of ['client', 'administrator'] as const)
    expect(
      (await call(server, 'query', 'booking.view', { input: { appointmentId }, cookie: cast.cookies[role] }))
        .status,
    ).toBe(200);
});
