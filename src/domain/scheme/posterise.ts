/**
 * Fewer colours, so that a picture of very many strokes stays small as PNG: every pixel becomes the nearest of the colours that were drawn
 * with, whole or half-way to paper at a stroke's edge. Unlike a palette found by counting pixels it never loses the hue of a single mark.
 * Only for drawings on a template: a photograph would be spoilt.
 */
import { isMark, type SchemeRecord } from './marks.ts';
import { freeHex, hexOfHue, inkHex, inkOfHue, outlineHex, paperHex } from './palette.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface DrawnColours {
  lines: Rgb[];
  /** Translucent grounds: taken where a pixel is one of them already, never for the edge of a line. */
  grounds: Rgb[];
}

const edge = 0.5;
/** An area's ground, that of two areas of one hue above each other, a finding's. */
const markShares = [0.16, 0.2944, 0.08] as const;
const strokeShares = [0.1, 0.2, 0.3] as const;

/** What a scheme's picture is drawn with, without double entries. */
export function coloursOf(records: readonly SchemeRecord[]): DrawnColours {
  const [lines, grounds] = [new Map<string, Rgb>(), new Map<string, Rgb>()];
  const enter = (into: Map<string, Rgb>, hex: string, shares: readonly number[]) => {
    for (const share of shares) {
      const colour = onPaper(hex, share);
      into.set(colour.join(), colour);
    }
  };
  enter(lines, paperHex, [1]);
  enter(lines, outlineHex, [1, edge]);
  for (const record of records) {
    if (isMark(record)) {
      const hex = hexOfHue(record.props.hue);
      enter(lines, hex, [1, edge]);
      enter(lines, inkOfHue(record.props.hue), [1, edge]);
      enter(grounds, hex, markShares);
      continue;
    }
    const hex = freeHex[record.props.color];
    // Of white words only the rim is seen on paper.
    enter(lines, hex === paperHex ? inkHex : hex, [1, edge]);
    if (record.type === 'arrow') enter(lines, freeHex[record.props.labelColor], [1, edge]);
    if (record.type === 'draw' && record.props.isClosed) enter(grounds, hex, strokeShares);
  }
  return { lines: [...lines.values()], grounds: [...grounds.values()] };
}

function onPaper(hex: string, share: number): Rgb {
  const channel = (at: number): number =>
    Math.round(255 + (Number.parseInt(hex.slice(at, at + 2), 16) - 255) * share);
  return [channel(1), channel(3), channel(5)];
}

/** Two steps off in each channel: as renderers round. */
const groundReach = 12;

/** Rows of red, green and blue bytes, as many as came in. */
export function posterised(pixels: Uint8Array, { lines, grounds }: DrawnColours): Uint8Array {
  const known = new Map<number, Rgb>();
  const result = new Uint8Array(pixels.length);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    const key = (red << 16) | (green << 8) | blue;
    let colour = known.get(key);
    if (!colour) {
      const pixel: Rgb = [red, green, blue];
      colour = nearestOf(grounds, pixel, groundReach) ?? nearestOf(lines, pixel, Infinity) ?? pixel;
      known.set(key, colour);
    }
    result.set(colour, at);
  }
  return result;
}

/** Null where none is within `reach`, a distance squared. */
function nearestOf(colours: readonly Rgb[], [red, green, blue]: Rgb, reach: number): Rgb | null {
  let found: Rgb | null = null;
  let least = reach;
  for (const colour of colours) {
    const distance = (colour[0] - red) ** 2 + (colour[1] - green) ** 2 + (colour[2] - blue) ** 2;
    if (distance >= least) continue;
    least = distance;
    found = colour;
  }
  return found;
}
