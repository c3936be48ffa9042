/**
 * How a template's drawing is written down, and how it is unfolded into lines and regions. What is the same on both sides is written
 * once; what is seen from the other side is the same drawing turned over. Paths use M, C, L and Z alone, in absolute coordinates.
 */
import type { RegionKey } from './region-key.ts';
import { pageWidthUnits } from './template-key.ts';

export type Weight = 'outline' | 'feature' | 'fine';
export type Side = 'left' | 'right' | 'middle';
type Point = readonly [number, number];

export interface TemplateRegion {
  key: RegionKey;
  /** The client's own. */
  side: Side;
  polygon: readonly Point[];
}

export interface TemplatePath {
  d: string;
  weight: Weight;
}

type Lines = Readonly<Record<Weight, readonly string[]>>;

export interface TemplateDrawing {
  heightUnits: number;
  /** Drawn as they stand. */
  lines: Lines;
  /** The half at the viewer's right of the axis, and whose side that is: drawn on both sides, as are the regions of that side. */
  half?: { side: 'left' | 'right'; lines: Lines };
  /** By side and key: corners as in an SVG polygon, `x,y x,y x,y`. */
  regions: Readonly<Partial<Record<Side, Readonly<Partial<Record<RegionKey, string>>>>>>;
}

export interface Unfolded {
  heightUnits: number;
  paths: readonly TemplatePath[];
  regions: readonly TemplateRegion[];
}

const weights = ['outline', 'feature', 'fine'] as const;
const sides = ['middle', 'left', 'right'] as const;
const otherSide: Record<Side, Side> = { left: 'right', right: 'left', middle: 'middle' };

const acrossX = (x: number): number => Math.round((pageWidthUnits - x) * 10) / 10;

/** The path on the other side of the page's axis. */
function pathAcross(d: string): string {
  let isX = false;
  return d
    .split(' ')
    .map((token) => {
      const isNumber = token >= '-' && token < 'A';
      isX = isNumber && !isX;
      return isX ? String(acrossX(Number(token))) : token;
    })
    .join(' ');
}

const pathsOf = (lines: Lines): TemplatePath[] =>
  weights.flatMap((weight) => lines[weight].map((d) => ({ d, weight })));

const across = ({ d, weight }: TemplatePath): TemplatePath => ({ d: pathAcross(d), weight });

const regionAcross = ({ key, side, polygon }: TemplateRegion): TemplateRegion => ({
  key,
  side: otherSide[side],
  polygon: polygon.map(([x, y]) => [acrossX(x), y] as const),
});

const polygonOf = (corners: string): Point[] =>
  corners.split(' ').map((corner) => {
    const [x, y] = corner.split(',').map(Number);
    if (x === undefined || y === undefined) throw new Error(`no corner: ${corner}`);
    return [x, y] as const;
  });

const isRegionKey = (key: string, regions: object): key is RegionKey => key in regions;

export function unfold({ heightUnits, lines, half, regions }: TemplateDrawing): Unfolded {
  const halfPaths = half ? pathsOf(half.lines) : [];
  const written = sides.flatMap((side): TemplateRegion[] => {
    const ofSide = regions[side] ?? {};
    return Object.entries(ofSide).flatMap(([key, corners]) =>
      isRegionKey(key, ofSide) ? [{ key, side, polygon: polygonOf(corners) }] : [],
    );
  });
  return {
    heightUnits,
    paths: [...pathsOf(lines), ...halfPaths, ...halfPaths.map(across)],
    regions: [...written, ...written.filter(({ side }) => side === half?.side).map(regionAcross)],
  };
}

/** The same seen from the other side: what was the client's left is their right. */
export const turnedOver = ({ heightUnits, paths, regions }: Unfolded): Unfolded => ({
  heightUnits,
  paths: paths.map(across),
  regions: regions.map(regionAcross),
});
