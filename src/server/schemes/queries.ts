/** A client's schemes, and one of them as the editor opens it. That they were read is noted like the opening of a card. */
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { doseUnits, type DoseUnit, type SchemeRecord } from '../../domain/scheme/marks.ts';
import type { Db, Tx } from '../db.ts';
import { noteReading } from '../clients/reads.ts';
import { clientNames } from '../clients/names.ts';
import { findCard } from '../clients/scope.ts';
import { staffNames } from '../people/names.ts';
import { backdropOf, pictureAddress, type SchemeBackdrop } from './backdrop.ts';
import { localDay } from './local-day.ts';
import { unpressRecords } from './packing.ts';
import { accessTo, noScheme, readableScheme } from './read.ts';

export type SchemeStatus = 'draft' | 'finished' | 'cancelled';
export const statusOf = (status: string): SchemeStatus =>
  status === 'finished' || status === 'cancelled' ? status : 'draft';

/** Where a finished revision's picture is; null before the first. */
export const thumbnailAddress = (schemeId: string, revision: number): string | null =>
  revision === 0 ? null : `/api/drawings/${schemeId}/${revision}/thumbnail.png`;

export interface SchemeListed {
  schemeId: string;
  title: string;
  status: SchemeStatus;
  templateKey: string | null;
  pictureId: string | null;
  /** Of the newest finished revision; of a photograph that has none its preview; null for a template. */
  thumbnail: string | null;
  /** How often it was finished; above none and a draft: it is being corrected. */
  revision: number;
  isShared: boolean;
  visitId: string | null;
  openedAt: Date;
  openedBy: string | null;
  finishedAt: Date | null;
  finishedBy: string | null;
}

const shownSchemes = 200;

/** Newest first, without cancelled ones. Refuses with `not_found` where the card, and with `forbidden` where its schemes aren't seen. */
export async function listSchemes(
  db: Db,
  actor: Actor,
  clientId: string,
): Promise<Result<{ schemes: SchemeListed[]; canDraw: boolean }>> {
  const id = await findCard(db, clientScope(actor), clientId);
  const access = id === null ? null : await accessTo(db, actor, id);
  if (id === null || access === null) return refuse('not_found', { noun: 'client' });
  if (access === 'none') return refuse('forbidden');
  await noteReading(db, id);
  const rows = await db.scheme.findMany({
    where: { clientId: id, status: { not: 'cancelled' } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: shownSchemes,
  });
  const names = await staffNames(
    db,
    rows.flatMap(({ openedBy, finishedBy }) => [openedBy, ...(finishedBy ? [finishedBy] : [])]),
  );
  const schemes = rows.map(
    (row): SchemeListed => ({
      schemeId: row.id,
      title: row.title,
      status: statusOf(row.status),
      templateKey: row.templateKey,
      pictureId: row.pictureId,
      thumbnail:
        thumbnailAddress(row.id, row.revision) ??
        (row.pictureId === null ? null : `${pictureAddress(row.pictureId)}?preview=1`),
      revision: row.revision,
      isShared: row.isShared,
      visitId: row.visitId,
      openedAt: row.openedAt,
      openedBy: names.get(row.openedBy) ?? null,
      finishedAt: row.finishedAt,
      finishedBy: names.get(row.finishedBy ?? '') ?? null,
    }),
  );
  return done({ schemes, canDraw: access === 'draw' });
}

export interface LotChoice {
  lotId: string;
  number: string;
  /** The last local day on which it may be used. */
  expiresOn: string;
  isExpired: boolean;
}

export interface ProductChoice {
  productId: string;
  name: string;
  unit: DoseUnit;
  hue: number;
  /** Those that may be used first, the soonest to expire before the others. */
  lots: LotChoice[];
}

/** What is drawn with: active products that have a unit. */
export async function productChoices(db: Db, today: string): Promise<ProductChoice[]> {
  const rows = await db.product.findMany({
    where: { isActive: true, doseUnit: { in: [...doseUnits] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: { lots: { where: { isActive: true }, orderBy: [{ expiresOn: 'asc' }, { number: 'asc' }] } },
  });
  return rows.map((row) => {
    const lots = row.lots.map((lot): LotChoice => {
      const expiresOn = lot.expiresOn.toISOString().slice(0, 10);
      return { lotId: lot.id, number: lot.number, expiresOn, isExpired: expiresOn < today };
    });
    return {
      productId: row.id,
      name: row.name,
      unit: row.doseUnit === 'ml' ? 'ml' : 'U',
      hue: row.hue,
      lots: [...lots.filter(({ isExpired }) => !isExpired), ...lots.filter(({ isExpired }) => isExpired)],
    };
  });
}

export interface UnderLayer {
  schemeId: string;
  title: string;
  number: number;
  finishedAt: Date;
  backdrop: SchemeBackdrop;
  records: SchemeRecord[];
}

async function underLayer(db: Db, underSchemeId: string | null): Promise<UnderLayer | null> {
  if (underSchemeId === null) return null;
  const scheme = await db.scheme.findUnique({ where: { id: underSchemeId } });
  if (!scheme || scheme.revision === 0) return null;
  const revision = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId: scheme.id, number: scheme.revision } },
    select: { number: true, finishedAt: true, records: true },
  });
  return {
    schemeId: scheme.id,
    title: scheme.title,
    number: revision.number,
    finishedAt: revision.finishedAt,
    backdrop: await backdropOf(db, scheme),
    records: unpressRecords(revision.records),
  };
}

