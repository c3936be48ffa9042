'use client';

import { useTranslations } from 'next-intl';
import { type Editor, useValue } from 'tldraw';
import { SquareButton } from './square-button.tsx';

export function ZoomButtons({ editor }: { editor: Editor }) {
  const t = useTranslations('zones.editor.zoom');
  const share = useValue('zoom share', () => editor.getZoomLevel() / editor.getBaseZoom(), [editor]);
  return (
    <div className="absolute bottom-2 left-2 z-10 flex rounded-md border border-line bg-surface/95 text-ink">
      <SquareButton
        icon="zoomOut"
        label={t('out')}
        disabled={share <= 1.01}
        onClick={() => editor.zoomOut(editor.getViewportScreenCenter(), { animation: { duration: 140 } })}
      />
      <SquareButton
        icon="fit"
        label={t('fit')}
        disabled={share <= 1.01}
        onClick={() => editor.setCamera(editor.getCamera(), { reset: true, animation: { duration: 140 } })}
      />
      <SquareButton
        icon="zoomIn"
        label={t('in')}
        disabled={share >= 7.9}
        onClick={() => editor.zoomIn(editor.getViewportScreenCenter(), { animation: { duration: 140 } })}
      />
    </div>
  );
}
