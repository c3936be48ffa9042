'use client';

import { useEffect, useEffectEvent } from 'react';
import type { Editor } from 'tldraw';
import { changeFields, fieldsOf } from './mark-fields.ts';
import { isToolId, toolKeys } from './tool-rail.tsx';
import { steppedDose } from '../drawing/brush.ts';
import type { ProductChoice } from './types.ts';

const toolOfKey = new Map(
  Object.entries(toolKeys).map(([tool, key]) => [key.replace('⇧', 'shift+').toLowerCase(), tool]),
);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input:not([type="radio"]), textarea, select') !== null);

/** The letter by its place on the keyboard too: people type Cyrillic here. */
const letterOf = (event: KeyboardEvent): string =>
  /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key.toLowerCase();

export interface Keys {
  editor: Editor;
  isReadonly: boolean;
  isGuest: boolean;
  products: readonly ProductChoice[];
  undo: () => void;
  redo: () => void;
  mirror: (() => void) | null;
}

/** The drawing's keys, for as long as nobody types into a field and no question is open. */
export function useEditorKeys(keys: Keys): void {
  const answer = useEffectEvent((event: KeyboardEvent): boolean => {
    const { editor } = keys;
    const letter = letterOf(event);
    if (event.ctrlKey || event.metaKey) {
      if (event.altKey) return false;
      if (letter === 'z') {
        if (event.shiftKey) keys.redo();
        else keys.undo();
        return true;
      }
      if (letter === 'y') keys.redo();
      else if (letter === 'a' && !keys.isReadonly) editor.selectAll();
      else return false;
      return true;
    }
    if (event.altKey) return false;
    if (event.key === 'Escape') {
      if (editor.getCurrentToolId() !== 'select' || !editor.isIn('select.idle')) editor.cancel();
      else editor.selectNone();
      return true;
    }
    const tool = toolOfKey.get(`${event.shiftKey ? 'shift+' : ''}${letter}`);
    if (tool !== undefined && isToolId(tool)) {
      if (keys.isReadonly || (keys.isGuest && !['draw', 'eraser', 'hand'].includes(tool))) return false;
      editor.setCurrentTool(tool);
      return true;
    }
    if (keys.isReadonly || keys.isGuest) return false;
    if (letter === 'm' && keys.mirror) {
      keys.mirror();
      return true;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      if (editor.getSelectedShapeIds().length === 0) return false;
      editor.markHistoryStoppingPoint('removed');
      editor.deleteShapes(editor.getSelectedShapeIds());
      return true;
    }
    const product = /^[1-9]$/.test(event.key) ? keys.products[Number(event.key) - 1] : undefined;
    if (product) {
      changeFields(editor, { product });
      return true;
    }
    const direction = event.code === 'BracketRight' ? 1 : event.code === 'BracketLeft' ? -1 : null;
    if (direction === null) return false;
    const { dose, productId } = fieldsOf(editor);
    const unit = keys.products.find((each) => each.productId === productId)?.unit ?? 'U';
    changeFields(editor, { dose: steppedDose(dose, unit, direction) });
    return true;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (!answer(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
