/** What pages and the command line show of imports. */
import { z } from 'zod';
import { type Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { dateOrderOf, fileShape, importSettings } from '../../domain/import-settings.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Db } from '../db.ts';
import type { Deps } from '../deps.ts';
import { straight } from '../sql.ts';
import { noteEntry } from '../trail/note.ts';
import { batchStatuses, countsSchema, outcomes } from './batch.ts';
import { inertCell } from './csv.ts';

export const rowsInput = z.object({
  batchId: z.uuid(),
  outcome: z.enum(outcomes).nullable().default(null),
  /** Rows with a reason: what needs a look. */
  onlyWithReason: z.boolean().default(false),
  after: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});

const statusOf = z.enum(batchStatuses);

/** The latest imports, newest first. */
export async function listImports(db: Db) {
  const rows = await db.importBatch.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
    select: {
      id: true,
      kind: true,
      fileName: true,
      status: true,
      statusReason: true,
      rowCount: true,
      doneCount: true,
      counts: true,
      createdAt: true,
      finishedAt: true,
    },
  });
  return rows.map((row) => ({
    ...row,
    kind: importSettings.shape.kind.parse(row.kind),
    status: statusOf.parse(row.status),
    counts: countsSchema.parse(row.counts),
  }));
}

/** One import with its file, its settings and what keeps it from being read. Refuses `not_found`. */
export async function importDetail(db: Db, batchId: string) {
  const row = await db.importBatch.findUnique({ where: { id: batchId } });
  if (!row) return refuse('not_found', { noun: 'import' });
  const shape = fileShape.parse(row.shape);
  const settings = importSettings.parse(row.mapping);
  const [sameFile, clinic, kept, locations, categories] = await Promise.all([
    db.importBatch.findFirst({
      where: { fileHash: row.fileHash, kind: row.kind, status: 'done', id: { not: batchId } },
      select: { finishedAt: true },
    }),
    db.clinic.findFirst({ select: { currency: true } }),
    row.status === 'undone' ? keptEffects(db, batchId) : [],
    db.location.findMany({
      orderBy: [{ rank: 'asc' }, { name: 'asc' }],
      select: { id: true, name: true, timeZone: true },
    }),
    db.serviceCategory.findMany({ orderBy: { rank: 'asc' }, select: { name: true } }),
  ]);
  return done({
    id: row.id,
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    hasFile: row.storedName !== null,
    status: statusOf.parse(row.status),
    statusReason: row.statusReason,
    rowCount: row.rowCount,
    doneCount: row.doneCount,
    counts: countsSchema.parse(row.counts),
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    shape,
    settings,
    foundDateOrder: dateOrderOf(settings, shape),
    clinicCurrency: clinic?.currency ?? null,
    importedBefore: sameFile?.finishedAt ?? null,
    kept,
    locations,
    categories: categories.map(({ name }) => name),
  });
}

export interface KeptRecord {
  entityType: string;
  entityId: string;
  why: string;
  name: string;
}

/** What an undo left, by name, at most 200. */
export const keptEffects = (db: Db, batchId: string): Promise<KeptRecord[]> => db.$queryRaw<KeptRecord[]>`
  SELECT e.entity_type AS "entityType", e.entity_id AS "entityId", e.kept_because AS why, coalesce(
    CASE e.entity_type
      WHEN 'client' THEN (SELECT trim(first_name || ' ' || last_name) FROM client WHERE id = e.entity_id)
      WHEN 'specialist' THEN (SELECT name FROM resource WHERE id = e.entity_id)
      WHEN 'service' THEN (SELECT name FROM service WHERE id = e.entity_id)
      WHEN 'product' THEN (SELECT name FROM product WHERE id = e.entity_id)
      WHEN 'category' THEN (SELECT name FROM service_category WHERE id = e.entity_id)
      WHEN 'location' THEN (SELECT name FROM location WHERE id = e.entity_id)
      WHEN 'history' THEN (SELECT description FROM history_entry WHERE id = e.entity_id)
      WHEN 'appointment' THEN (SELECT i.service_name || ', ' || to_char(a.service_date, 'YYYY-MM-DD')
        FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id WHERE a.id = e.entity_id LIMIT 1)
    END, '') AS name
  FROM import_effect e WHERE e.batch_id = ${batchId}::uuid AND e.kept_because IS NOT NULL
  ORDER BY e.entity_type, e.id LIMIT 200`;

/** How often each reason occurs, for each outcome. */
export const reasonCounts = (db: Db, batchId: string) => db.$queryRaw<
  { outcome: string; reason: string; count: number }[]
>`
  SELECT outcome, reason, count(*)::int AS count FROM import_row
  WHERE batch_id = ${batchId}::uuid AND reason IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 60`;

const rowShape = z.object({
  rowNumber: z.number(),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  raw: z.array(z.string()),
});

/** A page of rows in the file's order. */
export async function importRows(db: Db, input: z.infer<typeof rowsInput>) {
  const rows = await db.importRow.findMany({
    where: {
      batchId: input.batchId,
      rowNumber: { gt: input.after },
      ...(input.outcome ? { outcome: input.outcome } : {}),
      ...(input.onlyWithReason ? { reason: { not: null } } : {}),
    },
    orderBy: { rowNumber: 'asc' },
    take: input.limit + 1,
    select: { rowNumber: true, outcome: true, reason: true, raw: true },
  });
  const page = rows.slice(0, input.limit).map((row) => rowShape.parse(row));
  return { rows: page, next: rows.length > input.limit ? (page.at(-1)?.rowNumber ?? null) : null };
}

const reportRowsAtOnce = 1_000;

/**
 * The whole report as CSV text, streamed: row, outcome, reason and the cells as given, made inert, so that a spreadsheet
 * runs none of them. That it was taken out is noted in the trail. Refuses `forbidden`, `not_found`; whether the proof of who asks is fresh
 * is the door's to ask.
 */
export async function importReport(
  { db }: Deps,
  actor: Actor,
  batchId: string,
): Promise<Result<{ fileName: string; text: AsyncGenerator<string> }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  const batch = await db.importBatch.findUnique({ where: { id: batchId } });
  if (!batch) return refuse('not_found', { noun: 'import' });
  await noteEntry(straight(db), { action: 'import.export', subjectType: 'import', subjectId: batchId });
  const header = fileShape.parse(batch.shape).columns.map(({ name }) => name);
  async function* text(): AsyncGenerator<string> {
    // The mark lets spreadsheets read the rest as UTF-8.
    yield `\ufeff${['row', 'outcome', 'reason', ...header].map(inertCell).join(',')}\r\n`;
    for (let after = 0; ; ) {
      const { rows, next } = await importRows(db, {
        batchId,
        outcome: null,
        onlyWithReason: false,
        after,
        limit: reportRowsAtOnce,
      });
      yield rows
        .map(
          ({ rowNumber, outcome, reason, raw }) =>
            `${[String(rowNumber), outcome, reason ?? '', ...raw].map(inertCell).join(',')}\r\n`,
        )
        .join('');
      if (next === null) return;
      after = next;
    }
  }
  return done({ fileName: `import-${batch.kind}-${batchId.slice(0, 8)}.csv`, text: text() });
}
