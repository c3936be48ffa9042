/** Erasing for gloved hands: a tap takes away the one nearest thing, a drag whatever it crosses. */
import { EraserTool, StateNode, type TLShapeId, type TLStateNodeConstructor } from 'tldraw';

/** Half of 44 screen pixels. */
export const reachPixels = 22;

class Tapping extends StateNode {
  static override id = 'pointing';
  private found: TLShapeId | null = null;

  override onEnter() {
    const { editor } = this;
    const shape = editor.getShapeAtPoint(editor.inputs.currentPagePoint, {
      hitInside: false,
      margin: reachPixels / editor.getZoomLevel(),
    });
    this.found = shape?.id ?? null;
    editor.setErasingShapes(this.found ? [this.found] : []);
  }
  override onPointerMove(info: unknown) {
    if (this.editor.inputs.isDragging) this.parent.transition('erasing', info);
  }
  override onLongPress(info: unknown) {
    this.parent.transition('erasing', info);
  }
  override onExit(_info: unknown, to: string) {
    if (to !== 'erasing') this.editor.setErasingShapes([]);
  }
  override onPointerUp() {
    if (this.found) {
      this.editor.markHistoryStoppingPoint('erased');
      this.editor.deleteShapes([this.found]);
    }
    this.found = null;
    this.parent.transition('idle');
  }
  override onComplete() {
    this.onPointerUp();
  }
  override onCancel() {
    this.found = null;
    this.parent.transition('idle');
  }
  override onInterrupt() {
    this.onCancel();
  }
}

export class NearestEraserTool extends EraserTool {
  static override children(): TLStateNodeConstructor[] {
    return EraserTool.children().map((child) => (child.id === 'pointing' ? Tapping : child));
  }
}
