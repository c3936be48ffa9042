/** One record of a scheme as SVG. */
import type { DoseSide } from '../mark-look.ts';
import { markView } from '../mark-look.ts';
import { type Figure, haloShare, type Paint, type WordsFigure } from '../figure.ts';
import { isMark, type Mark, type SchemeRecord } from '../marks.ts';
import { freeHex, hexOfHue, inkHex, inkOfHue, paperHex } from '../palette.ts';
import { arrowBody, arrowHead } from './arrow.ts';
import { arrowLabelSize, arrowWidth, dashOf, drawWidth, fillShare, strokePoints } from './free-look.ts';
import { type Point, sane, shown, shownDegrees, shownShare } from './number.ts';
import { smoothPath } from './stroke-path.ts';
import { textFigures } from './text.ts';
import { baselineDrop, cutTo, type Family, lineHeight, wrapped } from './words.ts';
import { escaped, plainWords } from './xml.ts';

type Of<T extends SchemeRecord['type']> = Extract<SchemeRecord, { type: T }>;

/** `share` of its own opacity: less for what is shown faintly. */
export function recordSvg(record: SchemeRecord, side: DoseSide, share: number): string {
  const opacity = sane(record.opacity) * share;
  const faint = opacity < 1 ? ` opacity="${shownShare(opacity)}"` : '';
  if (isMark(record))
    return `<g${placeOf(record)}${faint}>${markView(record, side)
      .map((figure) => figureSvg(figure, record))
      .join('')}</g>`;
  switch (record.type) {
    case 'draw':
      return drawSvg(record, faint);
    case 'arrow':
      return `<g${placeOf(record)}${faint}>${arrowSvg(record)}</g>`;
    case 'text': {
      const fill = freeHex[record.props.color];
      const family = familyOf(record.props.font);
      const lines = textFigures(record.props).map((words) => wordsSvg(words, fill, family));
      return `<g${placeOf(record)}${faint}>${lines.join('')}</g>`;
    }
  }
}

function placeOf({ x, y, rotation }: SchemeRecord): string {
  const degrees = shownDegrees(rotation);
  return ` transform="translate(${shown(x)} ${shown(y)})${degrees === '0' ? '' : `rotate(${degrees})`}"`;
}

const dashed = (dash: readonly number[] | null): string =>
  dash === null ? '' : ` stroke-dasharray="${dash.map(shown).join(' ')}"`;

/** None is the picture's default. */
const filled = (colour: string | null, share: number): string =>
  colour === null || share <= 0
    ? ''
    : ` fill="${colour}"${share < 1 ? ` fill-opacity="${shownShare(share)}"` : ''}`;

function figureSvg(figure: Figure, { props: { hue } }: Mark): string {
  const hex = (paint: Paint): string =>
    paint === 'hue' ? hexOfHue(hue) : paint === 'ink' ? inkOfHue(hue) : paperHex;
  switch (figure.kind) {
    case 'line': {
      const d = figure.straight ? straightPath(figure.points) : smoothPath(figure.points, figure.closed);
      const fill = figure.fill === null ? '' : filled(hex(figure.fill), figure.fillOpacity);
      return `<path d="${d}" stroke="${hex(figure.stroke)}" stroke-width="${shown(figure.width)}"${dashed(figure.dash)}${fill}/>`;
    }
    case 'circle': {
      const centre = `cx="${shown(figure.x)}" cy="${shown(figure.y)}" r="${shown(figure.radius)}"`;
      const stroke = `stroke="${hex(figure.stroke)}" stroke-width="${shown(figure.width)}"${dashed(figure.dash)}`;
      return `<circle ${centre} ${stroke}${filled(hex(figure.fill), figure.fillOpacity)}/>`;
    }
    case 'words':
      return wordsSvg(figure, inkOfHue(hue), 'sans');
  }
}

const straightPath = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${shown(x)} ${shown(y)}`).join('');

/** Generic names: whoever draws the picture has a face for each, and none is fetched. */
const families: Record<Family, string> = {
  sans: '',
  serif: ' font-family="serif"',
  mono: ' font-family="monospace"',
};
export const familyOf = (font: Of<'text'>['props']['font']): Family =>
  font === 'serif' || font === 'mono' ? font : 'sans';

function wordsSvg(words: WordsFigure, fill: string, family: Family): string {
  const text = escaped(words.text);
  if (text.trim() === '') return '';
  const anchor = words.anchor === 'start' ? '' : ` text-anchor="${words.anchor}"`;
  const bold = words.isBold ? ' font-weight="bold"' : '';
  // White words are for dark photographs.
  const halo = fill === paperHex ? inkHex : paperHex;
  const rim = ` stroke="${halo}" stroke-width="${shown(words.size * haloShare)}" paint-order="stroke"`;
  return `<text x="${shown(words.x)}" y="${shown(words.y)}" font-size="${shown(words.size)}"${families[family]}${bold}${anchor} fill="${fill}"${rim}>${text}</text>`;
}

/** A stroke's points are put where they lie on the page: no transformation each, and its tenths are the page's. */
function drawSvg({ props, x, y, rotation }: Of<'draw'>, faint: string): string {
  const [cos, sin] = [Math.cos(sane(rotation)), Math.sin(sane(rotation))];
  const points = strokePoints(props.segments).map((point) => ({
    x: sane(x) + point.x * cos - point.y * sin,
    y: sane(y) + point.x * sin + point.y * cos,
  }));
  const d = smoothPath(points, props.isClosed);
  if (d === '') return '';
  const width = drawWidth(props);
  const colour = freeHex[props.color];
  const fill = props.isClosed ? filled(colour, fillShare[props.fill]) : '';
  return `<path d="${d}" stroke="${colour}" stroke-width="${shown(width)}"${dashed(dashOf(props.dash, width))}${fill}${faint}/>`;
}

/** Of an arrow's label. */
const mostLines = 20;

function arrowSvg({ props }: Of<'arrow'>): string {
  const body = arrowBody(props);
  const width = arrowWidth(props);
  const colour = freeHex[props.color];
  const stroke = `stroke="${colour}" stroke-width="${shown(width)}"`;
  const parts = [`<path d="${body.d}" ${stroke}${dashed(dashOf(props.dash, width))}/>`];
  for (const side of ['start', 'end'] as const) {
    const head = arrowHead(props, body, side);
    if (!head) continue;
    const inside = props.fill === 'none' ? paperHex : colour;
    parts.push(`<path d="${head.d}" ${stroke}${head.isFilled ? ` fill="${inside}"` : ''}/>`);
  }
  const family = familyOf(props.font);
  const size = arrowLabelSize(props);
  const rows = arrowLabelRows(props, size, family);
  const at = body.along(Math.min(1, Math.max(0, sane(props.labelPosition))));
  const top = at.y - (rows.length * size * lineHeight) / 2;
  for (const [index, text] of rows.entries()) {
    const y = top + (index + 0.5) * size * lineHeight + size * baselineDrop;
    parts.push(
      wordsSvg(
        { kind: 'words', text, x: at.x, y, size, isBold: false, anchor: 'middle' },
        freeHex[props.labelColor],
        family,
      ),
    );
  }
  return parts.join('');
}

function arrowLabelRows({ text }: Of<'arrow'>['props'], size: number, family: Family): string[] {
  if (text.trim() === '') return [];
  const rows = text.split(/\r\n|[\n\r]/).flatMap((row) => wrapped(plainWords(row), size, size * 16, family));
  return cutTo(rows, mostLines);
}
