import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import type { AppointmentView } from '../../src/domain/booking.ts';
import type { Refusal, Result } from '../../src/domain/refusal.ts';
import { book } from '../../src/server/booking/book.ts';
import { cancel, mark } from '../../src/server/booking/cancel.ts';
import { create } from '../../src/server/booking/create.ts';
import { expireHold, hold, release } from '../../src/server/booking/hold.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { searchStarts } from '../../src/server/booking/search.ts';
import { addClinic, clientActor, guest, openDeps, staff, type TestClinic } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase(24);
// Wednesday, 3 June 2026, 09:00 in Berlin.
const clock = fixedClock();
let deps: Awaited<ReturnType<typeof openDeps>>;
let clinic: TestClinic;

beforeEach(async () => {
  clock.set('2026-06-03T07:00:00Z');
  await emptyDatabase();
  clinic = await addClinic(database().db);
  deps = await openDeps(database(), clock);
});
afterEach(() => deps.close());

async function emptyDatabase(): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  await client.query(`TRUNCATE clinic, location, resource, service_category, client, appointment, claim, idempotency_key,
    change_event, audit_entry, closure, leave CASCADE; DELETE FROM pgboss.job`);
  await client.end();
}

/** Thursday, 4 June 2026, by the clinic's clock. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 5, 4, hour - 2, minute);
const key = () => ({ idempotencyKey: randomUUID() });
const facialWith = (specialistId: string | null, techniqueIds: string[] = []) => ({
  locationId: clinic.locationId,
  items: [{ serviceId: clinic.facial, specialistId, techniqueIds }],
});
const holdFacial = (actor: Actor, startsAt: number, specialistId: string | null = clinic.mila) =>
  hold(deps, actor, { ...facialWith(specialistId), startsAt, ...key() });
const createFacial = (startsAt: number, specialistId: string | null = clinic.mila, actor: Actor = staff()) =>
  create(deps, actor, { ...facialWith(specialistId), startsAt, clientId: clinic.clientId, ...key() });

function value(result: Result<AppointmentView>): AppointmentView {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
function refusal<T>(result: Result<T>): Refusal {
  if (result.ok) throw new Error('not refused');
  return result.refusal;
}
const claimCount = () => database().db.claim.count();
const jobCount = async (name: string): Promise<number> => {
  const rows = await database().db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM pgboss.job WHERE name = ${name}`;
  return rows[0]?.count ?? -1;
};

describe('holding and booking', () => {
  test('BOOK-2 a client holds, books, and the message is enqueued in the same transaction', async () => {
    const actor = clientActor(clinic.clientId);
    const held = value(await holdFacial(actor, at(10)));
    expect(held).toMatchObject({
      status: 'held',
      heldUntil: clock.now().getTime() + 600_000,
      endsAt: at(11),
      priceMinor: 10_000,
    });
    expect(await jobCount('expire-hold')).toBe(1);
    const booked = value(await book(deps, actor, { appointmentId: held.appointmentId, ...key() }));
    expect(booked).toMatchObject({ status: 'booked', heldUntil: null });
    expect(await jobCount('notify-appointment')).toBe(1);
    const [claim] = await database().db.claim.findMany();
    expect(claim).toMatchObject({ kind: 'appointment', heldUntil: null });
  });

  test('BOOK-4 a lapsed hold is bookable at once with no worker running, and its owner is told kindly', async () => {
    const first = guest();
    const held = value(await holdFacial(first, at(10)));
    clock.advanceMinutes(10);
    const second = value(await holdFacial(guest(), at(10)));
    expect(second.status).toBe('held');
    expect(await claimCount()).toBe(1);
    const late = refusal(
      await book(deps, clientActor(clinic.clientId), { appointmentId: held.appointmentId, ...key() }),
    );
    expect(late.code).toBe('not_found'); // somebody else's hold, as far as this client is concerned
    const owner = {
      ...clientActor(clinic.clientId),
      holderKey: first.kind === 'nobody' ? first.holderKey : null,
    };
    const told = refusal(await book(deps, owner, { appointmentId: held.appointmentId, ...key() }));
    expect(told.code).toBe('hold_lapsed');
    expect('alternatives' in told && told.alternatives.length).toBe(3);
  });

  test('BOOK-4 a hold that nobody contests lapses by time alone: booking it a second late is refused', async () => {
    const actor = clientActor(clinic.clientId);
    const held = value(await holdFacial(actor, at(10)));
    clock.set(new Date(held.heldUntil ?? 0));
    expect(refusal(await book(deps, actor, { appointmentId: held.appointmentId, ...key() })).code).toBe(
      'hold_lapsed',
    );
  });

  test('the job expire-hold acts at most once, early never', async () => {
    const held = value(await holdFacial(guest(), at(10)));
    await expireHold(deps, held.appointmentId);
    expect(await claimCount()).toBe(1);
    clock.advanceMinutes(10);
    await expireHold(deps, held.appointmentId);
    await expireHold(deps, held.appointmentId);
    expect(await claimCount()).toBe(0);
    expect(await database().db.statusChange.count({ where: { toStatus: 'expired' } })).toBe(1);
  });

  test("one's own hold does not stand in the way: choosing another time gives the first back when they overlap", async () => {
    const actor = guest();
    const first = value(await holdFacial(actor, at(10)));
    value(await holdFacial(actor, at(10, 30)));
    expect(await database().db.appointment.findUnique({ where: { id: first.appointmentId } })).toMatchObject({
      status: 'expired',
    });
    expect(await claimCount()).toBe(1);
  });

  test('nobody keeps more than three starts from others', async () => {
    const actor = guest();
    for (const hour of [9, 10, 11, 12, 13]) value(await holdFacial(actor, at(hour)));
    expect(await database().db.appointment.count({ where: { status: 'held' } })).toBe(3);
  });

  test('giving a hold back twice changes nothing; a stranger learns nothing', async () => {
    const actor = guest();
    const held = value(await holdFacial(actor, at(10)));
    expect(refusal(await release(deps, guest(), held.appointmentId)).code).toBe('not_found');
    expect((await release(deps, actor, held.appointmentId)).ok).toBe(true);
    expect((await release(deps, actor, held.appointmentId)).ok).toBe(true);
    expect(await claimCount()).toBe(0);
  });

  test('a service that wants approval is requested, claims its time, and is approved or declined', async () => {
    const actor = clientActor(clinic.clientId);
    const request = {
      locationId: clinic.locationId,
      items: [{ serviceId: clinic.peel, specialistId: null, techniqueIds: [] }],
    };
    const held = value(await hold(deps, actor, { ...request, startsAt: at(10), ...key() }));
    expect(held.items[0]?.specialistId).toBe(clinic.mila); // Nora has not mastered it
    const pending = value(await book(deps, actor, { appointmentId: held.appointmentId, ...key() }));
    expect(pending.status).toBe('pending');
    expect(refusal(await holdFacial(guest(), at(10))).code).toBe('slot_taken');
    const approved = value(
      await mark(deps, staff(), { appointmentId: held.appointmentId, to: 'booked', ...key() }),
    );
    expect(approved.status).toBe('booked');
    expect(
      refusal(await mark(deps, staff(), { appointmentId: held.appointmentId, to: 'declined', ...key() }))
        .code,
    ).toBe('transition_refused');
  });
});

describe('races', () => {
  test('BOOK-1 fifty clients, one start: one holds it, the others are offered three near ones, nothing remains of them', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => holdFacial(guest(), at(10))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok)) {
      const refused = refusal(result);
      expect(refused.code).toBe('slot_taken');
    }
    expect(await claimCount()).toBe(1);
    expect(await database().db.appointment.count()).toBe(1);
    expect(await jobCount('expire-hold')).toBe(1);
  });

  test('BOOK-1 partly overlapping starts: whatever wins, no two claims overlap', async () => {
    const starts = Array.from({ length: 40 }, (_, index) => at(9, (index % 16) * 15));
    await Promise.all(starts.map((startsAt) => holdFacial(guest(), startsAt, null)));
    const [row] = await database().db.$queryRaw<{ pairs: number }[]>`
      SELECT count(*)::int AS pairs FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id
      AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`;
    expect(row?.pairs).toBe(0);
    expect(await claimCount()).toBe(await database().db.appointment.count({ where: { status: 'held' } }));
  });

  test('a lapsed hold is contested by many at once: one gets it', async () => {
    value(await holdFacial(guest(), at(10)));
    clock.advanceMinutes(11);
    const results = await Promise.all(Array.from({ length: 20 }, () => holdFacial(guest(), at(10))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await claimCount()).toBe(1);
  });

  test('anyone: three want the same hour of two specialists, two get it, each with another', async () => {
    const results = await Promise.all(Array.from({ length: 3 }, () => createFacial(at(10), null)));
    const got = results.flatMap((result) => (result.ok ? [result.value.items[0]?.specialistId] : []));
    expect(new Set(got).size).toBe(2);
    expect(got).toHaveLength(2);
  });

  test('BOOK-8 crossed moves end in two visits that do not overlap, and nobody loses the old time', async () => {
    const [x, y] = [value(await createFacial(at(10))), value(await createFacial(at(12)))];
    const move = (visit: AppointmentView, startsAt: number) =>
      reschedule(deps, staff(), {
        appointmentId: visit.appointmentId,
        version: visit.version,
        startsAt,
        ...key(),
      });
    await Promise.all([move(x, at(12, 30)), move(y, at(10, 30))]);
    expect(await claimCount()).toBe(2);
    expect(await database().db.appointment.count({ where: { status: 'booked' } })).toBe(2);
  });

  test('BOOK-7 a cap of one a day holds against sixteen at once', async () => {
    await database().db.specialist.update({ where: { id: clinic.mila }, data: { maxPerDay: 1 } });
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) => createFacial(at(9 + (index % 8)))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('BOOK-7 a client never has more visits to come than the clinic allows, whatever is sent at once', async () => {
    await database().db.clinic.updateMany({ data: { maxUpcomingPerClient: 2 } });
    const actor = clientActor(clinic.clientId);
    const holds = [];
    for (const hour of [9, 11, 13]) holds.push(value(await holdFacial(actor, at(hour))));
    const results = await Promise.all(
      holds.map(({ appointmentId }) => book(deps, actor, { appointmentId, ...key() })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(2);
    expect(refusal(results.find(({ ok }) => !ok) ?? results[0] ?? { ok: true, value: null }).code).toBe(
      'too_many_upcoming',
    );
  });
});

describe('idempotency', () => {
  test('BOOK-5 the same key ten times at once acts once and answers ten times the same', async () => {
    const actor = guest();
    const input = { ...facialWith(clinic.mila), startsAt: at(10), ...key() };
    const results = await Promise.all(Array.from({ length: 10 }, () => hold(deps, actor, input)));
    expect(new Set(results.map((result) => value(result).appointmentId)).size).toBe(1);
    expect(value(await hold(deps, actor, input)).appointmentId).toBe(
      value(results[0] ?? { ok: false, refusal: { code: 'forbidden' } }).appointmentId,
    );
  });

  test('BOOK-5 the same key with another body is refused by name', async () => {
    const actor = guest();
    const same = key();
    value(await hold(deps, actor, { ...facialWith(clinic.mila), startsAt: at(10), ...same }));
    expect(
      refusal(await hold(deps, actor, { ...facialWith(clinic.mila), startsAt: at(12), ...same })).code,
    ).toBe('idempotency_key_reused');
  });

  test("somebody else's key answers nothing of theirs", async () => {
    const same = key();
    const input = { ...facialWith(clinic.mila), startsAt: at(10), ...same };
    value(await hold(deps, guest(), input));
    expect(refusal(await hold(deps, guest(), input)).code).toBe('slot_taken');
  });
});

describe('what is refused by name', () => {
  const bad: [string, () => { startsAt: number; now?: string }, string][] = [
    ['outside hours', () => ({ startsAt: at(20) }), 'outside_hours'],
    ['on a closed day', () => ({ startsAt: Date.UTC(2026, 5, 7, 8) }), 'outside_hours'],
    ['in the past', () => ({ startsAt: Date.UTC(2026, 5, 2, 8) }), 'in_past'],
    ['without notice', () => ({ startsAt: Date.UTC(2026, 5, 3, 7, 30) }), 'notice'],
    ['beyond the horizon', () => ({ startsAt: Date.UTC(2026, 9, 1, 8) }), 'horizon'],
    ['off the grid', () => ({ startsAt: at(10, 7) }), 'not_on_grid'],
  ];
  test.each(bad)('a start %s', async (_name, input, reason) => {
    const refused = refusal(await holdFacial(guest(), input().startsAt));
    expect(refused).toMatchObject({ code: 'start_unfit', reason });
  });

  test('a technique the specialist has not mastered', async () => {
    const request = {
      locationId: clinic.locationId,
      items: [{ serviceId: clinic.peel, specialistId: clinic.nora, techniqueIds: [] }],
    };
    expect(refusal(await hold(deps, guest(), { ...request, startsAt: at(10), ...key() }))).toMatchObject({
      code: 'plan_refused',
      reason: 'technique_not_mastered',
    });
  });

  test('a client who is blocked, not invited, or new', async () => {
    const actor = clientActor(clinic.clientId);
    const { db } = database();
    await db.service.update({ where: { id: clinic.facial }, data: { bookableBy: 'invited' } });
    expect(refusal(await holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'invited_only',
    });
    await db.service.update({ where: { id: clinic.facial }, data: { bookableBy: 'existing' } });
    expect(refusal(await holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'existing_only',
    });
    await db.client.update({ where: { id: clinic.clientId }, data: { status: 'blocked' } });
    expect(refusal(await holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'blocked',
    });
  });

  test('a service not online, and a missing patch test', async () => {
    const { db } = database();
    await db.service.update({ where: { id: clinic.facial }, data: { isOnline: false } });
    expect(refusal(await holdFacial(guest(), at(10))).code).toBe('not_bookable_online');
    expect((await createFacial(at(10))).ok).toBe(true);
    await db.servicePrerequisite.create({
      data: { serviceId: clinic.laser, requiredServiceId: clinic.facial, minHours: 24, maxDays: 90 },
    });
    const request = {
      locationId: clinic.locationId,
      items: [{ serviceId: clinic.laser, specialistId: null, techniqueIds: [] }],
    };
    const actor = clientActor(clinic.clientId);
    expect(refusal(await hold(deps, actor, { ...request, startsAt: at(14), ...key() }))).toMatchObject({
      code: 'prerequisite_missing',
      serviceName: 'Facial',
      minHours: 24,
    });
  });

  test('a visit of another, an id that is none, an account without a card', async () => {
    const visit = value(await createFacial(at(14)));
    const stranger = clientActor(clinic.otherClientId);
    expect(refusal(await cancel(deps, stranger, { appointmentId: visit.appointmentId, ...key() })).code).toBe(
      'not_found',
    );
    expect(refusal(await cancel(deps, stranger, { appointmentId: randomUUID(), ...key() })).code).toBe(
      'not_found',
    );
    const cardless: Actor = { kind: 'client', accountId: randomUUID(), clientId: null, holderKey: null };
    const held = value(await holdFacial(cardless, at(10)));
    expect(refusal(await book(deps, cardless, { appointmentId: held.appointmentId, ...key() })).code).toBe(
      'not_found',
    );
  });

  test('a specialist writes into their own calendar only', async () => {
    expect((await createFacial(at(10), clinic.mila, staff(clinic.mila))).ok).toBe(true);
    expect(refusal(await createFacial(at(10), clinic.nora, staff(clinic.mila))).code).toBe('forbidden');
    expect(refusal(await createFacial(at(12), clinic.mila, clientActor(clinic.clientId))).code).toBe(
      'forbidden',
    );
  });
});

describe('moving and cancelling', () => {
  test('BOOK-8 a move keeps what was booked: the price list of today changes nothing', async () => {
    const visit = value(await createFacial(at(10)));
    await database().db.service.update({
      where: { id: clinic.facial },
      data: { baseMinutes: 120, priceMinor: 99_999 },
    });
    const moved = value(
      await reschedule(deps, staff(), {
        appointmentId: visit.appointmentId,
        version: 1,
        startsAt: at(12),
        ...key(),
      }),
    );
    expect(moved).toMatchObject({ startsAt: at(12), endsAt: at(13), priceMinor: 10_000, version: 2 });
    expect(await claimCount()).toBe(1);
  });

  test('a move onto taken time is refused and changes nothing; a stale one is told so', async () => {
    const visit = value(await createFacial(at(10)));
    value(await createFacial(at(12)));
    const input = { appointmentId: visit.appointmentId, version: 1, startsAt: at(12, 30), ...key() };
    expect(refusal(await reschedule(deps, staff(), input)).code).toBe('slot_taken');
    expect(await claimCount()).toBe(2);
    expect(
      refusal(await reschedule(deps, staff(), { ...input, version: 7, startsAt: at(15), ...key() })).code,
    ).toBe('stale');
  });

  test('a visit may be pulled over itself, lengthened, and handed to somebody else', async () => {
    const visit = value(await createFacial(at(10)));
    const half = value(
      await reschedule(deps, staff(), {
        appointmentId: visit.appointmentId,
        version: 1,
        startsAt: at(10, 30),
        ...key(),
      }),
    );
    const long = value(
      await reschedule(deps, staff(), {
        appointmentId: visit.appointmentId,
        version: half.version,
        startsAt: at(10, 30),
        durationMinutes: 95,
        ...key(),
      }),
    );
    expect(long.endsAt).toBe(at(12, 5));
    const nora = value(
      await reschedule(deps, staff(), {
        appointmentId: visit.appointmentId,
        version: long.version,
        startsAt: at(10, 30),
        specialistId: clinic.nora,
        ...key(),
      }),
    );
    expect(nora.items[0]?.specialistId).toBe(clinic.nora);
    expect(await database().db.claim.findMany()).toMatchObject([
      { resourceId: clinic.nora, endsAt: new Date(at(12, 5)) },
    ]);
  });

  test('outside of hours only with a reason, which is audited; the guard is never overridden', async () => {
    const input = { ...facialWith(clinic.mila), startsAt: at(19), clientId: clinic.clientId };
    expect(refusal(await create(deps, staff(), { ...input, ...key() }))).toMatchObject({
      code: 'start_unfit',
      reason: 'outside_hours',
    });
    value(await create(deps, staff(), { ...input, overrideReason: 'Evening opening', ...key() }));
    expect(await database().db.auditEntry.findFirst()).toMatchObject({
      action: 'appointment.override_policy',
      reason: 'Evening opening',
    });
    expect(refusal(await create(deps, staff(), { ...input, overrideReason: 'Again', ...key() })).code).toBe(
      'slot_taken',
    );
  });

  test('clients cancel and move until the window begins; staff also after, and then it counts as late', async () => {
    const actor = clientActor(clinic.clientId);
    const visit = value(await createFacial(at(10)));
    clock.set(new Date(at(9)));
    expect(
      refusal(await cancel(deps, actor, { appointmentId: visit.appointmentId, ...key() })),
    ).toMatchObject({ code: 'cancel_window_over', minutes: 1440 });
    expect(
      refusal(
        await reschedule(deps, actor, {
          appointmentId: visit.appointmentId,
          version: 1,
          startsAt: at(15),
          ...key(),
        }),
      ).code,
    ).toBe('cancel_window_over');
    value(await cancel(deps, staff(), { appointmentId: visit.appointmentId, reason: 'called', ...key() }));
    expect(await database().db.appointment.findFirst()).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'staff',
      isLateCancel: true,
    });
    expect(await claimCount()).toBe(0);
    expect(refusal(await cancel(deps, staff(), { appointmentId: visit.appointmentId, ...key() })).code).toBe(
      'transition_refused',
    );
  });

  test('a cancelled hour is bookable at once', async () => {
    const visit = value(await createFacial(at(10)));
    value(await cancel(deps, staff(), { appointmentId: visit.appointmentId, ...key() }));
    expect((await holdFacial(guest(), at(10))).ok).toBe(true);
  });
});

describe('looking for starts', () => {
  test('what was found fits, and what is taken is not found', async () => {
    const input = { ...facialWith(null), fromDate: '2026-06-04', days: 1 };
    const found = await searchStarts(deps, guest(), input);
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.starts).toHaveLength(29); // 09:00 … 16:00 in quarters
    for (const hour of [9, 12, 15]) value(await createFacial(at(hour), clinic.mila));
    const again = await searchStarts(deps, guest(), input);
    const free = again.ok ? again.value.starts : [];
    expect(free.find(({ startsAt }) => startsAt === at(12))?.specialistIds).toEqual([clinic.nora]);
  });

  test('several services in one visit, with one person or two, each stretch claimed', async () => {
    const request = {
      locationId: clinic.locationId,
      items: [
        { serviceId: clinic.facial, specialistId: clinic.mila, techniqueIds: [clinic.deep] },
        { serviceId: clinic.laser, specialistId: clinic.nora, techniqueIds: [] },
      ],
    };
    const held = value(await hold(deps, guest(), { ...request, startsAt: at(10), ...key() }));
    expect(held).toMatchObject({ endsAt: at(12, 15), priceMinor: 22_500 });
    const claims = await database().db.claim.findMany({ orderBy: { startsAt: 'asc' } });
    expect(
      claims
        .map(({ resourceId, startsAt, endsAt }) => [resourceId, startsAt.getTime(), endsAt.getTime()])
        .sort(),
    ).toEqual(
      [
        [clinic.mila, at(10), at(11, 30)],
        [clinic.nora, at(11, 30), at(12, 30)],
        [clinic.roomId, at(11, 30), at(12, 30)],
      ].sort(),
    );
  });
});
