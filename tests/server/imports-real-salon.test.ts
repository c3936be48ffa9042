/** A real salon's exports of 2018, where they are at hand: everything comes in, and income adds up to the cent. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type IncomeBy, incomeBy } from '../../src/server/imports/income.ts';
import { importSalon } from '../../src/server/imports/salon.ts';
import { importer, orphanCount, tempFolder, importedStage } from '../support/import-stage.ts';
import { by } from '../support/by.ts';

const exported =
  process.env.DERMIS_SALON_DIR ?? path.resolve(import.meta.dirname, '../../../shared/data/salon-2018');
const isHere = existsSync(path.join(exported, 'receipts.csv'));
if (!isHere)
  console.warn(`Skipped: no salon exports in ${exported}; set DERMIS_SALON_DIR to a folder that has them.`);

/** Read apart from the importer: these files have no quotes, so a comma is a comma. */
function rowsOf(name: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path.join(exported, name), 'utf8')
    .replace('\ufeff', '')
    .trim()
    .split(/\r?\n/);
  const columns = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? '', cell])),
  );
}

/** Exact millionths of a dollar, and the cents they round to, half away from zero. */
const millionths = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return text.startsWith('-') ? -value : value;
};
const cents = (sum: bigint): string => {
  const size = ((sum < 0n ? -sum : sum) + 5_000n) / 10_000n;
  const text = size.toString().padStart(3, '0');
  return `${sum < 0n && size > 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
};

function sums(
  keyOf: (row: Record<string, string>) => string,
): Record<string, { amount: string; taxes: string }> {
  const totals = new Map<string, { amount: bigint; taxes: bigint }>();
  for (const row of rowsOf('receipts.csv')) {
    const key = keyOf(row);
    const sum = totals.get(key) ?? { amount: 0n, taxes: 0n };
    sum.amount += millionths(row.Amount ?? '');
    sum.taxes += millionths(row.GST ?? '') + millionths(row.PST ?? '');
    totals.set(key, sum);
  }
  return Object.fromEntries(
    [...totals].map(([key, { amount, taxes }]) => [key, { amount: cents(amount), taxes: cents(taxes) }]),
  );
}

describe.skipIf(!isHere)(
  `the real salon (${isHere ? 'its exports are here' : 'SKIPPED: its exports are not here'})`,
  () => {
    const folder = tempFolder();
    afterAll(() => folder.remove());
    const salon = importedStage(async (deps) => {
      const run = await by(importSalon, deps, importer, {
        folder: exported,
        dataDir: folder.path,
        zone: 'America/Vancouver',
        currency: 'CAD',
        locationName: 'Salon 2018',
      });
      if (!run.ok) throw new Error(JSON.stringify(run.refusal));
      return run.value;
    });

    it('comes in whole: each row is a record, a visit, history, or refused by name', () => {
      const counts = Object.fromEntries(
        salon().imported.map(({ kind, rowCount, counts: each }) => [kind, { rowCount, ...each }]),
      );
      expect(counts).toEqual({
        services: { rowCount: 33, created: 33 },
        products: { rowCount: 101, created: 101 },
        staff: { rowCount: 1906, created: 6, unchanged: 1881, refused: 19 },
        clients: { rowCount: 1906, created: 794, unchanged: 1111, refused: 1 },
        cancellations: { rowCount: 243, history: 243 },
        no_shows: { rowCount: 60, history: 60 },
        bookings: { rowCount: 1906, created: 1886, history: 20 },
        receipts: { rowCount: 1934, history: 1934 },
      });
    });

    it('has every client the files name, and the house is none of the staff', async () => {
      const { db } = salon().deps;
      const codes = new Set([
        ...['bookings.csv', 'cancellations.csv', 'no-shows.csv'].flatMap((name) =>
          rowsOf(name).map(({ Code }) => Code),
        ),
        ...rowsOf('receipts.csv').map(({ Client }) => Client),
      ]);
      codes.delete('');
      expect(await db.importedCode.count({ where: { noun: 'client' } })).toBe(codes.size);
      const staff = await db.resource.findMany({
        where: { location: { name: 'Salon 2018' } },
        orderBy: { name: 'asc' },
      });
      expect(staff.map(({ name }) => name)).toEqual(['Becky', 'JJ', 'Joanne', 'Kelly', 'Sinead', 'Tanya']);
    });

    it('shows June 2018 as the salon lived it: every visit of its people at its hour, nobody twice at once', async () => {
      const { db } = salon().deps;
      const visits = await db.$queryRaw<{ who: string; code: string; at: string; service: string }[]>`
      SELECT upper(r.name) AS who, k.code, to_char(a.starts_at AT TIME ZONE 'America/Vancouver', 'MM/DD/YYYY FMHH12:MI:SS AM') AS at, s.code AS service
      FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id JOIN resource r ON r.id = i.specialist_id
      JOIN service s ON s.id = i.service_id JOIN imported_code k ON k.noun = 'client' AND k.entity_id = a.client_id
      WHERE a.service_date BETWEEN '2018-06-01' AND '2018-06-30' AND a.channel = 'import'`;
      const lived = rowsOf('bookings.csv').filter(
        ({ Date: date, Staff, Code }) => date?.startsWith('06/') && Staff !== 'HOUSE' && Code !== '',
      );
      const line = (...parts: (string | undefined)[]) => parts.join('|');
      expect(visits.map(({ who, code, at, service }) => line(who, code, at, service)).toSorted()).toEqual(
        lived
          .map(({ Staff, Code, Date: date, Time, Service }) => line(Staff, Code, `${date} ${Time}`, Service))
          .toSorted(),
      );
      expect(await orphanCount(salon().deps)).toBe(0);
      const outside = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM claim c JOIN appointment a ON a.id = c.appointment_id JOIN schedule s ON s.resource_id = c.resource_id
      WHERE NOT EXISTS (SELECT FROM weekly_interval w WHERE w.schedule_id = s.id AND w.weekday = extract(isodow FROM a.service_date)
        AND extract(hour FROM c.starts_at AT TIME ZONE 'America/Vancouver') * 60 >= w.start_minute - 59)`;
      expect(outside).toEqual([{ count: 0 }]);
    });

    it('knows what was cancelled and who did not come', async () => {
      const { db } = salon().deps;
      expect(await db.historyEntry.count({ where: { kind: 'cancellation' } })).toBe(243);
      // 31 rows match a booking; three visits were cancelled twice in the old system.
      expect(
        await db.historyEntry.count({ where: { kind: 'cancellation', appointmentId: { not: null } } }),
      ).toBe(31);
      expect(await db.appointment.count({ where: { status: 'cancelled' } })).toBe(28);
      expect(await db.claim.count({ where: { appointment: { status: 'cancelled' } } })).toBe(0);
      // Two were booked with the house, one by nobody: their events stay without a visit.
      expect(await db.appointment.count({ where: { status: 'no_show' } })).toBe(57);
      expect(await db.historyEntry.count({ where: { kind: 'no_show' } })).toBe(60);
      expect(await db.historyEntry.count({ where: { kind: 'unplaced_booking' } })).toBe(20);
    });

    it.each<[IncomeBy, (row: Record<string, string>) => string]>([
      ['all', () => 'all'],
      ['month', ({ Date: date = '' }) => `${date.slice(6)}-${date.slice(0, 2)}`],
      ['staff', ({ Staff = '' }) => Staff],
      ['service', ({ Description }) => Description || '—'],
    ])('IMPORT-2: income by %s adds up to the cent against a sum of its own', async (by, keyOf) => {
      const found = await incomeBy(salon().deps.db, by, 'CAD');
      const view = Object.fromEntries(
        found.map(({ key, amount, taxes }) => [by === 'staff' ? key.toUpperCase() : key, { amount, taxes }]),
      );
      expect(view).toEqual(sums(keyOf));
    });

    it('IMPORT-3: the same folder again changes nothing', async () => {
      const { deps } = salon();
      const run = await by(importSalon, deps, importer, {
        folder: exported,
        dataDir: folder.path,
        zone: 'America/Vancouver',
        currency: 'CAD',
        locationName: 'Salon 2018',
      });
      expect(
        run.ok &&
          run.value.map(({ counts }) => [counts.created ?? 0, counts.updated ?? 0, counts.history ?? 0]),
      ).toEqual(Array.from({ length: 8 }, () => [0, 0, 0]));
    }, 120_000);
  },
);
