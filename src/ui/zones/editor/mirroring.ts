/** The selected marks once more on the other side, as new ones. */
import { createShapeId, type Editor, getIndicesAbove, type TLShape, type TLShapePartial } from 'tldraw';
import { mirrored } from '../../../domain/scheme/mirror.ts';
import { recordOf } from '../drawing/records.ts';

export type Mirroring = () => void;

export function mirrorSelected(editor: Editor, axisX: number, onMade: (pairs: Map<string, string>) => void) {
  const shapes = editor.getSelectedShapes();
  const top = editor.getCurrentPageShapesSorted().at(-1);
  const indices = getIndicesAbove(top?.index ?? null, shapes.length);
  const pairs = new Map<string, string>();
  const made = shapes.flatMap((shape: TLShape, at): TLShapePartial[] => {
    const record = recordOf(shape);
    const index = indices[at];
    if (!record || index === undefined) return [];
    const id = createShapeId();
    const { x, y, rotation, props, type } = mirrored(record, axisX, { id, index });
    pairs.set(shape.id, id);
    return [{ id, type, index, x, y, rotation, props }];
  });
  if (made.length === 0) return;
  editor.markHistoryStoppingPoint('mirrored');
  editor.createShapes(made);
  editor.select(...made.map(({ id }) => id));
  onMade(pairs);
}
