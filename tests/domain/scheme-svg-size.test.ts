import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { coloursOf, posterised } from '../../src/domain/scheme/posterise.ts';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { hueHex } from '../../src/domain/scheme/palette.ts';
import { smoothPath, thinned } from '../../src/domain/scheme/svg/stroke-path.ts';
import { svgOf } from '../../src/domain/scheme/svg.ts';
import { handStrokes, injection } from '../support/scheme-records.ts';

const pictureOf = (records: readonly SchemeRecord[]): string =>
  svgOf({ records, widthUnits: 1000, heightUnits: 1200, backdrop: { kind: 'template', paths: [] } });

describe('size', () => {
  it('200 strokes of a hand take at most 60 kB, as SVG deflated and as PNG a thousand pixels wide', async () => {
    const records = [...handStrokes(200), injection('lone', { x: 60, y: 60 }, { hue: 8 })];
    const svg = pictureOf(records);
    expect(deflateRawSync(svg, { level: 9 }).length).toBeLessThan(60_000);

    const { data, info } = await sharp(Buffer.from(svg))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const colours = coloursOf(records);
    const png = await sharp(posterised(data, colours), {
      raw: { width: info.width, height: info.height, channels: 3 },
    })
      .png({
        palette: true,
        colours: colours.lines.length + colours.grounds.length,
        dither: 0,
        compressionLevel: 9,
        effort: 10,
      })
      .toBuffer();
    expect(info.width).toBe(1000);
    expect(png.length).toBeLessThan(60_000);
    // The one mark among so many strokes keeps its hue.
    const kept = await sharp(png).removeAlpha().raw().toBuffer();
    const at = (60 * 1000 + 60) * 3;
    expect(`#${kept.subarray(at, at + 3).toString('hex')}`).toBe(hueHex[7]);
  });

  it('a thinned line stays within 0.3 units of every point, its ends untouched', () => {
    for (const stroke of handStrokes(20)) {
      const points = stroke.props.segments.flatMap((segment) => segment.points);
      const kept = thinned(points);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      expect(kept.length).toBeLessThan(points.length);
      for (const point of points) expect(distanceTo(kept, point)).toBeLessThanOrEqual(0.3 + 1e-9);
    }
  });

  it('a tangled line of many points is thinned in a reasonable number of steps', () => {
    const tangled = Array.from({ length: 200_000 }, (_, n) => ({ x: n % 2 === 0 ? 0 : 900, y: n }));
    expect(thinned(tangled)).toHaveLength(200_000);
  });

  it('a curve of many small steps comes back to where it began: roundings don’t add up', () => {
    const ring = Array.from({ length: 400 }, (_, n) => ({
      x: 80 * Math.cos((n / 400) * 2 * Math.PI),
      y: 80 * Math.sin((n / 400) * 2 * Math.PI),
    }));
    const ends = endsOf(smoothPath(ring, true));
    expect(ends.length).toBeGreaterThan(10);
    for (const { x, y } of ends) expect(Math.abs(Math.hypot(x, y) - 80)).toBeLessThan(0.6);
    const [first, last] = [ends[0], ends.at(-1)];
    expect(last).toEqual(first);
  });
});

function distanceTo(line: readonly { x: number; y: number }[], point: { x: number; y: number }): number {
  let nearest = Infinity;
  for (const [index, to] of line.entries()) {
    const from = line[index - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const share = Math.min(
      1,
      Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)),
    );
    nearest = Math.min(nearest, Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy));
  }
  return nearest;
}

/** Where each step of a relative path ends. */
function endsOf(d: string): { x: number; y: number }[] {
  const ends: { x: number; y: number }[] = [];
  let at = { x: 0, y: 0 };
  for (const [, letter = '', list = ''] of d.matchAll(/([Mlqtz])([^Mlqtz]*)/g)) {
    const numbers = [...list.matchAll(/-?\d*\.?\d+/g)].map(([text]) => Number(text));
    const perStep = letter === 'q' ? 4 : 2;
    for (let from = 0; from + perStep <= numbers.length; from += perStep) {
      const [x = 0, y = 0] = numbers.slice(from + perStep - 2);
      at =
        letter === 'M'
          ? { x, y }
          : { x: Math.round((at.x + x) * 10) / 10, y: Math.round((at.y + y) * 10) / 10 };
      ends.push(at);
    }
  }
  return ends;
}
