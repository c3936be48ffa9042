/**
 * The one way from a file somebody sends to a picture we keep: known by what it holds, measured by its header, decoded to its last
 * pixel and written anew. Nothing of the file itself is kept: no place where it was taken, no comment, nothing behind its end.
 */
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import { keptSidePx, maxPicturePixels, previewSidePx } from '../../domain/picture.ts';
import { done, type RefusalData, type Result, refuse } from '../../domain/refusal.ts';
import { inTurn } from './turns.ts';

// Nothing of one picture stays in memory for the next, and one picture takes one core.
sharp.cache(false);
sharp.concurrency(1);

/** What may come in, by its content, and what the decoder must take it for. */
const formats: Readonly<Record<string, Metadata['format']>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
};

export const keptContentType = 'image/webp';

export interface KeptPicture {
  bytes: Uint8Array<ArrayBuffer>;
  preview: Uint8Array<ArrayBuffer>;
  widthPx: number;
  heightPx: number;
  sha256: Uint8Array<ArrayBuffer>;
}

const unreadable = (reason: RefusalData['unreadable_file']['reason']): Result<never> =>
  refuse('unreadable_file', { reason });

const plain = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

/** Null where the decoder can't make anything of it. */
async function headerOf(file: Uint8Array): Promise<Metadata | null> {
  // Without a bound of its own: how large a picture is too large is said below, in words.
  return sharp(file, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch(() => null);
}

/**
 * A file as the picture that is kept of it, with its preview. Refuses `unreadable_file`: `empty`, `no_picture` for whatever isn't one
 * whole still JPEG, PNG or WebP, `too_many_pixels` by its header; and `busy` where too many are being decoded already.
 */
export async function readPicture(file: Uint8Array): Promise<Result<KeptPicture>> {
  if (file.byteLength === 0) return unreadable('empty');
  const found = await fileTypeFromBuffer(file).catch(() => undefined);
  const format = formats[found?.mime ?? ''];
  if (format === undefined) return unreadable('no_picture');
  const turn = await inTurn(async () => {
    const header = await headerOf(file);
    if (header?.format !== format || (header.pages ?? 1) > 1) return unreadable('no_picture');
    if (header.width * header.height > maxPicturePixels) return unreadable('too_many_pixels');
    return decoded(file);
  });
  return turn?.value ?? refuse('busy');
}

async function decoded(file: Uint8Array): Promise<Result<KeptPicture>> {
  const side = (px: number) => ({ width: px, height: px, fit: 'inside' as const, withoutEnlargement: true });
  try {
    const { data, info } = await sharp(file, { limitInputPixels: maxPicturePixels, failOn: 'error' })
      .autoOrient()
      .resize(side(keptSidePx))
      // Lines on nothing would be lost on a dark page.
      .flatten({ background: '#ffffff' })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const preview = await sharp(data).resize(side(previewSidePx)).webp({ quality: 75 }).toBuffer();
    return done({
      bytes: plain(data),
      preview: plain(preview),
      widthPx: info.width,
      heightPx: info.height,
      sha256: plain(createHash('sha256').update(data).digest()),
    });
  } catch {
    // The library throws for whatever it can't decode to the end; that is the file's fault, not ours.
    return unreadable('no_picture');
  }
}
