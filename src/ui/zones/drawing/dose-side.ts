/** On which side of its point each dose stands, as in the kept picture; reckoned once for all points, and only anew when one has changed. */
import { type Computed, computed, type Editor, type TLShapeId } from 'tldraw';
import type { DoseSide } from '../../../domain/scheme/mark-look.ts';
import { sidesOfDoses } from '../../../domain/scheme/dose-sides.ts';
import { injectionsOf } from './records.ts';

const kept = new WeakMap<Editor, Computed<Map<string, DoseSide>>>();

export function doseSideOf(editor: Editor, id: TLShapeId): DoseSide {
  let sides = kept.get(editor);
  if (!sides) {
    sides = computed('dose sides', () => sidesOfDoses(injectionsOf(editor)));
    kept.set(editor, sides);
  }
  return sides.get().get(id) ?? 'right';
}
