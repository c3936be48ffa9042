'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFormat } from '../../i18n/use-format.ts';
import { beginDrag, type Drop } from './drag.ts';
import { type Axis, axisHeight, axisWidth, headerHeight, pixelsPerMinute, topOf } from './geometry.ts';
import styles from './grid.module.css';
import { findSpot, neighbour, type Spot } from './grid-keys.ts';
import { LaneColumn } from './lane-column.tsx';
import { type LaneActions, LaneHeader } from './lane-header.tsx';
import type { Block, Lane } from './types.ts';
import { useWindow } from './use-window.ts';

export interface GridActions extends LaneActions {
  onOpen: (block: Block) => void;
  onMove: (block: Block, lane: Lane) => void;
  onDrop: (drop: Drop) => void;
  /** Null without the right to write into this column. */
  mayCreate: (lane: Lane) => boolean;
  mayDrop: (block: Block, from: Lane, to: Lane) => boolean;
}

interface DayGridProps {
  label: string;
  lanes: readonly Lane[];
  axis: Axis;
  isWeek: boolean;
  /** Local today of each lane's zone, to mark it. */
  today: string;
  withPlaces: boolean;
  stepMinutes: number;
  openVisitId: string | null;
  pending: ReadonlyMap<string, unknown>;
  /** A drawer covers so many pixels at the right: what lies under it can still be scrolled into sight. */
  coveredPx: number;
  /** Where to begin looking, epoch milliseconds, on the first lane's day. */
  lookAt: number | null;
  actions: GridActions;
}

const narrowLanePx = 150;
const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

