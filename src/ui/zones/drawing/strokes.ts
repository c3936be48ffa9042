/** The pen's strokes, apart from the editor's other shapes: they are painted all at once (`stroke-painter.ts`), not each as a component. */
import { computed, type Computed, type Editor, type TLDrawShape, type TLRenderingShape } from 'tldraw';

export interface Painting {
  stroke: TLDrawShape;
  opacity: number;
}

/** Strokes that lie directly above one another, with no other shape between, and where they lie among the rest. */
export interface Layer {
  zIndex: number;
  paintings: Painting[];
}

const layersByEditor = new WeakMap<Editor, Computed<Layer[]>>();

const isDraw = (shape: TLRenderingShape['shape']): shape is TLDrawShape => shape.type === 'draw';

/** From below. The editor shows the other shapes from then on, and leaves these to us: so it is asked before it shows anything. */
export function strokeLayers(editor: Editor): Computed<Layer[]> {
  const before = layersByEditor.get(editor);
  if (before) return before;
  const whole = editor.getRenderingShapes.bind(editor);
  const others = computed('shapes but strokes', () => whole().filter(({ shape }) => !isDraw(shape)), {
    isEqual: sameShapes,
  });
  editor.getRenderingShapes = () => others.get();
  // The editor's list goes by their ids.
  const layers = computed('stroke layers', () => layersOf(whole().toSorted((a, b) => a.index - b.index)));
  layersByEditor.set(editor, layers);
  return layers;
}

/** Of shapes in their order from below. */
export function layersOf(shapes: readonly Pick<TLRenderingShape, 'shape' | 'index' | 'opacity'>[]): Layer[] {
  const layers: Layer[] = [];
  let top: Layer | null = null;
  for (const { shape, index, opacity } of shapes) {
    if (!isDraw(shape)) {
      top = null;
      continue;
    }
    if (top === null) {
      top = { zIndex: index, paintings: [] };
      layers.push(top);
    }
    top.paintings.push({ stroke: shape, opacity });
  }
  return layers;
}

/** A stroke that grows changes none of the others: where they lie is all the same, nothing is shown anew. */
const sameShapes = (one: readonly TLRenderingShape[], other: readonly TLRenderingShape[]): boolean =>
  one.length === other.length &&
  one.every((each, at) => {
    const same = other[at];
    return (
      same !== undefined &&
      each.shape === same.shape &&
      each.index === same.index &&
      each.opacity === same.opacity &&
      each.util === same.util
    );
  });
