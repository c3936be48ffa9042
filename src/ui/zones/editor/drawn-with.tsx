'use client';

import { useTranslations } from 'next-intl';
import { type Editor, useValue } from 'tldraw';
import type { SchemeTemplate } from '../../../domain/scheme/template.ts';
import type { Besides } from './besides.ts';
import { selectedMarks } from './mark-fields.ts';
import { MarkPanel } from './mark-panel.tsx';
import { PenPanel } from './pen-panel.tsx';
import { TotalsPanel } from './totals-panel.tsx';
import type { Scheme } from './types.ts';

const penTools = new Set(['draw', 'arrow', 'text']);
const markTools = new Set(['injection', 'area', 'path', 'finding']);

/** What is in the hand, and what has been given so far. */
export function DrawnWith(props: {
  editor: Editor;
  scheme: Scheme;
  template: SchemeTemplate | null;
  besides: Besides;
  mayDraw: boolean;
}) {
  const { editor } = props;
  const t = useTranslations('zones.editor');
  const shown = useValue('shown', () => {
    if (!props.mayDraw) return null;
    if (selectedMarks(editor).length > 0) return 'mark';
    const tool = editor.getCurrentToolId();
    if (editor.getSelectedShapeIds().length > 0 || penTools.has(tool)) return 'pen';
    return markTools.has(tool) ? 'mark' : 'next';
  }, [editor, props.mayDraw]);
  return (
    <>
      {shown === 'pen' && <PenPanel editor={editor} />}
      {shown === 'mark' && <MarkPanel editor={editor} scheme={props.scheme} besides={props.besides} />}
      {shown === 'next' && <p className="text-sm text-soft">{t('hint')}</p>}
      <div className={shown === null ? '' : 'border-t border-line pt-4'}>
        <TotalsPanel
          editor={editor}
          scheme={props.scheme}
          template={props.template}
          besides={props.besides}
        />
      </div>
    </>
  );
}
