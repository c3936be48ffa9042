/** Where things stand on the grid: pure arithmetic, minutes elapsed since the local day began against pixels. */
import type { Block, Lane, Span } from './types.ts';

export const minuteMs = 60_000;
/** The lines of grid.module.css stand an hour (84 px) and a quarter (21 px) apart. */
export const pixelsPerMinute = 1.4;
export const axisWidth = 56;
export const headerHeight = 56;
const narrowestLane = 128;
const narrowestWeekLane = 104;

/** Which minutes of the day are shown, elapsed since its beginning. */
export interface Axis {
  fromMinute: number;
  toMinute: number;
}

const minutesIn = (lane: Lane, ms: number): number => (ms - lane.dayStartMs) / minuteMs;

/**
 * The hours worth showing: everything open or booked, an hour more on either side for what is done outside of hours.
 * Whole hours; a day without anything shows 8 to 20.
 */
export function axisOf(lanes: readonly Lane[]): Axis {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const lane of lanes) {
    const longest = (lane.dayEndMs - lane.dayStartMs) / minuteMs;
    for (const { startMs, endMs } of [...lane.open, ...lane.blocks]) {
      const start = Math.max(0, minutesIn(lane, startMs));
      const end = Math.min(longest, minutesIn(lane, endMs));
      if (end <= start) continue;
      from = Math.min(from, start);
      to = Math.max(to, end);
    }
  }
  if (from >= to) return { fromMinute: 8 * 60, toMinute: 20 * 60 };
  return {
    fromMinute: Math.max(0, Math.floor(from / 60 - 1) * 60),
    toMinute: Math.min(25 * 60, Math.ceil(to / 60 + 1) * 60),
  };
}

export const axisHeight = (axis: Axis): number => (axis.toMinute - axis.fromMinute) * pixelsPerMinute;

export function laneWidthFor(viewportWidth: number, lanes: number, isWeek: boolean): number {
  const room = Math.max(0, viewportWidth - axisWidth);
  const narrowest = isWeek ? narrowestWeekLane : narrowestLane;
  return Math.max(narrowest, Math.floor(room / Math.max(1, lanes)));
}

/** Pixels from the top of the grid's body. */
export const topOf = (lane: Pick<Lane, 'dayStartMs'>, ms: number, axis: Axis): number =>
  ((ms - lane.dayStartMs) / minuteMs - axis.fromMinute) * pixelsPerMinute;

export const heightOf = ({ startMs, endMs }: Span): number =>
  ((endMs - startMs) / minuteMs) * pixelsPerMinute;

/** The instant under a pixel, down to whole steps since the day began. */
export function timeAt(lane: Pick<Lane, 'dayStartMs'>, y: number, axis: Axis, stepMinutes: number): number {
  const minute = axis.fromMinute + y / pixelsPerMinute;
  return lane.dayStartMs + Math.floor(minute / stepMinutes) * stepMinutes * minuteMs;
}

/** The nearest whole step to an instant, counted from the day's beginning. */
export function snap(lane: Pick<Lane, 'dayStartMs'>, ms: number, stepMinutes: number): number {
  const step = stepMinutes * minuteMs;
  return lane.dayStartMs + Math.round((ms - lane.dayStartMs) / step) * step;
}

/** The part of a stretch that lies within the axis; null where nothing does. */
export function clip(lane: Pick<Lane, 'dayStartMs'>, span: Span, axis: Axis): Span | null {
  const startMs = Math.max(span.startMs, lane.dayStartMs + axis.fromMinute * minuteMs);
  const endMs = Math.min(span.endMs, lane.dayStartMs + axis.toMinute * minuteMs);
  return startMs < endMs ? { startMs, endMs } : null;
}

type Unplaced = Omit<Block, 'place' | 'places'>;

/** Puts blocks that overlap side by side; all of one cluster share its width evenly. */
export function placeBlocks(blocks: readonly Unplaced[]): Block[] {
  const sorted = [...blocks].sort(
    (a, b) => a.startMs - b.startMs || a.endMs - b.endMs || (a.key < b.key ? -1 : 1),
  );
  const placed: Block[] = [];
  let cluster: Block[] = [];
  let ends: number[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const block of cluster) placed.push({ ...block, places: ends.length });
    cluster = [];
    ends = [];
  };
  for (const block of sorted) {
    if (block.startMs >= clusterEnd) close();
    const free = ends.findIndex((end) => end <= block.startMs);
    const place = free < 0 ? ends.length : free;
    ends[place] = block.endMs;
    clusterEnd = Math.max(cluster.length === 0 ? Number.NEGATIVE_INFINITY : clusterEnd, block.endMs);
    cluster.push({ ...block, place, places: 1 });
  }
  close();
  return placed;
}

/** What lies between two stretches of opening hours of one day: breaks. */
export function breaksOf(open: readonly Span[]): Span[] {
  const sorted = [...open].sort((a, b) => a.startMs - b.startMs);
  return sorted.flatMap((span, index) => {
    const before = sorted[index - 1];
    return before && before.endMs < span.startMs ? [{ startMs: before.endMs, endMs: span.startMs }] : [];
  });
}

/** The stretches of the axis outside of the hours, breaks left to `breaksOf`. */
export function closedOf(lane: Lane, axis: Axis): Span[] {
  const first = lane.dayStartMs + axis.fromMinute * minuteMs;
  const last = lane.dayStartMs + axis.toMinute * minuteMs;
  if (lane.open.length === 0) return [{ startMs: first, endMs: last }];
  const opens = Math.min(...lane.open.map(({ startMs }) => startMs));
  const closes = Math.max(...lane.open.map(({ endMs }) => endMs));
  return [
    { startMs: first, endMs: Math.min(opens, last) },
    { startMs: Math.max(closes, first), endMs: last },
  ].filter(({ startMs, endMs }) => startMs < endMs);
}

/** The free stretches of a lane's hours: neither booked nor away. For the phone's agenda. */
export function freeOf(lane: Lane): Span[] {
  const taken: Span[] = [
    ...lane.away,
    ...lane.blocks.map((block) => ({
      startMs: block.startMs - block.bufferBeforeMinutes * minuteMs,
      endMs: block.endMs + block.bufferAfterMinutes * minuteMs,
    })),
  ].sort((a, b) => a.startMs - b.startMs);
  return lane.open.flatMap((open) => {
    const free: Span[] = [];
    let cursor = open.startMs;
    for (const { startMs, endMs } of taken) {
      if (endMs <= cursor || startMs >= open.endMs) continue;
      if (startMs > cursor) free.push({ startMs: cursor, endMs: startMs });
      cursor = Math.max(cursor, endMs);
    }
    if (cursor < open.endMs) free.push({ startMs: cursor, endMs: open.endMs });
    return free;
  });
}
