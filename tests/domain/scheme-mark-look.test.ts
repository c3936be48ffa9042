import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../src/domain/scheme/bounds.ts';
import { sidesOfDoses } from '../../src/domain/scheme/dose-sides.ts';
import { boxOfWords, doseWords, injectionRadius, pathDirection } from '../../src/domain/scheme/mark-look.ts';
import { hueHex, hueInkHex, inkHex, outlineHex } from '../../src/domain/scheme/palette.ts';
import { area, arrow, draw, given, injection } from '../support/scheme-records.ts';

describe('what editor and picture share', () => {
  it('the hues are those of the styles', () => {
    const css = readFileSync(join(import.meta.dirname, '../../src/ui/kit/styles/tokens.css'), 'utf8');
    const [light = ''] = css.split('[data-mantine-color-scheme="dark"]');
    const valueOf = (name: string) => new RegExp(`--${name}: ([^;]+);`).exec(light)?.[1] ?? '';
    for (let hue = 1; hue <= 10; hue += 1) {
      expect(hueHex[hue - 1]).toBe(hexOfOklch(valueOf(`hue-${hue}`)));
      expect(hueInkHex[hue - 1]).toBe(hexOfOklch(valueOf(`hue-${hue}-ink`)));
    }
    expect(inkHex).toBe(valueOf('ink'));
    expect(outlineHex).toBe(valueOf('line-strong'));
  });

  it('doses stand where no dot and no other dose is', () => {
    const grid = Array.from({ length: 24 }, (_, n) =>
      injection(`n${String(n).padStart(2, '0')}`, { x: 300 + (n % 6) * 42, y: 200 + Math.floor(n / 6) * 50 }),
    );
    const sides = sidesOfDoses(grid);
    const boxes = grid.map(({ id, x, y, props }) => {
      const box = boxOfWords(doseWords(props.given ?? given(1), sides.get(id) ?? 'right'));
      return { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
    });
    for (const [index, box] of boxes.entries()) {
      for (const { x, y } of grid) {
        const isFar =
          x + injectionRadius <= box.left ||
          x - injectionRadius >= box.right ||
          y + injectionRadius <= box.top ||
          y - injectionRadius >= box.bottom;
        expect(isFar).toBe(true);
      }
      for (const other of boxes.slice(index + 1))
        expect(
          box.left < other.right &&
            other.left < box.right &&
            box.top < other.bottom &&
            other.top < box.bottom,
        ).toBe(false);
    }
    const edge = injection('edge', { x: 985 });
    expect(sidesOfDoses([edge]).get(edge.id)).toBe('left');
    expect(sidesOfDoses(grid.toReversed())).toEqual(sides);
  });

  it('a path’s direction is that of its last stretch, not of a hand’s tremble', () => {
    const points = [...Array.from({ length: 20 }, (_, n) => ({ x: n * 5, y: 0 })), { x: 95, y: -0.4 }];
    expect(pathDirection(points)?.angle).toBeCloseTo(0, 1);
    expect(
      pathDirection([
        { x: 3, y: 3 },
        { x: 3, y: 3 },
      ]),
    ).toBeNull();
  });

  it('bounds hold everything that is drawn', () => {
    expect(boundsOf(draw('d', { x: 10, y: 20, rotation: Math.PI / 2 }))).toEqual({
      x: expect.closeTo(10 - 2.25, 5),
      y: expect.closeTo(20 - 2.25, 5),
      width: expect.closeTo(4.5, 5),
      height: expect.closeTo(104.5, 5),
    });
    const bent = boundsOf(arrow('a', { x: 0, y: 0 }, { bend: 50 }));
    expect(bent.y + bent.height).toBeGreaterThan(50);
    expect(boundsOf(area('a', { x: 500, y: 400 }))).toMatchObject({ width: 125.3, height: 85.3 });
    expect(boundsOf(injection('i')).width).toBeGreaterThan(4 * injectionRadius);
  });
});

/** By the matrices of CSS Color 4; channels outside sRGB are cut. */
function hexOfOklch(value: string): string {
  const [lightness = 0, chroma = 0, degrees = 0] = [...value.matchAll(/[\d.]+/g)].map(([text]) =>
    Number(text),
  );
  const [a, b] = [chroma * Math.cos((degrees * Math.PI) / 180), chroma * Math.sin((degrees * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channel = (linear: number): string => {
    const cut = Math.min(1, Math.max(0, linear));
    const encoded = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}${channel(
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
  )}${channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)}`;
}
