/** Pictures as pages list them, and one of them as its bytes. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { localDateOf } from '../../domain/schedule.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import { noteReading } from '../clients/reads.ts';
import type { Db, Prisma } from '../db.ts';
import { cardStanding, type PhotographAccess, photographAccess } from './standing.ts';

export interface PictureRow {
  id: string;
  version: number;
  title: string;
  widthPx: number;
  heightPx: number;
  /** The local day it was taken on, YYYY-MM-DD. */
  takenOn: string | null;
  createdAt: Date;
  isActive: boolean;
}

const listed = {
  id: true,
  version: true,
  title: true,
  widthPx: true,
  heightPx: true,
  takenOn: true,
  createdAt: true,
  isActive: true,
} as const;
type Listed = Prisma.PictureGetPayload<{ select: typeof listed }>;
const rowOf = ({ takenOn, ...row }: Listed): PictureRow => ({
  ...row,
  takenOn: takenOn?.toISOString().slice(0, 10) ?? null,
});

/** The clinic's own templates, those in use first. */
export async function listTemplates(db: Db): Promise<PictureRow[]> {
  const rows = await db.picture.findMany({
    where: { kind: 'template' },
    orderBy: [{ isActive: 'desc' }, { title: 'asc' }, { createdAt: 'asc' }],
    select: listed,
  });
  return rows.map(rowOf);
}

/** So many of a client's photographs are shown, the newest first. */
const shownPhotographs = 300;

export interface Photographs {
  access: PhotographAccess;
  /** The clinic's local day: nothing was taken after it. */
  today: string;
  photographs: PictureRow[];
}

/** A client's photographs, the newest first; without access there are none. Null where the card isn't within sight. */
export async function listPhotographs(
  db: Db,
  actor: Actor,
  { clientId, now }: { clientId: string; now: Date },
): Promise<Photographs | null> {
  const standing = await cardStanding(db, actor, clientId);
  if (standing === null) return null;
  const access = photographAccess(actor, standing);
  const { timeZone } = await readClinicIdentity(db);
  const today = localDateOf(now.getTime(), timeZone);
  if (access === 'none') return { access, today, photographs: [] };
  const rows = await db.picture.findMany({
    where: { kind: 'photograph', clientId: standing.clientId },
    orderBy: [{ takenOn: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }],
    take: shownPhotographs,
    select: listed,
  });
  await noteReading(db, standing.clientId);
  return { access, today, photographs: rows.map(rowOf) };
}

/** Whether this actor may look at it: staff at templates, and photographs by the client's schemes; a client at what theirs are drawn on. */
async function mayLook(
  db: Db,
  actor: Actor,
  picture: { id: string; clientId: string | null },
): Promise<boolean> {
  if (can(actor, 'scheme.view_own')) {
    const clientId = actor.kind === 'client' ? actor.clientId : null;
    if (clientId === null) return false;
    const shared = { pictureId: picture.id, clientId, isShared: true, revision: { gt: 0 } };
    return (await db.scheme.count({ where: shared })) > 0;
  }
  if (picture.clientId === null) return can(actor, 'scheme.list');
  const standing = await cardStanding(db, actor, picture.clientId);
  if (standing === null || !can(actor, 'scheme.read', standing.subject)) return false;
  return true;
}

/** One picture or its preview; null where there is none, or none within the actor's sight. `knownSha256` spares bytes that are known. */
export async function readPictureBytes(
  db: Db,
  actor: Actor,
  ask: { pictureId: string; isPreview: boolean; isKnown: (sha256: string) => boolean },
): Promise<{ sha256: string; bytes: Uint8Array<ArrayBuffer> | null } | null> {
  const picture = await db.picture.findUnique({
    where: { id: ask.pictureId },
    select: { id: true, clientId: true, sha256: true },
  });
  if (!picture || !(await mayLook(db, actor, picture))) return null;
  if (!ask.isPreview && actor.kind === 'staff' && picture.clientId !== null)
    await noteReading(db, picture.clientId);
  const sha256 = Buffer.from(picture.sha256).toString('hex');
  if (ask.isKnown(sha256)) return { sha256, bytes: null };
  const row = await db.picture.findUnique({
    where: { id: picture.id },
    select: { bytes: !ask.isPreview, preview: ask.isPreview },
  });
  const bytes = ask.isPreview ? row?.preview : row?.bytes;
  return bytes ? { sha256, bytes } : null;
}
