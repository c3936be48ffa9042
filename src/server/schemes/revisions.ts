/** Finished revisions as staff read them: one by one, with what each changed, and two side by side. */
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { recordFields, type SchemeDifference } from '../../domain/scheme/difference.ts';
import type { SchemeRecord } from '../../domain/scheme/marks.ts';
import type { TotalLine } from '../../domain/scheme/totals.ts';
import { noteReading } from '../clients/reads.ts';
import type { Db } from '../db.ts';
import { staffNames } from '../people/names.ts';
import { backdropOf, type SchemeBackdrop } from './backdrop.ts';
import { type BesideMark, besideMarks, besideTotals } from './beside.ts';
import { unpressRecords } from './packing.ts';
import { statusOf, type SchemeStatus } from './queries.ts';
import { noScheme, readableScheme } from './read.ts';

const difference = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.object({ id: z.string(), fields: z.array(z.enum(recordFields)) })),
});

export interface RevisionListed {
  number: number;
  finishedAt: Date;
  finishedBy: string | null;
  reason: string | null;
}

export interface RevisionView {
  schemeId: string;
  clientId: string;
  title: string;
  status: SchemeStatus;
  isShared: boolean;
  canDraw: boolean;
  visitId: string | null;
  number: number;
  finishedAt: Date;
  finishedBy: string | null;
  reason: string | null;
  /** SHA-256 of the records' canonical text, as hex. */
  hash: string;
  backdrop: SchemeBackdrop;
  records: SchemeRecord[];
  /** Lots, their numbers as they were, and notes, by mark. */
  marks: BesideMark[];
  totals: TotalLine[];
  /** Since the revision before; null for the first. */
  difference: SchemeDifference | null;
  /** The revision before, to lay what was changed over it; null for the first. */
  before: { records: SchemeRecord[]; marks: BesideMark[]; totals: TotalLine[] } | null;
  /** All of this scheme, newest first. */
  revisions: RevisionListed[];
  pictures: { png: string; svg: string; pdf: string; thumbnail: string };
}

export const pictureAddresses = (schemeId: string, number: number): RevisionView['pictures'] => ({
  png: `/api/drawings/${schemeId}/${number}/picture.png`,
  svg: `/api/drawings/${schemeId}/${number}/picture.svg`,
  thumbnail: `/api/drawings/${schemeId}/${number}/thumbnail.png`,
  pdf: `/api/drawings/${schemeId}/${number}/pdf`,
});

/** Lots, notes and totals beside a revision. Staff alone may ask. */
export async function readBeside(
  db: Db,
  schemeId: string,
  number: number,
): Promise<{ marks: BesideMark[]; totals: TotalLine[] }> {
  const row = await db.schemeBeside.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number } },
  });
  return { marks: besideMarks.parse(row.marks), totals: besideTotals.parse(row.totals) };
}

/** The newest where no number is given. Refuses with `not_found` (scheme or revision) and `scheme_not_finished`. */
export async function readRevision(
  db: Db,
  actor: Actor,
  input: { schemeId: string; number: number | null },
): Promise<Result<RevisionView>> {
  const standing = await readableScheme(db, actor, input.schemeId);
  if (!standing) return noScheme();
  const { scheme, access } = standing;
  const { id: schemeId } = scheme;
  if (scheme.revision === 0) return refuse('scheme_not_finished');
  const number = input.number ?? scheme.revision;
  if (number > scheme.revision) return refuse('not_found', { noun: 'revision' });
  await noteReading(db, scheme.clientId);
  const listed = await db.schemeRevision.findMany({
    where: { schemeId },
    orderBy: { number: 'desc' },
    select: { number: true, finishedAt: true, finishedBy: true, reason: true },
  });
  const row = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number } },
    select: { hash: true, records: true, difference: true, finishedAt: true, finishedBy: true, reason: true },
  });
  const names = await staffNames(
    db,
    listed.map(({ finishedBy }) => finishedBy),
  );
  return done({
    schemeId,
    clientId: scheme.clientId,
    title: scheme.title,
    status: statusOf(scheme.status),
    isShared: scheme.isShared,
    canDraw: access === 'draw',
    visitId: scheme.visitId,
    number,
    finishedAt: row.finishedAt,
    finishedBy: names.get(row.finishedBy) ?? null,
    reason: row.reason,
    hash: Buffer.from(row.hash).toString('hex'),
    backdrop: await backdropOf(db, scheme),
    records: unpressRecords(row.records),
    ...(await readBeside(db, schemeId, number)),
    difference: number === 1 ? null : difference.parse(row.difference),
    before: number === 1 ? null : await readBefore(db, schemeId, number - 1),
    revisions: listed.map((each) => ({ ...each, finishedBy: names.get(each.finishedBy) ?? null })),
    pictures: pictureAddresses(schemeId, number),
  });
}

async function readBefore(db: Db, schemeId: string, number: number): Promise<RevisionView['before']> {
  const { records } = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number } },
    select: { records: true },
  });
  return { records: unpressRecords(records), ...(await readBeside(db, schemeId, number)) };
}
