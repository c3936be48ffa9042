/** Pictures that are drawn on or kept beside drawings: the clinic's own templates, and photographs of clients. */
import { z } from 'zod';
import { id, optionalText, rowVersion } from './field.ts';
import { localDate } from './hours.ts';
import type { Refusal } from './refusal.ts';

export const pictureKinds = ['template', 'photograph'] as const;
export type PictureKind = (typeof pictureKinds)[number];

export const maxPictureBytes = 20 * 1024 * 1024;
/** By its header, before a single pixel is decoded. */
export const maxPicturePixels = 50_000_000;
/** What is kept is no larger than this on its longer side. */
export const keptSidePx = 2_400;
export const previewSidePx = 320;
export const maxTitleLength = 120;

const title = optionalText(maxTitleLength).transform((text) => text ?? '');

/** What the address of an upload says; the body is the file. */
export const uploadQuery = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('template'), title: title.default('') }),
  z.object({
    kind: z.literal('photograph'),
    clientId: id,
    title: title.default(''),
    takenOn: localDate.nullable().default(null),
  }),
]);
export type UploadQuery = z.infer<typeof uploadQuery>;

const coded = z.object({ code: z.string() });
/** What the door for pictures answers. One schema for the door and the page. */
export const pictureAnswer = z.union([
  z.object({ pictureId: z.string() }),
  z.object({ refusal: z.custom<Refusal>((value) => coded.safeParse(value).success) }),
]);
export type PictureAnswer = z.infer<typeof pictureAnswer>;

const pictureFields = z.object({ title, takenOn: localDate.nullable() });
export type PictureFields = z.infer<typeof pictureFields>;

export const renamePictureInput = z.object({ pictureId: id, version: rowVersion, picture: pictureFields });
export const retirePictureInput = z.object({ pictureId: id, version: rowVersion, isActive: z.boolean() });
export const photographsInput = z.object({ clientId: id });
