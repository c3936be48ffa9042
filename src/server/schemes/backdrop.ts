/** What a scheme is drawn on, as pages are told it. */
import { pageWidthUnits, templateKey, type TemplateKey } from '../../domain/scheme/template-key.ts';
import type { Db, Tx } from '../db.ts';

export type SchemeBackdrop =
  | { kind: 'template'; templateKey: TemplateKey }
  | { kind: 'picture'; pictureId: string; title: string; address: string; heightUnits: number };

interface DrawnOn {
  templateKey: string | null;
  pictureId: string | null;
}

export const pictureAddress = (pictureId: string): string => `/api/pictures/${pictureId}`;

/** A picture is as wide as a template on the page, and as high as it is in proportion. */
export const heightOf = ({ widthPx, heightPx }: { widthPx: number; heightPx: number }): number =>
  Math.round((pageWidthUnits * heightPx * 100) / widthPx) / 100;

export async function backdropOf(db: Db | Tx, scheme: DrawnOn): Promise<SchemeBackdrop> {
  if (scheme.pictureId === null)
    return { kind: 'template', templateKey: templateKey.parse(scheme.templateKey) };
  const picture = await db.picture.findUniqueOrThrow({
    where: { id: scheme.pictureId },
    select: { id: true, title: true, widthPx: true, heightPx: true },
  });
  return {
    kind: 'picture',
    pictureId: picture.id,
    title: picture.title,
    address: pictureAddress(picture.id),
    heightUnits: heightOf(picture),
  };
}
