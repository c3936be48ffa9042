'use client';

import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { type Axis, clip, heightOf, minuteMs, pixelsPerMinute, topOf } from './geometry.ts';
import styles from './grid.module.css';
import { HoldLeft } from './hold-left.tsx';
import { asAppointmentStatus, statusMarks } from './status.ts';
import type { Block, Lane } from './types.ts';

type BlockStyle = CSSProperties & Record<'--block-hue' | '--block-soft' | '--block-ink', string>;

interface VisitBlockProps {
  block: Block;
  lane: Lane;
  axis: Axis;
  /** The one block the Tab key stops at. */
  isStop: boolean;
  isOpen: boolean;
  isPending: boolean;
}

/** What somebody may not see is taken time without a name. */
export const isNameless = ({ visit }: Pick<Block, 'visit'>): boolean =>
  visit.client === null && visit.status !== 'held';

const hidden = (hue: number): BlockStyle => ({
  '--block-hue': `var(--hue-${hue})`,
  '--block-soft': `var(--hue-${hue}-soft)`,
  '--block-ink': `var(--hue-${hue}-ink)`,
});
const greyed: BlockStyle = {
  '--block-hue': 'var(--line-strong)',
  '--block-soft': 'var(--surface-sunken)',
  '--block-ink': 'var(--ink-soft)',
};

const twoLinesPx = 34;
const threeLinesPx = 52;

export function VisitBlock({ block, lane, axis, isStop, isOpen, isPending }: VisitBlockProps) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const shown = clip(lane, block, axis);
  if (!shown) return null;
  const { visit } = block;
  const status = asAppointmentStatus(visit.status);
  const nameless = isNameless(block);
  const start = format.time(new Date(block.startMs), lane.zone);
  const end = format.time(new Date(block.endMs), lane.zone);
  const services =
    nameless || status === 'held' ? '' : visit.items.map(({ serviceName }) => serviceName).join(' + ');
  const name = status === 'held' ? t('held') : nameless ? t('busy') : (visit.client?.name ?? '');
  const height = Math.max(14, heightOf(shown) - 1);
  const width = 100 / block.places;
  const left = `calc(${block.place * width}% + 3px)`;
  const tint = nameless || status === 'held' ? greyed : hidden(block.hue);
  const buffer = (atMs: number, minutes: number) =>
    minutes > 0 && (
      <span
        className={styles.buffer}
        style={{
          ...tint,
          left,
          width: `calc(${width}% - 6px)`,
          top: topOf(lane, atMs, axis),
          height: minutes * pixelsPerMinute,
        }}
      />
    );
  return (
    <>
      {buffer(block.startMs - block.bufferBeforeMinutes * minuteMs, block.bufferBeforeMinutes)}
      {buffer(block.endMs, block.bufferAfterMinutes)}
      {/* biome-ignore lint/a11y/useSemanticElements: a button can't hold the resizing handle in every browser */}
      <div
        role="button"
        tabIndex={isStop ? 0 : -1}
        className={styles.block}
        data-block={block.key}
        data-visit={visit.appointmentId}
        data-status={status}
        data-open={isOpen ? '' : undefined}
        data-pending={isPending ? '' : undefined}
        style={{
          ...tint,
          top: topOf(lane, shown.startMs, axis),
          height,
          left,
          width: `calc(${width}% - 6px)`,
        }}
      >
        <span className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 flex-1 truncate">
            {height < twoLinesPx && <span>{start} </span>}
            <span className={styles.name}>{name}</span>
          </span>
          {visit.note !== null && <Icon name="messages" size={12} className="shrink-0" />}
          {status !== 'booked' && !nameless && (
            <Icon name={statusMarks[status].icon} size={13} className="shrink-0" />
          )}
        </span>
        {height >= twoLinesPx && (
          <span className="block truncate">
            {start}–{end}
            {status === 'held' && visit.heldUntil !== null && <HoldLeft until={visit.heldUntil} />}
          </span>
        )}
        {height >= threeLinesPx && services !== '' && <span className="block truncate">{services}</span>}
        <span className="sr-only">
          {height < twoLinesPx && `–${end}`}
          {height < threeLinesPx && services !== '' && `, ${services}`}
          {`, ${t(`statuses.${status}`)}, ${lane.name}`}
        </span>
        {block.movable && block.resizable && <span className={styles.handle} data-handle="" />}
      </div>
    </>
  );
}
