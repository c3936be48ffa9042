/** What the drawing's tools reckon with: doses in steps, a hand's line made simple, and the colour somebody draws in. */
import { describe, expect, test } from 'vitest';
import { freeHex } from '../src/domain/scheme/palette.ts';
import { markProps } from '../src/domain/scheme/marks.ts';
import { boundedDose, givesProduct, steppedDose } from '../src/ui/zones/drawing/brush.ts';
import { simplified } from '../src/ui/zones/drawing/line-tools.ts';
import { penOfHue } from '../src/ui/zones/drawing/pen-colour.ts';

describe('doses', () => {
  test('go up and down by what is usual for their unit, never to nothing', () => {
    expect(steppedDose(4, 'U', 1)).toBe(5);
    expect(steppedDose(1, 'U', -1)).toBe(0.9);
    expect(steppedDose(0.1, 'U', -1)).toBe(0.1);
    expect(steppedDose(0.1, 'ml', 1)).toBe(0.15);
    expect(steppedDose(0.05, 'ml', -1)).toBe(0.05);
    expect(steppedDose(1_000, 'U', 1)).toBe(1_000);
  });

  test('have two places at most, as a record demands', () => {
    for (let dose = 0.05, step = 0; step < 200; step += 1) {
      dose = steppedDose(dose, 'ml', 1);
      expect(
        markProps.injection.shape.given.safeParse({
          productId: '00000000-0000-4000-8000-000000000001',
          productName: 'x',
          dose,
          unit: 'ml',
        }).success,
      ).toBe(true);
    }
    expect(boundedDose(0.1 + 0.2)).toBe(0.3);
    expect(boundedDose(0)).toBe(0.01);
    expect(boundedDose(5_000)).toBe(1_000);
  });

  test('belong to no area of light or heat', () => {
    expect(givesProduct('laser')).toBe(false);
    expect(givesProduct('radiofrequency')).toBe(false);
    expect(givesProduct('filler_fan')).toBe(true);
  });
});

describe('a hand’s line', () => {
  const circle = Array.from({ length: 3_000 }, (_, at) => ({
    x: 500 + 100 * Math.cos((at / 3_000) * 2 * Math.PI) + Math.sin(at * 7) * 0.3,
    y: 300 + 100 * Math.sin((at / 3_000) * 2 * Math.PI),
  }));

  test('becomes few points about its own corner, near to where it was drawn', () => {
    const { x, y, points } = simplified(circle);
    expect(points.length).toBeLessThan(120);
    expect(points.length).toBeGreaterThan(8);
    expect(Math.min(...points.map((point) => point.x))).toBe(0);
    expect(Math.min(...points.map((point) => point.y))).toBe(0);
    for (const point of points)
      expect(Math.abs(Math.hypot(point.x + x - 500, point.y + y - 300) - 100)).toBeLessThan(1.6);
  });

  test('keeps its first point and its direction', () => {
    const { x, y, points } = simplified([
      { x: 90, y: 10 },
      { x: 50, y: 20 },
      { x: 10, y: 80 },
    ]);
    expect({ x: (points[0]?.x ?? 0) + x, y: (points[0]?.y ?? 0) + y }).toEqual({ x: 90, y: 10 });
    expect({ x: (points.at(-1)?.x ?? 0) + x, y: (points.at(-1)?.y ?? 0) + y }).toEqual({ x: 10, y: 80 });
  });

  test('never has more points than a mark may hold, however wild it is', () => {
    const wild = Array.from({ length: 20_000 }, (_, at) => ({
      x: (at * 7919) % 1_000,
      y: (at * 104_729) % 1_300,
    }));
    const { points } = simplified(wild);
    expect(points.length).toBeLessThanOrEqual(1_000);
  });
});

test('everybody’s hue has a pen colour of its own', () => {
  const colours = Array.from({ length: 10 }, (_, at) => penOfHue(at + 1));
  expect(new Set(colours).size).toBe(10);
  for (const colour of colours) expect(freeHex[colour]).toMatch(/^#/);
});
