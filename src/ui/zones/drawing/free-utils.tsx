/** The editor's own shapes, as far as a scheme may hold them: nothing is bound to anything, and words are plain words. */
import {
  ArrowShapeUtil,
  SVGContainer,
  type TLDrawShape,
  DrawShapeUtil,
  type TLArrowShape,
  type TLTextOptions,
  TextShapeUtil,
  defaultAddFontsFromNode,
  tipTapDefaultExtensions,
} from 'tldraw';
import { freeHex } from '../../../domain/scheme/palette.ts';
import { dashOf, drawWidth, fillShare, strokePoints } from '../../../domain/scheme/svg/free-look.ts';
import { smoothPath } from '../../../domain/scheme/svg/stroke-path.ts';

/** As it will be kept: one smooth line of one width. The editor's own ink costs twice the time where there are thousands of strokes. */
export class PlainDrawUtil extends DrawShapeUtil {
  override canBind = () => false;
  override component({ props }: TLDrawShape) {
    const width = drawWidth(props);
    const colour = freeHex[props.color];
    return (
      <SVGContainer>
        <path
          d={smoothPath(strokePoints(props.segments), props.isClosed)}
          stroke={colour}
          strokeWidth={width}
          strokeDasharray={dashOf(props.dash, width)?.join(' ')}
          strokeLinecap="round"
          strokeLinejoin="round"
          fill={props.isClosed && props.fill !== 'none' ? colour : 'none'}
          fillOpacity={fillShare[props.fill]}
        />
      </SVGContainer>
    );
  }
}

export class PlainTextUtil extends TextShapeUtil {
  override canBind = () => false;
}

export class PlainArrowUtil extends ArrowShapeUtil {
  override canBind = () => false;
  // A label in an arrow would be typed where a scheme has text: one way is enough.
  override canEdit = () => false;
  override getDefaultProps(): TLArrowShape['props'] {
    return { ...super.getDefaultProps(), kind: 'arc', font: 'sans' };
  }
}

const plainOnly = {
  bold: false,
  italic: false,
  strike: false,
  code: false,
  heading: false,
  bulletList: false,
  orderedList: false,
  listItem: false,
  blockquote: false,
  codeBlock: false,
  horizontalRule: false,
};
const left = new Set(['link', 'highlight']);

/** Paragraphs of words alone: what a scheme may hold, so that nobody types what would be refused. */
export const plainText: TLTextOptions = {
  tipTapConfig: {
    extensions: tipTapDefaultExtensions
      .filter(({ name }) => !left.has(name))
      .map((extension) => (extension.name === 'starterKit' ? extension.configure(plainOnly) : extension)),
  },
  addFontsFromNode: defaultAddFontsFromNode,
};
