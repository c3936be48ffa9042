/** Tools that put a mark where the finger is: a tap places it, a drag shows where it will land before it does. */
import { createShapeId, StateNode, type TLShapeId } from 'tldraw';
import { brushOf, findingHue, givenOf, hueOf } from './brush.ts';
import type { FindingShape, InjectionShape } from './mark-shapes.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100 + 0;

abstract class Waiting extends StateNode {
  static override id = 'idle';
  override onEnter() {
    this.editor.setCursor({ type: 'cross', rotation: 0 });
  }
  override onPointerDown() {
    this.parent.transition('placing');
  }
  override onCancel() {
    this.editor.setCurrentTool('select');
  }
}

class Idle extends Waiting {}

abstract class Placing extends StateNode {
  static override id = 'placing';
  private markId = '';
  protected shapeId: TLShapeId | null = null;

  protected abstract create(id: TLShapeId, at: { x: number; y: number }): void;
  protected abstract move(id: TLShapeId, at: { x: number; y: number }): void;

  private at() {
    const { x, y } = this.editor.inputs.currentPagePoint;
    return { x: rounded(x), y: rounded(y) };
  }
  override onEnter() {
    const id = createShapeId();
    this.markId = this.editor.markHistoryStoppingPoint(`placing:${id}`);
    this.shapeId = id;
    this.create(id, this.at());
  }
  override onPointerMove() {
    if (this.shapeId && this.editor.inputs.isDragging) this.move(this.shapeId, this.at());
  }
  override onPointerUp() {
    this.shapeId = null;
    this.parent.transition('idle');
  }
  override onComplete() {
    this.onPointerUp();
  }
  /** A second finger, Escape: nothing was placed. */
  override onCancel() {
    if (this.shapeId) this.editor.bailToMark(this.markId);
    this.shapeId = null;
    this.parent.transition('idle');
  }
  override onInterrupt() {
    this.onCancel();
  }
}

class PlacingInjection extends Placing {
  protected override create(id: TLShapeId, at: { x: number; y: number }) {
    const brush = brushOf(this.editor).get();
    this.editor.createShape<InjectionShape>({
      id,
      type: 'injection',
      ...at,
      props: { given: givenOf(brush), hue: hueOf(brush), depth: brush.depth, tool: brush.tool },
    });
  }
  protected override move(id: TLShapeId, at: { x: number; y: number }) {
    this.editor.updateShape<InjectionShape>({ id, type: 'injection', ...at });
  }
}

class PlacingFinding extends Placing {
  private centre = { x: 0, y: 0 };
  protected override create(id: TLShapeId, at: { x: number; y: number }) {
    const { findingKind, label } = brushOf(this.editor).get();
    this.centre = at;
    this.editor.createShape<FindingShape>({
      id,
      type: 'finding',
      ...at,
      props: { kind: findingKind, label, radius: 14, hue: findingHue },
    });
  }
  /** Drawn outwards it grows to what was seen. */
  protected override move(id: TLShapeId, at: { x: number; y: number }) {
    const radius = Math.hypot(at.x - this.centre.x, at.y - this.centre.y);
    this.editor.updateShape<FindingShape>({
      id,
      type: 'finding',
      props: { radius: rounded(Math.min(200, Math.max(10, radius))) },
    });
  }
}

export class InjectionTool extends StateNode {
  static override id = 'injection';
  static override initial = 'idle';
  static override children = () => [Idle, PlacingInjection];
}

export class FindingTool extends StateNode {
  static override id = 'finding';
  static override initial = 'idle';
  static override children = () => [Idle, PlacingFinding];
}
