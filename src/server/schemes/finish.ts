/** Finishing freezes a scheme: every record is checked, and what was drawn and given is kept for good. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { canonicalText } from '../../domain/scheme/canonical.ts';
import { type FoundFault, faultsOf, readRecords } from '../../domain/scheme/check.ts';
import { differenceOf, type SchemeDifference } from '../../domain/scheme/difference.ts';
import { isMark, type SchemeRecord } from '../../domain/scheme/marks.ts';
import { givenBy, hundredthsOf, totalsOf } from '../../domain/scheme/totals.ts';
import { constraintOf, type Db, type Prisma, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { type BesideMark, besideMarks, isSameBeside } from './beside.ts';
import { catalogueFor } from './catalogue.ts';
import { endConsultations } from './consultation-end.ts';
import { dropDocument } from './document-end.ts';
import { loadDocument, recordsOfDocument, stateOf } from './document.ts';
import { coloursOn, type DrawnOn, drawnOn, svgOn, withJpeg } from './drawn-on.ts';
import { localDay } from './local-day.ts';
import { accountOf } from './open.ts';
import { packBytes, pressText, unpressRecords } from './packing.ts';
import { pngOf } from './png.ts';
import { lockDraft, noScheme, readableScheme, type SchemeRow } from './read.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Finished {
  schemeId: string;
  number: number;
}

/** As it is kept. */
interface Rendered {
  hash: string;
  records: Bytes;
  svg: Bytes;
  png: Bytes;
}

/** What was committed when it was asked for; the document itself, for its state. */
async function readDrawn(db: Db | Tx, { id: schemeId, generation }: SchemeRow) {
  const doc = await loadDocument(db, { schemeId, generation });
  const candidates = recordsOfDocument(doc);
  const { records, bad } = readRecords(candidates);
  const text = canonicalText(records);
  const hash = createHash('sha256').update(text).digest('hex');
  return { doc, candidates, records, bad, text, hash };
}
type Drawn = Awaited<ReturnType<typeof readDrawn>>;

async function render(db: Db | Tx, scheme: SchemeRow, on: DrawnOn, drawn: Drawn): Promise<Rendered> {
  const { records, text, hash } = drawn;
  const svg = svgOn(on, records);
  const png = await pngOf(await withJpeg(db, svg, scheme.pictureId), coloursOn(on, records));
  return { hash, png, svg: await pressText(svg), records: await pressText(text) };
}

/** So often what was drawn meanwhile is drawn anew before the row is held; then, once, while it is. */
const rendersBefore = 3;
/** Many times what a hand draws in a day. More would be kept, and never be read again (`packing.ts`). */
const longestText = 16 * 1024 * 1024;
const removedMeanwhile = new Set(['scheme_dose_product_id_fkey', 'scheme_dose_lot_id_fkey']);

/**
 * Finishes a draft. Refuses with `not_found`, `forbidden`, `scheme_closed` (somebody else was first), `scheme_refused` and
 * `nothing_changed`. The picture is drawn before the row is held, and kept only if it is of exactly what is committed then.
 */
export async function finishScheme(deps: Deps, actor: Actor, schemeId: string): Promise<Result<Finished>> {
  const { db } = deps;
  for (let turn = 0; ; turn++) {
    const standing = await readableScheme(db, actor, schemeId);
    if (!standing) return noScheme();
    const { scheme, access } = standing;
    if (access !== 'draw') return refuse('forbidden');
    if (scheme.status === 'finished' || scheme.status === 'cancelled')
      return refuse('scheme_closed', { status: scheme.status });
    const on = await drawnOn(db, scheme);
    const drawn = await readDrawn(db, scheme);
    const rendered =
      drawn.bad.length === 0 && drawn.text.length <= longestText ? await render(db, scheme, on, drawn) : null;
    const isLast = turn === rendersBefore;
    const result = await transact<Result<Finished> | null>(db, (tx) =>
      keep(tx, deps, actor, { schemeId, on, rendered, isLast }),
    ).catch((error: unknown) => {
      // A product or lot that nothing was drawn with until now was removed since it was looked at: asked again, it is unknown.
      if (!isLast && removedMeanwhile.has(constraintOf(error) ?? '')) return null;
      throw error;
    });
    if (result === null) continue;
    deps.announcer.announce();
    return result;
  }
}

const asJson = ({ added, removed, changed }: SchemeDifference): Prisma.InputJsonObject => ({
  added,
  removed,
  changed: changed.map((each) => ({ ...each })),
});

interface Attempt {
  schemeId: string;
  on: DrawnOn;
  rendered: Rendered | null;
  /** Nothing is tried again: what isn't drawn yet is drawn here. */
  isLast: boolean;
}

