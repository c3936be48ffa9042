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

const keptWidthPx = 1_000;

const opened = (svg: string, width: number) => {
  ensureFonts();
  return sharp(Buffer.from(svg), { limitInputPixels, unlimited: true }).resize({ width });
};

type Pixels = { data: Uint8Array; raw: { width: number; height: number; channels: 3 } };

async function pixelsOf(svg: string): Promise<Pixels> {
  const { data, info } = await opened(svg, keptWidthPx)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error('pixels that are not red, green and blue');
  return { data, raw: { width: info.width, height: info.height, channels: 3 } };
}

/** A photograph with many colours where it is still worth looking at, else with few; each from so wide down to so wide. */
const palettes = [
  { colours: 64, from: keptWidthPx, downTo: 500, dither: 0.4 },
  { colours: 16, from: 700, downTo: 16, dither: 0 },
] as const;

/**
 * A palette PNG of at most `largestPngBytes`. `drawnWith`: the only colours there are; null: a photograph lies beneath. What is too large
 * is made as much narrower as should do, until it does.
 */
export async function pngOf(svg: string, drawnWith: DrawnColours | null): Promise<Bytes> {
  const { data, raw } = await pixelsOf(svg);
  const pixels = drawnWith === null ? data : posterised(data, drawnWith);
  for (const { colours, from, downTo, dither } of palettes)
    for (let width: number = from; width >= downTo; ) {
      const bytes = await sharp(pixels, { raw })
        .resize({ width })
        .png({
          palette: true,
          colours,
          compressionLevel: 9,
          effort: 4,
          dither: drawnWith === null ? dither : 0,
        })
        .toBuffer();
      if (bytes.length <= largestPngBytes) return new Uint8Array(bytes);
      width = Math.floor(width * Math.min(0.9, 0.96 * Math.sqrt(largestPngBytes / bytes.length)));
    }
  throw new Error('a picture that is too large at any size');
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

/** A picture of ours in another form, as sharp as paper needs it. */
export async function jpegOf(picture: Uint8Array): Promise<Bytes> {
  const bytes = await sharp(picture, { limitInputPixels })
    .resize({ width: printWidthPx, withoutEnlargement: true })
    .jpeg({ quality: 90 })
    .toBuffer();
  return new Uint8Array(bytes);
}
