/** Pictures of a scheme as pixels, drawn from its SVG. */
import sharp from 'sharp';
import { type DrawnColours, posterised } from '../../domain/scheme/posterise.ts';
import { ensureFonts } from './fonts.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A finished scheme's picture takes no more than this. */
export const largestPngBytes = 60_000;
const thumbnailWidthPx = 320;
const printWidthPx = 1_800;
/** Nothing larger is unpacked: a page is 1,000 units wide and a few times as high at most. */
const limitInputPixels = 40_000_000;

/** From the best that may fit to what always does: a photograph beneath costs more than lines. */
const attempts = [
  { width: 1_000, colours: 64 },
  { width: 800, colours: 64 },
  { width: 640, colours: 48 },
  { width: 480, colours: 32 },
  { width: 360, colours: 16 },
  { width: 240, colours: 8 },
  { width: 120, colours: 4 },
] as const;

const opened = (svg: string, width: number) => {
  ensureFonts();
  return sharp(Buffer.from(svg), { limitInputPixels, unlimited: true }).resize({ width });
};

/** A palette PNG of at most `largestPngBytes`. `drawnWith`: the only colours there are; null: a photograph lies beneath. */
export async function pngOf(svg: string, drawnWith: DrawnColours | null): Promise<Bytes> {
  for (const { width, colours } of attempts) {
    const bytes = await (drawnWith === null
      ? opened(svg, width)
          .png({ palette: true, colours, compressionLevel: 9, effort: 7, dither: 0.5 })
          .toBuffer()
      : fewColours(svg, width, drawnWith));
    if (bytes.length <= largestPngBytes) return new Uint8Array(bytes);
  }
  throw new Error('a picture that is too large at any size');
}

async function fewColours(svg: string, width: number, colours: DrawnColours): Promise<Buffer> {
  const { data, info } = await opened(svg, width)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error('pixels that are not red, green and blue');
  const { width: wide, height } = info;
  return sharp(posterised(data, colours), { raw: { width: wide, height, channels: 3 } })
    .png({ palette: true, compressionLevel: 9, effort: 7, dither: 0 })
    .toBuffer();
}

/** For paper: larger than the kept one, and with all its colours. */
export async function printPngOf(svg: string): Promise<Bytes> {
  ensureFonts();
  const bytes = await sharp(Buffer.from(svg), { limitInputPixels, unlimited: true, density: 130 })
    .resize({ width: printWidthPx })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return new Uint8Array(bytes);
}

/** For lists. */
export async function thumbnailOf(png: Uint8Array): Promise<Bytes> {
  const bytes = await sharp(png, { limitInputPixels })
    .resize({ width: thumbnailWidthPx, withoutEnlargement: true })
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
  return new Uint8Array(bytes);
}