/** Null: what is committed isn't what was drawn. */
async function keep(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { schemeId, on, rendered, isLast }: Attempt,
): Promise<Result<Finished> | null> {
  const now = deps.now();
  const locked = await lockDraft(tx, actor, schemeId);
  if (!locked.ok) return locked;
  const scheme = locked.value;
  const drawn = await readDrawn(tx, scheme);
  const { records, hash } = drawn;
  const givenOn = await dayOfGiving(tx, scheme, now);
  const { faults, beside } = await checkAll(tx, schemeId, drawn, givenOn);
  if (faults.length > 0) return refuse('scheme_refused', { faults });
  const before = await revisionBefore(tx, scheme);
  if (before && before.hash === hash && isSameBeside(before.beside, beside)) return refuse('nothing_changed');
  if (rendered?.hash !== hash && !isLast) return null;
  const picture = rendered?.hash === hash ? rendered : await render(tx, scheme, on, drawn);
  const number = scheme.revision + 1;
  const lots = new Map(beside.map(({ markId, lotId }) => [markId, lotId]));
  const lotOf = (markId: string) => lots.get(markId) ?? null;
  const marks = records.filter(isMark);
  await tx.schemeRevision.create({
    data: {
      schemeId,
      number,
      generation: scheme.generation,
      finishedBy: accountOf(actor),
      finishedAt: now,
      reason: scheme.correctionReason,
      hash: new Uint8Array(Buffer.from(hash, 'hex')),
      records: picture.records,
      state: packBytes(stateOf(drawn.doc)),
      difference: asJson(differenceOf(before?.records ?? [], records)),
      svg: picture.svg,
      png: picture.png,
    },
  });
  await tx.schemeBeside.create({
    data: {
      schemeId,
      number,
      marks: beside.map((mark) => ({ ...mark })),
      totals: totalsOf(marks, { lotOf, regionOf: on.regionOf }).map((line) => ({ ...line })),
    },
  });
  await tx.schemeDose.updateMany({ where: { schemeId, isNewest: true }, data: { isNewest: false } });
  await tx.schemeDose.createMany({
    data: marks.flatMap((mark) => {
      const given = givenBy(mark);
      if (given === null) return [];
      return {
        schemeId,
        number,
        markId: mark.id,
        clientId: scheme.clientId,
        productId: given.productId,
        lotId: lotOf(mark.id),
        region: on.regionOf(mark),
        doseHundredths: hundredthsOf(given.dose),
        unit: given.unit,
        givenOn: new Date(givenOn),
      };
    }),
  });
  await dropDocument(tx, { schemeId, generation: scheme.generation });
  await tx.scheme.update({
    where: { id: schemeId },
    data: {
      status: 'finished',
      revision: number,
      correctionReason: null,
      finishedBy: accountOf(actor),
      finishedAt: now,
      version: { increment: 1 },
    },
  });
  await endConsultations(tx, [schemeId], now);
  await noteChange(tx, { topic: 'client', entityId: scheme.clientId });
  return done({ schemeId, number });
}

/** A correction says more exactly what was given then: its day, and that day's lots, are those of the first finishing. */
async function dayOfGiving(tx: Db | Tx, scheme: SchemeRow, now: Date): Promise<string> {
  if (scheme.revision === 0) return localDay(tx, scheme.visitId, now);
  const first = await tx.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId: scheme.id, number: 1 } },
    select: { finishedAt: true },
  });
  return localDay(tx, scheme.visitId, first.finishedAt);
}

async function revisionBefore(
  tx: Tx,
  { id: schemeId, revision: number }: SchemeRow,
): Promise<{ hash: string; records: SchemeRecord[]; beside: BesideMark[] } | null> {
  if (number === 0) return null;
  const which = { where: { schemeId_number: { schemeId, number } } };
  const { hash, records } = await tx.schemeRevision.findUniqueOrThrow({
    ...which,
    select: { hash: true, records: true },
  });
  const { marks } = await tx.schemeBeside.findUniqueOrThrow(which);
  return {
    hash: Buffer.from(hash).toString('hex'),
    records: unpressRecords(records),
    beside: besideMarks.parse(marks),
  };
}

/** Every reason against finishing; and of what stands beside the document as much as is about marks that are there. */
async function checkAll(
  db: Db | Tx,
  schemeId: string,
  { candidates, records, text }: Pick<Drawn, 'candidates' | 'records' | 'text'>,
  day: string,
): Promise<{ faults: FoundFault[]; beside: BesideMark[] }> {
  if (text.length > longestText) return { faults: [{ markId: '', reason: 'too_many' }], beside: [] };
  const rows = await db.schemeMark.findMany({ where: { schemeId }, orderBy: { markId: 'asc' } });
  const there = rows.filter(({ markId }) => candidates.has(markId));
  const lots = new Map(there.flatMap(({ markId, lotId }) => (lotId === null ? [] : [[markId, lotId]])));
  const catalogue = await catalogueFor(db, records, [...lots.values()]);
  const faults = faultsOf(candidates, lots, catalogue, day);
  const beside = there.map(({ markId, lotId, note }): BesideMark => {
    const lot = lotId === null ? null : catalogue.lot(lotId);
    return { markId, lotId, lotNumber: lot?.number ?? null, expiresOn: lot?.expiresOn ?? null, note };
  });
  return { faults, beside };
}

/** What would be refused if it were finished now. Refuses with `not_found`. */
export async function readFaults(
  deps: Deps,
  actor: Actor,
  schemeId: string,
): Promise<Result<{ faults: FoundFault[] }>> {
  const standing = await readableScheme(deps.db, actor, schemeId);
  if (!standing) return noScheme();
  const { scheme } = standing;
  if (scheme.status !== 'draft') return done({ faults: [] });
  const drawn = await readDrawn(deps.db, scheme);
  const day = await dayOfGiving(deps.db, scheme, deps.now());
  const { faults } = await checkAll(deps.db, schemeId, drawn, day);
  return done({ faults });
}
