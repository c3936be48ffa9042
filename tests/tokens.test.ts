/** The colours are read by people: text AA (4.5), the edges of fields and marks 3, in both modes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../src/ui/kit/styles/tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split(/\[data-mantine-color-scheme=["']dark["']\]/);

type Rgb = readonly [number, number, number];

function fromHex(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** OKLCH to linear sRGB by the matrices of CSS Color 4, out-of-gamut channels cut. */
function fromOklch(lightness: number, chroma: number, hueDegrees: number): Rgb {
  const a = chroma * Math.cos((hueDegrees * Math.PI) / 180);
  const b = chroma * Math.sin((hueDegrees * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function colours(block: string): Map<string, Rgb> {
  const found = new Map<string, Rgb>();
  for (const [, name = '', value = ''] of block.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const oklch = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value.trim());
    found.set(
      name,
      oklch ? fromOklch(Number(oklch[1]), Number(oklch[2]), Number(oklch[3])) : fromHex(value.trim()),
    );
  }
  return found;
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['page', 'surface', 'surface-sunken', 'surface-hover'];
const texts = ['ink', 'ink-soft', 'accent', 'danger', 'attention', 'settled'];
const pairs: [string, string, number][] = [
  ...grounds.flatMap((ground) => texts.map((text): [string, string, number] => [text, ground, 4.5])),
  ...grounds.map((ground): [string, string, number] => ['line-strong', ground, 3]),
  ['ink', 'page', 7],
  ['ink', 'surface', 7],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-danger', 'danger', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['danger', 'danger-soft', 4.5],
  ['attention', 'attention-soft', 4.5],
  ['settled', 'settled-soft', 4.5],
  ['ink-soft', 'accent-soft', 4.5],
  ...Array.from({ length: 10 }, (_, index): [string, string, number][] => [
    [`hue-${index + 1}-ink`, `hue-${index + 1}-soft`, 7],
    [`hue-${index + 1}`, 'surface', 3],
    [`hue-${index + 1}`, 'page', 3],
  ]).flat(),
];

describe.each([
  ['light', colours(light)],
  ['dark', colours(dark)],
])('%s', (_mode, palette) => {
  test.each(pairs)('%s on %s reaches %f', (text, ground, reach) => {
    const [front, back] = [palette.get(text), palette.get(ground)];
    if (front === undefined || back === undefined) throw new Error(`no colour for ${text} on ${ground}`);
    expect(contrast(front, back)).toBeGreaterThanOrEqual(reach);
  });
});
