/** The editor's own shapes, as far as a scheme may hold them: nothing is bound to anything, and words are plain words. */
import {
  ArrowShapeUtil,
  Circle2d,
  defaultAddFontsFromNode,
  DrawShapeUtil,
  Polygon2d,
  Polyline2d,
  T,
  TextShapeUtil,
  tipTapDefaultExtensions,
  type TLArrowShape,
  type TLDrawShape,
  type TLTextOptions,
  Vec,
} from 'tldraw';
import { drawWidth, strokePoints } from '../../../domain/scheme/svg/free-look.ts';

/** Of the points alone that they are some: whatever comes from others was checked before, and the scheme takes nothing that wasn't. */
const segments = new T.Validator<TLDrawShape['props']['segments']>((value) => {
  if (!isSegments(value)) throw new Error('no segments of a stroke');
  return value;
});

function isSegments(value: unknown): value is TLDrawShape['props']['segments'] {
  return (
    Array.isArray(value) &&
    value.every(
      (segment: unknown) =>
        isObject(segment) &&
        (segment['type'] === 'free' || segment['type'] === 'straight') &&
        arePoints(segment['points']),
    )
  );
}

function arePoints(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const points: readonly unknown[] = value;
  for (const point of points) {
    if (!isObject(point)) return false;
    const { x, y, z = 0 } = point;
    if (typeof x !== 'number' || typeof y !== 'number' || typeof z !== 'number') return false;
    if (!Number.isFinite(x + y + z)) return false;
  }
  return true;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Painted with all the others (`strokes.ts`); here it is only hit, moved and held against its form. */
export class PlainDrawUtil extends DrawShapeUtil {
  static override props: typeof DrawShapeUtil.props = { ...DrawShapeUtil.props, segments };
  override canBind = () => false;
  /** The line that is seen: as the editor reckons with its own ink, thousands take most of a second at the first move of a hand. */
  override getGeometry({ props }: TLDrawShape) {
    const points = strokePoints(props.segments).map(({ x, y }) => new Vec(x, y));
    const radius = drawWidth(props);
    if (points.length < 2 || isDot(points, radius))
      return new Circle2d({ x: -radius, y: -radius, radius, isFilled: true });
    return props.isClosed && points.length > 2
      ? new Polygon2d({ points, isFilled: props.fill !== 'none' })
      : new Polyline2d({ points });
  }
  override component() {
    return <></>;
  }
}

function isDot(points: readonly Vec[], radius: number): boolean {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  return spread(xs) < radius * 2 && spread(ys) < radius * 2;
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
