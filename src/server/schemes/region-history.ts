/** What one region was given over all visits: of each scheme its newest revision alone counts. */
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { DoseUnit } from '../../domain/scheme/marks.ts';
import { noteReading } from '../clients/reads.ts';
import { findCard } from '../clients/scope.ts';
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';
import { accessTo } from './read.ts';

export interface RegionTold {
  /** Null: of marks in no region. */
  region: string | null;
  /** Calendar day, YYYY-MM-DD. */
  lastOn: string;
  dayCount: number;
}

export interface RegionDose {
  schemeId: string;
  title: string;
  number: number;
  givenOn: string;
  productId: string;
  productName: string;
  unit: DoseUnit;
  doseHundredths: number;
  markCount: number;
}

const shownDoses = 500;

/** Which regions were treated, and of the one asked for every dose, latest first. Refuses with `not_found` and `forbidden`. */
export async function readRegions(
  db: Db,
  actor: Actor,
  input: { clientId: string; region: string | null },
): Promise<Result<{ regions: RegionTold[]; doses: RegionDose[] }>> {
  const clientId = await findCard(db, clientScope(actor), input.clientId);
  const access = clientId === null ? null : await accessTo(db, actor, clientId);
  if (clientId === null || access === null) return refuse('not_found', { noun: 'client' });
  if (access === 'none') return refuse('forbidden');
  await noteReading(db, clientId);
  const sql = straight(db);
  const regions = await sql.rows<{ region: string | null; last_on: string; day_count: number }>(Prisma.sql`
    SELECT region, max(given_on)::text AS last_on, count(DISTINCT given_on)::int AS day_count FROM scheme_dose
    WHERE client_id = ${clientId}::uuid AND is_newest GROUP BY region ORDER BY region NULLS LAST`);
  return done({
    regions: regions.map((row) => ({ region: row.region, lastOn: row.last_on, dayCount: row.day_count })),
    doses: input.region === null ? [] : await dosesOf(db, clientId, input.region),
  });
}

async function dosesOf(db: Db, clientId: string, region: string): Promise<RegionDose[]> {
  const rows = await straight(db).rows<{
    scheme_id: string;
    title: string;
    number: number;
    given_on: string;
    product_id: string;
    name: string;
    unit: DoseUnit;
    hundredths: number;
    marks: number;
  }>(Prisma.sql`
    SELECT d.scheme_id, s.title, d.number, d.given_on::text, d.product_id, p.name, d.unit,
      sum(d.dose_hundredths)::int AS hundredths, count(*)::int AS marks
    FROM scheme_dose d JOIN scheme s ON s.id = d.scheme_id JOIN product p ON p.id = d.product_id
    WHERE d.client_id = ${clientId}::uuid AND d.is_newest AND d.region = ${region}
    GROUP BY d.scheme_id, s.title, d.number, d.given_on, d.product_id, p.name, d.unit
    ORDER BY d.given_on DESC, d.scheme_id, p.name LIMIT ${shownDoses}`);
  return rows.map((row) => ({
    schemeId: row.scheme_id,
    title: row.title,
    number: row.number,
    givenOn: row.given_on,
    productId: row.product_id,
    productName: row.name,
    unit: row.unit,
    doseHundredths: row.hundredths,
    markCount: row.marks,
  }));
}
