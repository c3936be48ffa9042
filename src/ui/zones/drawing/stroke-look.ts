/** A stroke of the pen as it will be kept: one smooth line of one width. The editor's own ink costs twice the time. */
import type { TLDrawShape } from 'tldraw';
import { freeHex } from '../../../domain/scheme/palette.ts';
import { dashOf, drawWidth, fillShare, strokePoints } from '../../../domain/scheme/svg/free-look.ts';
import { smoothPath } from '../../../domain/scheme/svg/stroke-path.ts';

export interface StrokeLook {
  d: string;
  colour: string;
  width: number;
  dash: string | null;
  fill: string;
  fillOpacity: number;
}

export function strokeLook(props: TLDrawShape['props']): StrokeLook {
  const width = drawWidth(props);
  const colour = freeHex[props.color];
  return {
    d: smoothPath(strokePoints(props.segments), props.isClosed),
    colour,
    width,
    dash: dashOf(props.dash, width)?.join(' ') ?? null,
    fill: props.isClosed && props.fill !== 'none' ? colour : 'none',
    fillOpacity: fillShare[props.fill],
  };
}