/** Columns against hours. Only the columns in sight are made; one visit at a time takes part in the Tab order, arrows go on from it. */
export function DayGrid(props: DayGridProps) {
  const t = useTranslations('calendar');
  const { lanes, axis, isWeek, actions } = props;
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { laneWidth, range, measure } = useWindow(scroller, lanes.length, isWeek);
  const shown = lanes.slice(range[0], range[1]);
  const stopKey = shown.some(({ blocks }) => blocks.some(({ key }) => key === activeKey))
    ? activeKey
    : (shown.find(({ blocks }) => blocks.length > 0)?.blocks[0]?.key ?? null);
  const columnsPerDay = new Set(lanes.map(({ columnId, locationId }) => `${columnId}/${locationId}`)).size;

  const scrollToStart = useEffectEvent(() => {
    const [first] = lanes;
    if (!scroller.current || !first || props.lookAt === null) return;
    scroller.current.scrollTop = Math.max(0, topOf(first, props.lookAt, axis) - 60);
    const today = lanes.findIndex(({ date }) => date === props.today);
    if (isWeek && today > 0) scroller.current.scrollLeft = Math.max(0, (today - 1) * laneWidth);
  });
  useEffect(() => scrollToStart(), [isWeek]);
  // The first frame with visits in it: what the figures of the calendar are counted to.
  const isShown = shown.length > 0;
  useEffect(() => {
    if (!isShown) return;
    const frame = requestAnimationFrame(() => setTimeout(() => performance.mark('calendar-shown')));
    return () => cancelAnimationFrame(frame);
  }, [isShown]);

  const uncover = useEffectEvent(() => {
    const element = scroller.current;
    const lane = lanes.findIndex(({ blocks }) =>
      blocks.some(({ visit }) => visit.appointmentId === props.openVisitId),
    );
    if (!element || lane < 0 || props.coveredPx === 0) return;
    const right = (lane + 1) * laneWidth + axisWidth - (element.clientWidth - props.coveredPx);
    if (right > element.scrollLeft) element.scrollLeft = right;
  });
  useEffect(() => uncover(), [props.openVisitId, props.coveredPx]);

  function reveal(spot: Spot) {
    const element = scroller.current;
    if (!element) return;
    const left = spot.lane * laneWidth;
    const sight = element.clientWidth - axisWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + laneWidth > element.scrollLeft + sight) element.scrollLeft = left + laneWidth - sight;
    flushSync(() => {
      setActiveKey(spot.block.key);
      measure();
    });
    const target = element.querySelector<HTMLElement>(`[data-block="${CSS.escape(spot.block.key)}"]`);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function spotOf(target: EventTarget): Spot | null {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-block]') : null;
    return findSpot(lanes, element?.dataset.block ?? null);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const spot = spotOf(event.target);
    const lane = spot && lanes[spot.lane];
    if (!spot || !lane) return;
    if (arrows.includes(event.key)) {
      event.preventDefault();
      const next = neighbour(lanes, spot, event.key);
      if (next) reveal(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      actions.onOpen(spot.block);
    } else if (event.code === 'KeyM' && spot.block.movable) {
      event.preventDefault();
      actions.onMove(spot.block, lane);
    }
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    if (!scroller.current || !body.current || !layer.current) return;
    const field = {
      scroller: scroller.current,
      body: body.current,
      layer: layer.current,
      lanes,
      laneWidth,
      axis,
      stepMinutes: props.stepMinutes,
      ghostClass: styles.ghost ?? '',
      label: (startMs: number, endMs: number, lane: Lane) =>
        `${format.time(new Date(startMs), lane.zone)}–${format.time(new Date(endMs), lane.zone)}`,
      mayDrop: actions.mayDrop,
    };
    const spot = spotOf(event.target);
    const element = event.target.closest<HTMLElement>('[data-block]');
    if (spot && element) {
      const lane = lanes[spot.lane];
      if (!lane || !spot.block.movable) return;
      const kind = event.target.closest('[data-handle]') ? 'resize' : 'move';
      beginDrag(event.nativeEvent, { kind, block: spot.block, lane, element }, field, actions.onDrop);
      return;
    }
    const lane = lanes[Number(event.target.closest<HTMLElement>('[data-lane]')?.dataset.lane ?? -1)];
    if (lane && actions.mayCreate(lane))
      beginDrag(event.nativeEvent, { kind: 'create', lane }, field, actions.onDrop);
  }

  function onClick(event: React.MouseEvent) {
    const spot = spotOf(event.target);
    if (spot) {
      setActiveKey(spot.block.key);
      actions.onOpen(spot.block);
      return;
    }
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-lane]') : null;
    const lane = lanes[Number(element?.dataset.lane ?? -1)];
    if (!lane || !element || !actions.mayCreate(lane)) return;
    const minute = axis.fromMinute + (event.clientY - element.getBoundingClientRect().top) / pixelsPerMinute;
    const step = props.stepMinutes;
    const startMs = lane.dayStartMs + Math.floor(minute / step) * step * 60_000;
    actions.onDrop({ kind: 'create', lane, startMs, endMs: startMs + step * 60_000 });
  }

  const [first] = lanes;
  const hours = Array.from(
    { length: Math.round((axis.toMinute - axis.fromMinute) / 60) },
    (_, index) => axis.fromMinute + index * 60,
  );
  const width = axisWidth + lanes.length * laneWidth;
  return (
    // biome-ignore lint/a11y/useSemanticElements: columns of hours are no fieldset
    <div
      ref={scroller}
      className={`${styles.scroller} h-full`}
      data-grid=""
      role="group"
      aria-label={props.label}
      // Reachable for scrolling by keyboard even where nothing is booked.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take focus
      tabIndex={0}
    >
      <div style={{ width: width + props.coveredPx, minWidth: '100%' }}>
        <div
          className="sticky top-0 z-20 flex border-b border-line bg-surface"
          style={{ height: headerHeight }}
        >
          <div className="sticky left-0 z-10 shrink-0 bg-surface" style={{ width: axisWidth }} />
          <div className="relative min-w-0 flex-1">
            {shown.map((lane, index) => (
              <div
                key={lane.key}
                className="absolute inset-y-0"
                style={{ left: (range[0] + index) * laneWidth, width: laneWidth }}
              >
                <LaneHeader
                  lane={lane}
                  isWeek={isWeek}
                  isToday={lane.date === props.today}
                  withName={columnsPerDay > 1}
                  withPlace={props.withPlaces}
                  narrow={laneWidth < narrowLanePx}
                  actions={actions}
                />
              </div>
            ))}
          </div>
        </div>
        <div
          // What is inside answers by itself, this only listens.
          role="presentation"
          className="relative"
          style={{ height: axisHeight(axis) }}
          onPointerDown={onPointerDown}
          onClick={onClick}
          onKeyDown={onKeyDown}
        >
          <div
            aria-hidden="true"
            className="sticky left-0 z-10 bg-surface text-xs text-soft"
            style={{ width: axisWidth, height: axisHeight(axis) }}
          >
            {first !== undefined &&
              hours.map((minute, index) => (
                <span
                  key={minute}
                  data-tabular
                  className="absolute right-2"
                  style={{ top: (minute - axis.fromMinute) * pixelsPerMinute - (index === 0 ? 0 : 8) }}
                >
                  {format.time(new Date(first.dayStartMs + minute * 60_000), first.zone)}
                </span>
              ))}
          </div>
          <div
            ref={body}
            className="absolute inset-y-0"
            style={{ left: axisWidth, width: lanes.length * laneWidth }}
          >
            {shown.map((lane, index) => (
              <LaneColumn
                key={lane.key}
                lane={lane}
                index={range[0] + index}
                axis={axis}
                width={laneWidth}
                firstOfDay={isWeek && columnsPerDay > 1 && (range[0] + index) % columnsPerDay === 0}
                stopKey={lane.blocks.some(({ key }) => key === stopKey) ? stopKey : null}
                openVisitId={props.openVisitId}
                pending={props.pending}
              />
            ))}
            <div ref={layer} aria-hidden="true" />
          </div>
        </div>
        <p className="sr-only">{t('gridHelp')}</p>
      </div>
    </div>
  );
}
