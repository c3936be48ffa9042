/** The editor's own shapes, as far as a scheme may hold them: nothing is bound to anything, and words are plain words. */
import {
  ArrowShapeUtil,
  DrawShapeUtil,
  type TLArrowShape,
  type TLTextOptions,
  TextShapeUtil,
  defaultAddFontsFromNode,
  tipTapDefaultExtensions,
} from 'tldraw';

export class PlainDrawUtil extends DrawShapeUtil {
  override canBind = () => false;
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
