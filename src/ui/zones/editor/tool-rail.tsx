'use client';

import { useTranslations } from 'next-intl';
import { type Editor, useValue } from 'tldraw';
import { type ToolId, toolIds } from '../drawing/tools.ts';
import { SquareButton } from './square-button.tsx';
import type { Mirroring } from './mirroring.ts';

export const toolKeys: Readonly<Record<ToolId, string>> = {
  select: 'V',
  hand: 'H',
  injection: 'I',
  area: 'A',
  path: 'P',
  finding: 'F',
  draw: 'D',
  arrow: '⇧A',
  text: 'T',
  eraser: 'E',
};
const groups: readonly (readonly ToolId[])[] = [
  ['select', 'hand'],
  ['injection', 'area', 'path', 'finding'],
  ['draw', 'arrow', 'text', 'eraser'],
];
const guestGroups: readonly (readonly ToolId[])[] = [['draw', 'eraser', 'hand']];

export const isToolId = (id: string): id is ToolId => (toolIds as readonly string[]).includes(id);

/** At the thumb's edge: on the left, on a phone at the bottom. */
export function ToolRail(props: { editor: Editor; who: 'staff' | 'guest'; mirroring: Mirroring | null }) {
  const { editor } = props;
  const t = useTranslations('zones.editor');
  const current = useValue('tool', () => editor.getCurrentToolId(), [editor]);
  const isPenMode = useValue('pen mode', () => editor.getInstanceState().isPenMode, [editor]);
  const hasSelected = useValue('has selected', () => editor.getSelectedShapeIds().length > 0, [editor]);
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="flex shrink-0 gap-0.5 overflow-x-auto border-t border-line bg-surface px-1.5 py-1 [scrollbar-width:none] max-md:order-last max-md:pb-[max(0.25rem,env(safe-area-inset-bottom))] md:flex-col md:overflow-x-visible md:overflow-y-auto md:border-t-0 md:border-r md:px-1.5 md:py-2"
    >
      {(props.who === 'staff' ? groups : guestGroups).map((group) => (
        <div
          key={group[0]}
          className="flex gap-0.5 md:flex-col [&:not(:last-child)]:border-line max-md:[&:not(:last-child)]:border-r max-md:[&:not(:last-child)]:pr-0.5 md:[&:not(:last-child)]:border-b md:[&:not(:last-child)]:pb-1.5 md:[&:not(:first-child)]:pt-1"
        >
          {group.map((id) => (
            <SquareButton
              key={id}
              icon={id}
              label={t(`tools.${id}`)}
              keys={toolKeys[id]}
              pressed={current === id}
              onClick={() => editor.setCurrentTool(id)}
            />
          ))}
        </div>
      ))}
      {props.mirroring !== null && (
        <SquareButton
          icon="mirror"
          label={t('tools.mirror')}
          keys="M"
          disabled={!hasSelected}
          onClick={props.mirroring}
        />
      )}
      {isPenMode && (
        <SquareButton
          icon="finger"
          label={t('tools.finger')}
          onClick={() => editor.updateInstanceState({ isPenMode: false })}
        />
      )}
    </div>
  );
}
