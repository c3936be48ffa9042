'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TextAreaField } from '../../kit/text-field.tsx';
import type { Besides } from './besides.ts';

/** Kept beside the drawing, when the field is left. */
export function MarkNote({ markIds, besides }: { markIds: readonly string[]; besides: Besides }) {
  const t = useTranslations('zones.editor.mark');
  const [first] = markIds;
  const kept = first === undefined ? '' : besides.noteOf(first);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextAreaField
      label={t('note')}
      hint={t('noteHint')}
      rows={2}
      maxLength={500}
      value={typed ?? kept}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== null && typed.trim() !== kept) besides.setNote(markIds, typed.trim());
        setTyped(null);
      }}
    />
  );
}
