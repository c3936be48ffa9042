/** Picture files as browsers send them, good and bad, made in memory. */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const plain = (widthPx: number, heightPx: number, background: string) => ({
  create: { width: widthPx, height: heightPx, channels: 3 as const, background },
});

/** A brown picture of this size whose upper left quarter is white, so that its turning can be seen. */
export const drawn = (widthPx: number, heightPx: number): Sharp =>
  sharp(plain(widthPx, heightPx, '#a0522d')).composite([
    {
      input: plain(Math.ceil(widthPx / 2), Math.ceil(heightPx / 2), '#ffffff'),
      left: 0,
      top: 0,
    },
  ]);

/** As a phone writes it: turned a quarter, with the place where it was taken. */
export const fromPhone = (widthPx: number, heightPx: number): Promise<Buffer> =>
  drawn(widthPx, heightPx)
    .jpeg()
    .withExif({
      IFD0: { Make: 'Kanari', Copyright: 'secret-owner' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG that says it is this large; its rows are all zeros, and as many as `rows`. */
export function claimingPng(widthPx: number, heightPx: number, rows = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 0, 0, 0, 0], 8); // one grey byte a pixel
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((widthPx + 1) * rows), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A JPEG with a page of HTML in a comment and another one behind its end. */
export async function polyglot(): Promise<Buffer> {
  const jpeg = await drawn(64, 48).jpeg().toBuffer();
  const html = Buffer.from('<html><script>alert("kanari")</script></html>');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(html.byteLength + 2);
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xfe]),
    length,
    html,
    jpeg.subarray(2),
    html,
  ]);
}

export const svg = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
);

const frames = [0, 1, 2].map((n) => Buffer.alloc(8 * 8 * 3, n * 90));
/** Three frames, one after another. */
export const moving = (format: 'gif' | 'webp'): Promise<Buffer> => {
  const strip = sharp(Buffer.concat(frames), { raw: { width: 8, height: 24, channels: 3, pageHeight: 8 } });
  return (format === 'gif' ? strip.gif() : strip.webp({ lossless: true })).toBuffer();
};
