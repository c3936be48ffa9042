/** A made-up salon's exports, brought in and brought again, on a real database. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startRun } from '../../src/server/imports/commands.ts';
import { incomeBy } from '../../src/server/imports/income.ts';
import { importRows, reasonCounts } from '../../src/server/imports/queries.ts';
import { settleImport } from '../../src/server/imports/run-file.ts';
import {
  bring,
  countEverything,
  importer,
  importMadeUpSalon,
  orphanCount,
  salonFile,
  tempFolder,
  importedStage,
  importStage,
} from '../support/import-stage.ts';
import { by } from '../support/by.ts';

// A whole import is a few hundred transactions.
vi.setConfig({ testTimeout: 60_000 });
const folder = tempFolder();
afterAll(() => folder.remove());

describe('a whole salon', () => {
  const salon = importedStage((deps) => importMadeUpSalon(deps, folder));

  it('IMPORT-1: every row is a record, a visit, history or refused by name; none is dropped and none forced', async () => {
    const { deps, imported: batches } = salon();
    const counts = Object.fromEntries(batches.map((batch) => [batch.kind, batch.counts]));
    expect(batches.every(({ status }) => status === 'done')).toBe(true);
    for (const { rowCount, counts: each } of batches)
      expect(Object.values(each).reduce((sum, count) => sum + count, 0)).toBe(rowCount);
    expect(counts.services).toEqual({ created: 6 });
    expect(counts.products).toEqual({ created: 3 });
    expect(counts.staff).toEqual({ created: 2, unchanged: 14, refused: 1 });
    // Two rows alike are two bookings; the second of the same time can't stand.
    expect(counts.bookings).toEqual({ created: 9, history: 6, refused: 2 });
    const bookings = batches.find(({ kind }) => kind === 'bookings');
    const reasons = await reasonCounts(deps.db, bookings?.id ?? '');
    expect(Object.fromEntries(reasons.map(({ reason, count }) => [reason, count]))).toEqual({
      overlap: 2,
      not_a_person: 1,
      no_client: 1,
      unknown_service: 1,
      clock_gap: 1,
      'bad_date:date': 1,
      'bad_time:time': 1,
    });
    expect(counts.cancellations).toEqual({ history: 4 });
    expect(counts.receipts).toEqual({ history: 8 });
    expect(await orphanCount(deps)).toBe(0);
  });

  it('puts the visits where the clock of the salon showed, cut to the next start, with the prices of its list', async () => {
    const { deps } = salon();
    const visits = await deps.db.appointment.findMany({
      where: { location: { name: 'Old salon' } },
      include: { items: true, claims: true, client: true },
      orderBy: { startsAt: 'asc' },
    });
    const view = visits.map(({ startsAt, endsAt, status, client, items, priceMinor, currency, claims }) => [
      startsAt.toISOString().slice(0, 16),
      (endsAt.getTime() - startsAt.getTime()) / 60_000,
      status,
      client?.firstName,
      items[0]?.serviceName,
      priceMinor,
      currency,
      claims.length,
    ]);
    expect(view).toEqual([
      ['2018-05-29T17:00', 20, 'fulfilled', 'ABEL01', 'Cut and finish', 8000, 'CAD', 1],
      ['2018-05-29T17:20', 45, 'fulfilled', 'BRUN01', 'Cut and finish', 8000, 'CAD', 1],
      ['2018-05-29T18:00', 120, 'fulfilled', 'CHEN01', 'Full colour', 0, 'CAD', 1],
      ['2018-05-29T20:00', 120, 'fulfilled', 'DIAZ*1', 'Toner', 4550, 'CAD', 1],
      ['2018-06-13T16:00', 45, 'fulfilled', 'ABEL01', 'Cut and finish', 8000, 'CAD', 1],
      ['2018-06-14T07:30', 45, 'fulfilled', 'HANS01', 'Cut and finish', 8000, 'CAD', 1],
      ['2018-06-14T19:00', 120, 'cancelled', 'GOLD01', 'Full colour', 0, 'CAD', 0],
      ['2018-06-14T21:00', 45, 'fulfilled', 'HANS01', 'Cut and finish', 8000, 'CAD', 1],
      ['2018-06-19T17:00', 45, 'no_show', 'KIRK01', 'Cut and finish', 8000, 'CAD', 1],
    ]);
    const cancelled = visits.find(({ status }) => status === 'cancelled');
    expect(cancelled).toMatchObject({ cancelledBy: 'staff', isLateCancel: true });
    // Cancelled twice in the old system: both events point to the one visit.
    expect(
      await deps.db.historyEntry.count({ where: { kind: 'cancellation', appointmentId: cancelled?.id } }),
    ).toBe(2);
    const [schedule] = await deps.db.schedule.findMany({
      where: { location: { name: 'Old salon' }, resource: { name: 'Lucia' } },
      include: { intervals: { orderBy: { weekday: 'asc' } } },
    });
    expect(
      schedule?.intervals.map(({ weekday, startMinute, endMinute }) => [weekday, startMinute, endMinute]),
    ).toEqual([
      [2, 660, 900],
      [4, 840, 900],
    ]);
  });

  it('sells nothing of another currency as the clinic’s, nor online', async () => {
    const { deps } = salon();
    const services = await deps.db.service.findMany({
      where: { code: { in: ['CUT', 'TONE', 'OLD', 'DYE'] } },
      orderBy: { code: 'asc' },
    });
    expect(
      services.map(({ code, name, isActive, isOnline, isPriceFrom, description, baseMinutes }) => [
        code,
        name,
        isActive,
        isOnline,
        isPriceFrom,
        description,
        baseMinutes,
      ]),
    ).toEqual([
      ['CUT', 'Cut and finish', false, false, false, '80 CAD', 45],
      ['DYE', 'Full colour', false, false, true, null, 120],
      ['OLD', 'OLD', false, false, true, null, 15],
      ['TONE', 'Toner', false, false, false, '45.5 CAD', 120],
    ]);
    expect(
      await deps.db.specialist.count({
        where: { isOnline: true, resource: { location: { name: 'Old salon' } } },
      }),
    ).toBe(0);
  });

  it('IMPORT-2: receipts add up to the cent, rounded once at the end of each sum', async () => {
    const { deps } = salon();
    const lines = async (by: Parameters<typeof incomeBy>[1]) =>
      Object.fromEntries((await incomeBy(deps.db, by, 'CAD')).map(({ key, amount }) => [key, amount]));
    expect(await lines('all')).toEqual({ all: '158.58' });
    expect(await lines('month')).toEqual({ '2018-05': '92.35', '2018-06': '66.24' });
    expect(await lines('service')).toEqual({
      'Cut and finish': '80.00',
      'Trim, "fringe" only': '12.35',
      'Argan oil 75ml': '30.73',
      '—': '0.01',
      Toner: '45.50',
      'Gift card': '-10.00',
    });
    const [line] = await deps.db.historyEntry.findMany({ where: { receiptNumber: '11' } });
    expect(line).toMatchObject({ taxes: { GST: '0.61725', PST: '0.9876' } });
    expect(line?.amount?.toString()).toBe('12.345');
  });

  it('IMPORT-3: the same files again change nothing, whatever is written differently about them', async () => {
    const { deps } = salon();
    const before = await countEverything(deps);
    for (const batch of await importMadeUpSalon(deps, folder)) {
      expect(batch.counts.created ?? 0).toBe(0);
      expect(batch.counts.history ?? 0).toBe(0);
      expect(batch.counts.updated ?? 0).toBe(0);
    }
    expect(await countEverything(deps)).toEqual(before);
    const origin = 'salon';
    const reworded = folder.write(
      'again.csv',
      'Client;Date;Time;Staff;Service\nabel01;2018-05-29;10:00;mo;cut\n',
    );
    const location = await deps.db.location.findFirstOrThrow({ where: { name: 'Old salon' } });
    const batch = await bring(deps, folder, {
      kind: 'bookings',
      file: reworded,
      settings: { origin, locationId: location.id },
    });
    expect(batch.counts).toEqual({ unchanged: 1 });
  });
});

describe('the guard', () => {
  const stage = importStage();

  it('IMPORT-4: a booking on a time somebody has is kept as history, and theirs stands', async () => {
    const { deps, clinic } = stage();
    const startsAt = new Date('2026-06-04T08:00:00Z');
    const held = randomUUID();
    await deps.db.appointment.create({
      data: {
        id: held,
        locationId: clinic.locationId,
        clientId: clinic.clientId,
        status: 'booked',
        startsAt,
        endsAt: new Date('2026-06-04T09:00:00Z'),
        serviceDate: new Date('2026-06-04'),
        priceMinor: 1,
        currency: 'EUR',
        channel: 'staff',
        createdAt: startsAt,
        updatedAt: startsAt,
        claims: {
          create: {
            id: randomUUID(),
            resourceId: clinic.mila,
            startsAt,
            endsAt: new Date('2026-06-04T09:00:00Z'),
            kind: 'appointment',
          },
        },
      },
    });
    await deps.db.importedCode.create({
      data: { origin: 'old system', noun: 'specialist', code: 'MILA', entityId: clinic.mila },
    });
    await deps.db.service.update({ where: { id: clinic.facial }, data: { code: 'FACE' } });
    const file = folder.write(
      'clash.csv',
      'Client,Staff,Service,Date,Time\nA1,MILA,face,2026-06-04,10:30\nA2,MILA,FACE,2026-06-04,11:00\n',
    );
    const checked = await bring(deps, folder, { kind: 'bookings', file, dryRun: true });
    expect(checked.counts).toEqual({ created: 1, history: 1 });
    expect(await deps.db.client.count({ where: { firstName: 'A2' } })).toBe(0);
    // Between the dry run and the run somebody takes the other time, too.
    await deps.db.claim.create({
      data: {
        id: randomUUID(),
        resourceId: clinic.mila,
        startsAt: new Date('2026-06-04T09:30:00Z'),
        endsAt: new Date('2026-06-04T09:45:00Z'),
        kind: 'appointment',
        appointmentId: held,
      },
    });
    await by(startRun, deps, importer, { batchId: checked.id });
    const done = await settleImport(deps, checked.id);
    expect(done.counts).toEqual({ history: 2 });
    expect(
      (
        await importRows(deps.db, {
          batchId: done.id,
          outcome: null,
          onlyWithReason: false,
          after: 0,
          limit: 10,
        })
      ).rows.map(({ reason }) => reason),
    ).toEqual(['time_taken', 'time_taken']);
    expect(await deps.db.appointment.count()).toBe(1);
    expect(
      await deps.db.historyEntry.count({ where: { kind: 'unplaced_booking', clientId: { not: null } } }),
    ).toBe(2);
  });

  it('books what is still to come, and only that', async () => {
    const { deps, clinic } = stage();
    await deps.db.service.update({ where: { id: clinic.facial }, data: { code: 'FACE' } });
    const file = folder.write(
      'coming.csv',
      'Client,Staff,Service,Date,Time,Duration\nA1,Vera,FACE,2026-06-02,10:00,30\nA1,Vera,FACE,2026-06-09,10:00,1:15\n',
    );
    await bring(deps, folder, { kind: 'bookings', file });
    const visits = await deps.db.appointment.findMany({ orderBy: { startsAt: 'asc' } });
    expect(
      visits.map(({ status, startsAt, endsAt }) => [
        status,
        (endsAt.getTime() - startsAt.getTime()) / 60_000,
      ]),
    ).toEqual([
      ['fulfilled', 30],
      ['booked', 75],
    ]);
    expect(await deps.db.client.findFirst({ where: { firstName: 'A1' } })).toMatchObject({
      status: 'booked',
    });
  });

  it('works in either order: cancellations that come after their visits cancel them, and give the time back', async () => {
    const { deps, clinic } = stage();
    const settings = { locationId: clinic.locationId, origin: 'salon', currency: 'CAD' };
    for (const [kind, name] of [
      ['services', 'services'],
      ['bookings', 'bookings'],
      ['cancellations', 'cancellations'],
      ['no_shows', 'no-shows'],
    ] as const)
      await bring(deps, folder, { kind, file: salonFile(name), settings });
    const gold = await deps.db.appointment.findMany({
      where: { client: { firstName: 'GOLD01' } },
      include: { claims: true, changes: { orderBy: { id: 'asc' } } },
    });
    expect(
      gold.map(({ status, claims, changes }) => [
        status,
        claims.length,
        changes.map(({ toStatus }) => toStatus),
      ]),
    ).toEqual([['cancelled', 0, ['fulfilled', 'cancelled']]]);
    expect(await deps.db.appointment.count({ where: { status: 'no_show' } })).toBe(1);
    expect(await orphanCount(deps)).toBe(0);
  });
});