export interface MarkBeside {
  markId: string;
  lotId: string | null;
  /** Also of a lot that is no longer offered. */
  lotNumber: string | null;
  note: string;
}

export async function marksBeside(db: Db | Tx, schemeId: string): Promise<MarkBeside[]> {
  const rows = await db.schemeMark.findMany({ where: { schemeId }, orderBy: { markId: 'asc' } });
  const lots = await db.lot.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ lotId }) => lotId ?? []))] } },
    select: { id: true, number: true },
  });
  const numbers = new Map(lots.map(({ id, number }) => [id, number]));
  return rows.map(({ markId, lotId, note }) => ({
    markId,
    lotId,
    lotNumber: numbers.get(lotId ?? '') ?? null,
    note,
  }));
}

export interface SchemeForEditor {
  schemeId: string;
  clientId: string;
  clientName: string;
  title: string;
  status: SchemeStatus;
  generation: number;
  revision: number;
  isShared: boolean;
  correctionReason: string | null;
  canDraw: boolean;
  backdrop: SchemeBackdrop;
  visit: { visitId: string; status: string; serviceDate: string } | null;
  openedAt: Date;
  openedBy: string | null;
  /** The clinic's local day: which lots may be used is asked of it, never of a device. */
  today: string;
  products: ProductChoice[];
  /** What stands beside the document, by mark. */
  marks: MarkBeside[];
  under: UnderLayer | null;
}

/** Everything about a scheme but its document. Refuses with `not_found`. */
export async function readScheme(
  db: Db,
  actor: Actor,
  schemeId: string,
  now: Date,
): Promise<Result<SchemeForEditor>> {
  const standing = await readableScheme(db, actor, schemeId);
  if (!standing) return noScheme();
  const { scheme, access } = standing;
  await noteReading(db, scheme.clientId);
  const today = await localDay(db, scheme.visitId, now);
  const [names, openers, visit, backdrop, products, marks, under] = await Promise.all([
    clientNames(db, clientScope(actor), [scheme.clientId]),
    staffNames(db, [scheme.openedBy]),
    scheme.visitId === null ? null : db.visit.findUnique({ where: { id: scheme.visitId } }),
    backdropOf(db, scheme),
    productChoices(db, today),
    marksBeside(db, schemeId),
    underLayer(db, scheme.underSchemeId),
  ]);
  return done({
    schemeId,
    clientId: scheme.clientId,
    clientName: names.get(scheme.clientId) ?? '',
    title: scheme.title,
    status: statusOf(scheme.status),
    generation: scheme.generation,
    revision: scheme.revision,
    isShared: scheme.isShared,
    correctionReason: scheme.correctionReason,
    canDraw: access === 'draw',
    backdrop,
    visit: visit && {
      visitId: visit.id,
      status: visit.status,
      serviceDate: visit.serviceDate.toISOString().slice(0, 10),
    },
    openedAt: scheme.openedAt,
    openedBy: openers.get(scheme.openedBy) ?? null,
    today,
    products,
    marks,
    under,
  });
}
