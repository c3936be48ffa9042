'use client';

import { useTranslations } from 'next-intl';
import { DefaultColorStyle, DefaultSizeStyle, type Editor, useValue } from 'tldraw';
import { freeHex } from '../../../domain/scheme/palette.ts';
import { ChoiceRow } from './choice-row.tsx';

const colours = ['black', 'red', 'orange', 'green', 'blue', 'violet', 'white'] as const;
const sizes = ['s', 'm', 'l'] as const;

const isColour = (value: unknown): value is (typeof colours)[number] =>
  colours.some((each) => each === value);
const isSize = (value: unknown): value is (typeof sizes)[number] => sizes.some((each) => each === value);

/** Colour and thickness of free drawing, for what is selected and what comes next. */
export function PenPanel({ editor }: { editor: Editor }) {
  const t = useTranslations('zones.editor');
  const colour = useValue('colour', () => shared(editor, DefaultColorStyle), [editor]);
  const size = useValue('size', () => shared(editor, DefaultSizeStyle), [editor]);
  return (
    <section className="flex flex-col gap-4">
      <ChoiceRow
        label={t('mark.colour')}
        options={colours.map((value) => ({
          value,
          label: t(`colours.${value}`),
          mark: (
            <span
              aria-hidden="true"
              className="size-4 rounded-full border border-line-strong"
              style={{ background: freeHex[value] }}
            />
          ),
        }))}
        value={isColour(colour) ? colour : null}
        onChange={(value) => {
          if (!value) return;
          editor.markHistoryStoppingPoint('colour');
          editor.setStyleForSelectedShapes(DefaultColorStyle, value);
          editor.setStyleForNextShapes(DefaultColorStyle, value);
        }}
      />
      <ChoiceRow
        label={t('mark.thickness')}
        options={sizes.map((value) => ({ value, label: t(`sizes.${value}`) }))}
        value={isSize(size) ? size : null}
        onChange={(value) => {
          if (!value) return;
          editor.markHistoryStoppingPoint('thickness');
          editor.setStyleForSelectedShapes(DefaultSizeStyle, value);
          editor.setStyleForNextShapes(DefaultSizeStyle, value);
        }}
      />
    </section>
  );
}

function shared(editor: Editor, style: typeof DefaultColorStyle | typeof DefaultSizeStyle): unknown {
  const styles = editor.getSharedStyles().get(style);
  if (styles) return styles.type === 'shared' ? styles.value : null;
  return editor.getStyleForNextShape<string>(style);
}
