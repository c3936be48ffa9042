/** A finished revision's files, for whoever may have them: staff who read the scheme, and the client theirs once it is shared. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { noteReading } from '../clients/reads.ts';
import type { Db } from '../db.ts';
import { withPicture } from './drawn-on.ts';
import { unpressText } from './packing.ts';
import { thumbnailOf } from './png.ts';
import { findOwnScheme } from './portal.ts';
import { readableScheme, type SchemeRow } from './read.ts';

type Bytes = Uint8Array<ArrayBuffer>;
export const pictureForms = ['picture.png', 'picture.svg', 'thumbnail.png'] as const;
export type PictureForm = (typeof pictureForms)[number];

/** Null: there is none, or not for them. Of their own a client has the newest revision alone. */
export async function findRevision(
  db: Db,
  actor: Actor,
  schemeId: string,
  number: number,
): Promise<SchemeRow | null> {
  if (actor.kind === 'client') {
    if (!can(actor, 'scheme.view_own')) return null;
    const own = await findOwnScheme(db, actor, schemeId);
    return own?.revision === number ? own : null;
  }
  const standing = await readableScheme(db, actor, schemeId);
  if (!standing || number < 1 || number > standing.scheme.revision) return null;
  return standing.scheme;
}

export interface PictureFile {
  contentType: string;
  bytes: Bytes;
}

export async function readPictureFile(
  db: Db,
  actor: Actor,
  { schemeId, number, form }: { schemeId: string; number: number; form: PictureForm },
): Promise<PictureFile | null> {
  const scheme = await findRevision(db, actor, schemeId, number);
  if (!scheme) return null;
  // A list of thumbnails was noted as it was read.
  if (actor.kind === 'staff' && form !== 'thumbnail.png') await noteReading(db, scheme.clientId);
  const at = { where: { schemeId_number: { schemeId, number } } };
  if (form === 'picture.svg') {
    const { svg } = await db.schemeRevision.findUniqueOrThrow({ ...at, select: { svg: true } });
    const whole = await withPicture(db, unpressText(svg), scheme.pictureId);
    return { contentType: 'image/svg+xml; charset=utf-8', bytes: new TextEncoder().encode(whole) };
  }
  const { png } = await db.schemeRevision.findUniqueOrThrow({ ...at, select: { png: true } });
  return { contentType: 'image/png', bytes: form === 'thumbnail.png' ? await thumbnailOf(png) : png };
}
