/** What a finger means: the nearest point within 44 pixels at any zoom, before whatever lies under it. */
import type { Editor, TLShape } from 'tldraw';
import { reachPixels } from './erasing.ts';

const isPoint = (shape: TLShape): boolean => shape.type === 'injection' || shape.type === 'finding';
const isLine = (shape: TLShape): boolean => shape.type === 'path' || shape.type === 'arrow';

export function widenReach(editor: Editor): void {
  const exact = editor.getShapeAtPoint.bind(editor);
  editor.getShapeAtPoint = (at, options = {}) => {
    const reach = reachPixels / editor.getZoomLevel();
    let nearest: { shape: TLShape; distance: number } | null = null;
    for (const shape of editor.getCurrentPageRenderingShapesSorted()) {
      if (!isPoint(shape) || (shape.isLocked && options.hitLocked !== true)) continue;
      if (options.filter?.(shape) === false) continue;
      const radius = shape.type === 'finding' ? editor.getShapeGeometry(shape).bounds.width / 2 : 0;
      const distance = Math.max(0, Math.hypot(shape.x - at.x, shape.y - at.y) - radius);
      if (distance <= reach && (nearest === null || distance <= nearest.distance))
        nearest = { shape, distance };
    }
    if (nearest) return nearest.shape;
    const under = exact(at, options);
    // A thin line wants a wider reach than an area that lies beneath it.
    if (under && under.type !== 'area') return under;
    return (
      exact(at, {
        ...options,
        margin: Math.max(options.margin ?? 0, reach * 0.7),
        filter: (shape) => isLine(shape) && options.filter?.(shape) !== false,
      }) ?? under
    );
  };
}
