/** Tools that follow the hand: an area's outline, a cannula's or thread's way. What is drawn is shown at once and kept as one simple mark. */
import { type Atom, atom, createShapeId, type Editor, StateNode } from 'tldraw';
import type { Point } from '../../../domain/scheme/svg/number.ts';
import { thinned } from '../../../domain/scheme/svg/stroke-path.ts';
import { areaGiven, brushOf, givenOf, hueOf } from './brush.ts';
import type { AreaShape, PathShape } from './mark-shapes.ts';

export interface Sketch {
  kind: 'area' | 'path';
  points: readonly Point[];
  hue: number;
}

const sketches = new WeakMap<Editor, Atom<Sketch | null>>();

/** What is under the hand at this moment: on this screen alone, until it is let go. */
export function sketchOf(editor: Editor): Atom<Sketch | null> {
  const before = sketches.get(editor);
  if (before) return before;
  const made = atom<Sketch | null>('sketch', null);
  sketches.set(editor, made);
  return made;
}

const toleranceUnits = 1.2;
const mostPoints = 1_000;
/** Never minus nothing: two documents would differ by it. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0;

/** The hand's line with its tremble left out, about its own first corner: its place, and points from there. */
export function simplified(points: readonly Point[]): { x: number; y: number; points: Point[] } {
  let kept = thinned(points, toleranceUnits);
  for (let tolerance = toleranceUnits * 2; kept.length > mostPoints; tolerance *= 2)
    kept = thinned(kept, tolerance);
  const x = hundredths(Math.min(...kept.map((point) => point.x)));
  const y = hundredths(Math.min(...kept.map((point) => point.y)));
  return {
    x,
    y,
    points: kept.map((point) => ({ x: hundredths(point.x - x), y: hundredths(point.y - y) })),
  };
}

const lengthOf = (points: readonly Point[]): number =>
  points.reduce((sum, point, index) => {
    const before = points[index - 1];
    return before ? sum + Math.hypot(point.x - before.x, point.y - before.y) : 0;
  }, 0);

class Idle extends StateNode {
  static override id = 'idle';
  override onEnter() {
    this.editor.setCursor({ type: 'cross', rotation: 0 });
  }
  override onPointerDown() {
    this.parent.transition('following');
  }
  override onCancel() {
    this.editor.setCurrentTool('select');
  }
}

abstract class Following extends StateNode {
  static override id = 'following';
  static override useCoalescedEvents = true;
  protected abstract kind: Sketch['kind'];
  protected points: Point[] = [];

  protected abstract keep(points: readonly Point[]): void;

  private here(): Point {
    const { x, y } = this.editor.inputs.currentPagePoint;
    return { x, y };
  }
  private show() {
    const brush = brushOf(this.editor).get();
    const hue = this.kind === 'area' ? areaGiven(brush).hue : hueOf(brush);
    sketchOf(this.editor).set({ kind: this.kind, points: this.points, hue });
  }
  override onEnter() {
    const { x, y } = this.editor.inputs.originPagePoint;
    this.points = [{ x, y }];
    this.show();
  }
  override onPointerMove() {
    const here = this.here();
    const last = this.points.at(-1);
    // Nearer than a screen's pixel nothing is told apart.
    if (last && Math.hypot(here.x - last.x, here.y - last.y) < 1 / this.editor.getZoomLevel()) return;
    this.points = [...this.points, here];
    this.show();
  }
  override onPointerUp() {
    const { points } = this;
    this.leave();
    // A tap is no line: whoever slipped draws again.
    if (lengthOf(points) * this.editor.getZoomLevel() < 16) return;
    this.editor.markHistoryStoppingPoint(`drawn:${this.kind}`);
    this.keep(points);
  }
  override onComplete() {
    this.onPointerUp();
  }
  override onCancel() {
    this.leave();
  }
  override onInterrupt() {
    this.leave();
  }
  private leave() {
    this.points = [];
    sketchOf(this.editor).set(null);
    this.parent.transition('idle');
  }
}

class FollowingArea extends Following {
  protected override kind = 'area' as const;
  protected override keep(drawn: readonly Point[]) {
    const { x, y, points } = simplified(drawn);
    if (points.length < 3) return;
    const brush = brushOf(this.editor).get();
    const { technique, settings, passes, label } = brush;
    const id = createShapeId();
    this.editor.createShape<AreaShape>({
      id,
      type: 'area',
      x,
      y,
      props: { points, technique, settings, passes, label, ...areaGiven(brush) },
    });
    // Beneath: the points within stay in reach of the hand.
    this.editor.sendToBack([id]);
  }
}

class FollowingPath extends Following {
  protected override kind = 'path' as const;
  protected override keep(drawn: readonly Point[]) {
    const { x, y, points } = simplified(drawn);
    if (points.length < 2) return;
    const brush = brushOf(this.editor).get();
    this.editor.createShape<PathShape>({
      id: createShapeId(),
      type: 'path',
      x,
      y,
      props: {
        points,
        kind: brush.pathKind,
        given: givenOf(brush),
        hue: hueOf(brush),
        depth: brush.depth,
      },
    });
  }
}

export class AreaTool extends StateNode {
  static override id = 'area';
  static override initial = 'idle';
  static override children = () => [Idle, FollowingArea];
}

export class PathTool extends StateNode {
  static override id = 'path';
  static override initial = 'idle';
  static override children = () => [Idle, FollowingPath];
}
