'use client';

import { useTranslations } from 'next-intl';
import { type Editor, useValue } from 'tldraw';
import type { Besides } from './besides.ts';
import { selectedMarks } from './mark-fields.ts';
import { MarkPanel } from './mark-panel.tsx';
import { PenPanel } from './pen-panel.tsx';
import type { Scheme } from './types.ts';

const penTools = new Set(['draw', 'arrow', 'text']);
const markTools = new Set(['injection', 'area', 'path', 'finding']);

/** What is in the hand, or what was taken hold of. */
export function DrawnWith(props: { editor: Editor; scheme: Scheme; besides: Besides }) {
  const { editor } = props;
  const t = useTranslations('zones.editor');
  const shown = useValue('shown', () => {
    if (selectedMarks(editor).length > 0) return 'mark';
    const tool = editor.getCurrentToolId();
    if (editor.getSelectedShapeIds().length > 0 || penTools.has(tool)) return 'pen';
    return markTools.has(tool) ? 'mark' : 'next';
  }, [editor]);
  if (shown === 'pen') return <PenPanel editor={editor} />;
  if (shown === 'next') return <p className="text-sm text-soft">{t('hint')}</p>;
  return <MarkPanel editor={editor} scheme={props.scheme} besides={props.besides} />;
}
