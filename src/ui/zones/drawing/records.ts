/** The editor's shapes as the records of the domain: checked once each, since the editor never changes a record in place. */
import { type Computed, computed, type Editor, type TLShape } from 'tldraw';
import { isMark, type Mark, type SchemeRecord, schemeRecord } from '../../../domain/scheme/marks.ts';

const checked = new WeakMap<TLShape, SchemeRecord | null>();

/** Null for a shape that isn't whole: it is still being drawn, or somebody else's slip. */
export function recordOf(shape: TLShape): SchemeRecord | null {
  const before = checked.get(shape);
  if (before !== undefined) return before;
  const parsed = schemeRecord.safeParse(shape);
  const record = parsed.success ? parsed.data : null;
  checked.set(shape, record);
  return record;
}

const markTypes: ReadonlySet<string> = new Set(['injection', 'area', 'path', 'finding']);
const marksByEditor = new WeakMap<Editor, Computed<Mark[]>>();
const injectionsByEditor = new WeakMap<Editor, Computed<SchemeRecord[]>>();

const sameMembers = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((each, index) => each === other[index]);

/** All marks, in an order that only changes with them: a stroke of the pen costs nobody a new sum. */
export function marksOf(editor: Editor): Mark[] {
  let marks = marksByEditor.get(editor);
  if (!marks) {
    const shapes = editor.store.query.records('shape');
    marks = computed(
      'marks',
      () =>
        shapes.get().flatMap((shape) => {
          if (!markTypes.has(shape.type)) return [];
          const record = recordOf(shape);
          return record && isMark(record) ? [record] : [];
        }),
      { isEqual: sameMembers },
    );
    marksByEditor.set(editor, marks);
  }
  return marks.get();
}

export function injectionsOf(editor: Editor): SchemeRecord[] {
  let injections = injectionsByEditor.get(editor);
  if (!injections) {
    injections = computed('injections', () => marksOf(editor).filter(({ type }) => type === 'injection'), {
      isEqual: sameMembers,
    });
    injectionsByEditor.set(editor, injections);
  }
  return injections.get();
}
