/** A client's own schemes, once shared: the newest finished revision, without lots, notes and prices. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result } from '../../domain/refusal.ts';
import { isMark, type SchemeRecord } from '../../domain/scheme/marks.ts';
import { type TotalLine, totalsOf } from '../../domain/scheme/totals.ts';
import type { Db } from '../db.ts';
import { backdropOf, type SchemeBackdrop } from './backdrop.ts';
import { drawnOn } from './drawn-on.ts';
import { unpressRecords } from './packing.ts';
import { thumbnailAddress } from './queries.ts';
import { noScheme, type SchemeRow } from './read.ts';
import { pictureAddresses, type RevisionView } from './revisions.ts';

type ClientActor = Extract<Actor, { kind: 'client' }>;

export interface OwnScheme {
  schemeId: string;
  title: string;
  finishedAt: Date;
  /** Who treated them, where it was drawn in a visit. */
  specialistName: string | null;
  thumbnail: string | null;
  templateKey: string | null;
}

const shownSchemes = 100;

const isOwn = (actor: ClientActor) => ({
  clientId: actor.clientId ?? '',
  isShared: true,
  revision: { gt: 0 },
  status: { not: 'cancelled' },
});

const specialistOf = async (db: Db, { visitId }: SchemeRow): Promise<string | null> => {
  if (visitId === null) return null;
  const visit = await db.visit.findUnique({
    where: { id: visitId },
    select: { specialist: { select: { resource: { select: { name: true } } } } },
  });
  return visit?.specialist.resource.name ?? null;
};

/** The day it was first finished is the day of the treatment; a correction doesn't move it. */
async function ownScheme(db: Db, row: SchemeRow): Promise<OwnScheme> {
  const first = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId: row.id, number: 1 } },
    select: { finishedAt: true },
  });
  return {
    schemeId: row.id,
    title: row.title,
    finishedAt: first.finishedAt,
    specialistName: await specialistOf(db, row),
    thumbnail: thumbnailAddress(row.id, row.revision),
    templateKey: row.templateKey,
  };
}

/** Latest first. */
export async function listOwnSchemes(db: Db, actor: ClientActor): Promise<{ schemes: OwnScheme[] }> {
  if (actor.clientId === null) return { schemes: [] };
  const rows = await db.scheme.findMany({
    where: isOwn(actor),
    orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
    take: shownSchemes,
  });
  const schemes: OwnScheme[] = [];
  for (const row of rows) schemes.push(await ownScheme(db, row));
  return { schemes };
}

export interface OwnSchemeView extends OwnScheme {
  backdrop: SchemeBackdrop;
  records: SchemeRecord[];
  /** By product and region, without lots. */
  totals: TotalLine[];
  pictures: RevisionView['pictures'];
}

export const findOwnScheme = (db: Db, actor: ClientActor, schemeId: string): Promise<SchemeRow | null> =>
  actor.clientId === null
    ? Promise.resolve(null)
    : db.scheme.findFirst({ where: { id: schemeId, ...isOwn(actor) } });

/** Refuses with `not_found`. */
export async function readOwnScheme(
  db: Db,
  actor: ClientActor,
  schemeId: string,
): Promise<Result<OwnSchemeView>> {
  const row = await findOwnScheme(db, actor, schemeId);
  if (!row) return noScheme();
  const { records: packed } = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number: row.revision } },
    select: { records: true },
  });
  const records = unpressRecords(packed);
  const { regionOf } = await drawnOn(db, row);
  return done({
    ...(await ownScheme(db, row)),
    backdrop: await backdropOf(db, row),
    records,
    totals: totalsOf(records.filter(isMark), { lotOf: () => null, regionOf }),
    pictures: pictureAddresses(schemeId, row.revision),
  });
}
