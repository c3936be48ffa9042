/** What a scheme is drawn on, as its kept picture and its regions need it. */
import type { Mark, SchemeRecord } from '../../domain/scheme/marks.ts';
import { coloursOf, type DrawnColours } from '../../domain/scheme/posterise.ts';
import { type Backdrop, svgOf } from '../../domain/scheme/svg.ts';
import { pageWidthUnits, templateKey } from '../../domain/scheme/template-key.ts';
import { regionOf, templateOf } from '../../domain/scheme/template.ts';
import type { Db, Tx } from '../db.ts';
import { heightOf } from './backdrop.ts';
import { jpegOf } from './png.ts';

export interface DrawnOn {
  heightUnits: number;
  backdrop: Backdrop;
  regionOf(mark: Mark): string | null;
}

/**
 * In a kept SVG a picture stands by its id alone, written so that the renderer takes it for an address; `withPicture` puts the bytes in its
 * place. Kept with every revision, a photograph would take their room many times over.
 */
const pictureMark = (pictureId: string): string =>
  `data:image/webp;base64,${Buffer.from(`picture ${pictureId}`).toString('base64')}`;

export async function drawnOn(
  db: Db | Tx,
  scheme: { templateKey: string | null; pictureId: string | null },
): Promise<DrawnOn> {
  if (scheme.pictureId === null) {
    const template = templateOf(templateKey.parse(scheme.templateKey));
    return {
      heightUnits: template.heightUnits,
      backdrop: { kind: 'template', paths: template.paths },
      regionOf: (mark) => regionOf(template, mark),
    };
  }
  const picture = await db.picture.findUniqueOrThrow({
    where: { id: scheme.pictureId },
    select: { widthPx: true, heightPx: true },
  });
  return {
    heightUnits: heightOf(picture),
    backdrop: { kind: 'picture', href: pictureMark(scheme.pictureId) },
    regionOf: (mark) => regionOf(null, mark),
  };
}

export const svgOn = ({ heightUnits, backdrop }: DrawnOn, records: readonly SchemeRecord[]): string =>
  svgOf({ records, widthUnits: pageWidthUnits, heightUnits, backdrop });

async function filled(
  db: Db | Tx,
  svg: string,
  pictureId: string | null,
  written: (bytes: Uint8Array, contentType: string) => Promise<string>,
): Promise<string> {
  if (pictureId === null) return svg;
  const { bytes, contentType } = await db.picture.findUniqueOrThrow({
    where: { id: pictureId },
    select: { bytes: true, contentType: true },
  });
  const address = await written(bytes, contentType);
  return svg.replace(pictureMark(pictureId), () => address);
}

const dataAddress = (bytes: Uint8Array, contentType: string): string =>
  `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;

/** The same with the picture itself in it: whole in one file. */
export const withPicture = (db: Db | Tx, svg: string, pictureId: string | null): Promise<string> =>
  filled(db, svg, pictureId, (bytes, contentType) => Promise.resolve(dataAddress(bytes, contentType)));

/** The same for drawing pixels from it: what does that reads no WebP. */
export const withJpeg = (db: Db | Tx, svg: string, pictureId: string | null): Promise<string> =>
  filled(db, svg, pictureId, async (bytes) => dataAddress(await jpegOf(bytes), 'image/jpeg'));

/** What is drawn on a template has few colours; a photograph keeps its own. */
export const coloursOn = ({ backdrop }: DrawnOn, records: readonly SchemeRecord[]): DrawnColours | null =>
  backdrop.kind === 'template' ? coloursOf(records) : null;
