'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../../i18n/use-format.ts';
import { Icon } from '../../kit/icons.tsx';
import { StatusMark } from '../../kit/status-mark.tsx';
import { drawingHref } from './address.ts';
import { DrawingThumbnail } from './drawing-thumbnail.tsx';
import type { ListedDrawing } from './types.ts';
import { useDrawingWords } from './words.ts';

/** One drawing: its picture, what it is drawn on, when and by whom. The whole of it leads on. */
export function DrawingTile(props: { drawing: ListedDrawing; zone: string; canDraw: boolean }) {
  const t = useTranslations('zones.card');
  const words = useDrawingWords();
  const format = useFormat();
  const { drawing } = props;
  const isFirstDraft = drawing.revision === 0;
  const at = drawing.finishedAt ?? drawing.openedAt;
  const name = isFirstDraft ? drawing.openedBy : drawing.finishedBy;
  return (
    <Link
      href={drawingHref(drawing)}
      className="group flex h-full flex-col rounded-lg p-2 text-ink no-underline hover:bg-hover"
      data-drawing={drawing.schemeId}
    >
      <DrawingThumbnail drawing={drawing} className="w-full group-hover:border-line-strong" />
      <span className="mt-2 block font-medium">{words.template(drawing)}</span>
      {drawing.title !== '' && drawing.templateKey !== null && (
        <span className="block truncate text-sm">{drawing.title}</span>
      )}
      <span className="block text-sm text-soft">
        <time dateTime={at.toISOString()}>{format.date(at, props.zone)}</time>
        {drawing.revision > 1 && ` · ${t('revision', { number: drawing.revision })}`}
      </span>
      {name !== null && <span className="block truncate text-sm text-soft">{t('by', { name })}</span>}
      {(drawing.status === 'draft' || drawing.isShared) && (
        <span className="mt-1 flex flex-wrap gap-1">
          {drawing.status === 'draft' && (
            <StatusMark tone="attention" icon="edit">
              {t(isFirstDraft ? 'draft' : 'correction')}
            </StatusMark>
          )}
          {drawing.isShared && (
            <StatusMark tone="settled" icon="person">
              {t('shared')}
            </StatusMark>
          )}
        </span>
      )}
      {isFirstDraft && props.canDraw && (
        <span className="mt-auto inline-flex items-center gap-1 pt-1 text-sm font-medium text-accent">
          {t('continue')}
          <Icon name="forward" size={16} />
        </span>
      )}
    </Link>
  );
}
