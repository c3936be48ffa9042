/**
 * A scheme's picture from its records alone: the same records give the same bytes, on the server and on the page. Nothing in it refers to
 * anything elsewhere; words are words, never markup.
 */
import { sidesOfDoses } from './dose-sides.ts';
import type { SchemeRecord } from './marks.ts';
import { fromBelow } from './order.ts';
import { outlineHex, paperHex } from './palette.ts';
import { shown, shownShare } from './svg/number.ts';
import { recordSvg } from './svg/record.ts';
import { escaped } from './svg/xml.ts';

export interface BackdropPath {
  d: string;
  weight: 'outline' | 'feature' | 'fine';
}

export type Backdrop =
  | { kind: 'template'; paths: readonly BackdropPath[] }
  /** A data: address of a PNG, JPEG or WebP; anything else is left out. */
  | { kind: 'picture'; href: string };

export interface Picture {
  records: readonly SchemeRecord[];
  widthUnits: number;
  heightUnits: number;
  backdrop: Backdrop;
  /** Shown as they are, the rest faintly: what a correction changed. */
  only?: ReadonlySet<string>;
  /** Beneath all: an earlier scheme, faintly. */
  faded?: readonly SchemeRecord[];
}

/** How much of its opacity is left to what is shown faintly. */
const faintShare = 0.22;
const underlayShare = 0.3;
const weights = { outline: 3, feature: 2.2, fine: 1.4 } as const;

export function svgOf({ records, widthUnits, heightUnits, backdrop, only, faded = [] }: Picture): string {
  const [width, height] = [shown(side(widthUnits)), shown(side(heightUnits))];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${paperHex}"/>`,
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round" font-family="sans-serif">',
    backdropSvg(backdrop, width, height),
  ];
  if (faded.length > 0)
    parts.push(`<g opacity="${shownShare(underlayShare)}">`, layer(faded, widthUnits, null), '</g>');
  parts.push(layer(records, widthUnits, only ?? null), '</g></svg>');
  return parts.join('');
}

/** A picture has some size, whatever is asked for. */
const side = (units: number): number => (units >= 1 ? Math.min(units, 20_000) : 1);

function layer(
  records: readonly SchemeRecord[],
  widthUnits: number,
  only: ReadonlySet<string> | null,
): string {
  const sides = sidesOfDoses(records, widthUnits);
  return records
    .toSorted(fromBelow)
    .map((record) =>
      recordSvg(
        record,
        sides.get(record.id) ?? 'right',
        only === null || only.has(record.id) ? 1 : faintShare,
      ),
    )
    .join('');
}

const pathSigns = /^[MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]*$/;
const pictureAddress = /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

function backdropSvg(backdrop: Backdrop, width: string, height: string): string {
  if (backdrop.kind === 'picture')
    return pictureAddress.test(backdrop.href)
      ? `<image href="${backdrop.href}" width="${width}" height="${height}"/>`
      : '';
  const paths = backdrop.paths
    .filter(({ d }) => pathSigns.test(d))
    .map(({ d, weight }) => `<path d="${escaped(d)}" stroke-width="${weights[weight]}"/>`);
  return `<g stroke="${outlineHex}">${paths.join('')}</g>`;
}
