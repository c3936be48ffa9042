/** How the editor shows, hits and moves the four marks. They are moved, never turned or stretched: a dose has no size. */
import {
  Circle2d,
  type Geometry2d,
  Polygon2d,
  Polyline2d,
  ShapeUtil,
  SVGContainer,
  useEditor,
  useValue,
  Vec,
} from 'tldraw';
import {
  areaView,
  findingView,
  injectionRadius,
  injectionView,
  pathView,
} from '../../../domain/scheme/mark-look.ts';
import type { Point } from '../../../domain/scheme/svg/number.ts';
import { smoothPath } from '../../../domain/scheme/svg/stroke-path.ts';
import { doseSideOf } from './dose-side.ts';
import { FigureView } from './figure-view.tsx';
import {
  type AnyMarkShape,
  type AreaShape,
  areaProps,
  type FindingShape,
  findingProps,
  type InjectionShape,
  injectionProps,
  type PathShape,
  pathProps,
} from './mark-shapes.ts';

const vecs = (points: readonly Point[]): Vec[] => points.map(({ x, y }) => new Vec(x, y));

abstract class MarkUtil<S extends AnyMarkShape> extends ShapeUtil<S> {
  override canBind = () => false;
  override canEdit = () => false;
  override canResize = () => false;
  override canCrop = () => false;
  override canSnap = () => false;
  override hideResizeHandles = () => true;
  override hideRotateHandle = () => true;
  override hideSelectionBoundsBg = () => true;
  override hideSelectionBoundsFg = () => true;
}

function InjectionPicture({ shape }: { shape: InjectionShape }) {
  const editor = useEditor();
  const side = useValue('dose side', () => doseSideOf(editor, shape.id), [editor, shape.id]);
  return <FigureView figures={injectionView(shape.props, side)} hue={shape.props.hue} />;
}

export class InjectionUtil extends MarkUtil<InjectionShape> {
  static override type = 'injection' as const;
  static override props = injectionProps;
  override getDefaultProps(): InjectionShape['props'] {
    return { given: null, hue: 1, depth: null, tool: 'needle' };
  }
  override getGeometry(): Geometry2d {
    return new Circle2d({
      x: -injectionRadius,
      y: -injectionRadius,
      radius: injectionRadius,
      isFilled: true,
    });
  }
  override component(shape: InjectionShape) {
    return (
      <SVGContainer>
        <InjectionPicture shape={shape} />
      </SVGContainer>
    );
  }
  override indicator() {
    return <circle r={injectionRadius + 4} />;
  }
}

export class AreaUtil extends MarkUtil<AreaShape> {
  static override type = 'area' as const;
  static override props = areaProps;
  override getDefaultProps(): AreaShape['props'] {
    return { points: [], technique: 'other', label: '', settings: '', passes: 1, given: null, hue: 1 };
  }
  override getGeometry({ props }: AreaShape): Geometry2d {
    return new Polygon2d({ points: vecs(props.points), isFilled: true });
  }
  override component({ props }: AreaShape) {
    return (
      <SVGContainer>
        <FigureView figures={areaView(props)} hue={props.hue} />
      </SVGContainer>
    );
  }
  override indicator({ props }: AreaShape) {
    return <path d={smoothPath(props.points, true)} />;
  }
}

export class PathUtil extends MarkUtil<PathShape> {
  static override type = 'path' as const;
  static override props = pathProps;
  override getDefaultProps(): PathShape['props'] {
    return { points: [], kind: 'cannula', given: null, hue: 1, depth: null };
  }
  override getGeometry({ props }: PathShape): Geometry2d {
    return new Polyline2d({ points: vecs(props.points) });
  }
  override component({ props }: PathShape) {
    return (
      <SVGContainer>
        <FigureView figures={pathView(props)} hue={props.hue} />
      </SVGContainer>
    );
  }
  override indicator({ props }: PathShape) {
    return <path d={smoothPath(props.points)} />;
  }
}

export class FindingUtil extends MarkUtil<FindingShape> {
  static override type = 'finding' as const;
  static override props = findingProps;
  override getDefaultProps(): FindingShape['props'] {
    return { kind: 'other', label: '', radius: 16, hue: 9 };
  }
  override getGeometry({ props: { radius } }: FindingShape): Geometry2d {
    return new Circle2d({ x: -radius, y: -radius, radius, isFilled: true });
  }
  override component({ props }: FindingShape) {
    return (
      <SVGContainer>
        <FigureView figures={findingView(props)} hue={props.hue} />
      </SVGContainer>
    );
  }
  override indicator({ props }: FindingShape) {
    return <circle r={props.radius + 3} />;
  }
}
