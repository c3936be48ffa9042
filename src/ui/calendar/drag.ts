/**
 * Dragging on the grid, without React: a ghost follows the pointer, nothing else is touched until it is dropped, so a full
 * calendar stays as quick under the hand as an empty one. A finger holds for a moment first, or the page would never scroll.
 */
import { type Axis, minuteMs, pixelsPerMinute, snap, timeAt } from './geometry.ts';
import type { Block, Lane } from './types.ts';

export interface DragField {
  scroller: HTMLElement;
  /** The lanes' own box: its left edge is the first lane's. */
  body: HTMLElement;
  /** An empty layer inside of the body for the ghost. */
  layer: HTMLElement;
  lanes: readonly Lane[];
  laneWidth: number;
  axis: Axis;
  stepMinutes: number;
  ghostClass: string;
  label(startMs: number, endMs: number, lane: Lane): string;
  mayDrop(block: Block, from: Lane, to: Lane): boolean;
}

export type Grip =
  | { kind: 'move' | 'resize'; block: Block; lane: Lane; element: HTMLElement }
  | { kind: 'create'; lane: Lane };

export type Drop =
  | { kind: 'move'; block: Block; from: Lane; lane: Lane; startsAt: number }
  | { kind: 'resize'; block: Block; lane: Lane; endsAt: number }
  | { kind: 'create'; lane: Lane; startMs: number; endMs: number };

const slackPx = 4;
const holdMs = 350;
const edgePx = 48;
const edgeSpeed = 14;

/** Follows one pointer until it is let go; `onDrop` only where something came of it. */
export function beginDrag(
  down: PointerEvent,
  grip: Grip,
  field: DragField,
  onDrop: (drop: Drop) => void,
): void {
  const finger = down.pointerType === 'touch';
  let active = false;
  let x = down.clientX;
  let y = down.clientY;
  let frame = 0;
  let ghost: HTMLElement | undefined;
  let veil: HTMLElement | undefined;
  let drop: Drop | null = null;
  const grabbedAt = grip.kind === 'create' ? 0 : y - grip.element.getBoundingClientRect().top;
  /** How far above its edge the hand took hold. */
  const shortBy =
    grip.kind === 'resize' ? (grip.element.getBoundingClientRect().bottom - y) / pixelsPerMinute : 0;
  const firstTime = grip.kind === 'create' ? timeAt(grip.lane, yInBody(y), field.axis, field.stepMinutes) : 0;
  const holding = finger ? setTimeout(activate, holdMs) : undefined;

  /** Kept within the hours shown: nobody lets a visit go where it can't be seen. */
  function yInBody(clientY: number): number {
    const { top, height } = field.body.getBoundingClientRect();
    return Math.max(0, Math.min(height - 1, clientY - top));
  }

  function laneUnder(): Lane | undefined {
    const index = Math.floor((x - field.body.getBoundingClientRect().left) / field.laneWidth);
    return field.lanes[Math.max(0, Math.min(field.lanes.length - 1, index))];
  }

  function activate() {
    active = true;
    ghost = document.createElement('div');
    ghost.className = field.ghostClass;
    ghost.dataset.ghost = '';
    field.layer.append(ghost);
    if (grip.kind !== 'create') grip.element.dataset.dragged = '';
    // The hand's shape comes with a veil: on the page itself it would be inherited by everything, at the price of a frame.
    veil = document.createElement('div');
    veil.style.cssText = `position:fixed;inset:0;z-index:100;cursor:${grip.kind === 'resize' ? 'ns-resize' : 'grabbing'}`;
    document.body.append(veil);
    frame = requestAnimationFrame(follow);
  }

  function follow() {
    frame = requestAnimationFrame(follow);
    scrollAtEdges();
    drop = whatNow();
    draw(drop);
  }

  function scrollAtEdges() {
    const box = field.scroller.getBoundingClientRect();
    const push = (at: number, low: number, high: number) =>
      at < low + edgePx ? -edgeSpeed : at > high - edgePx ? edgeSpeed : 0;
    const down = push(y, box.top + edgePx, box.bottom);
    const right = grip.kind === 'move' ? push(x, box.left + edgePx, box.right) : 0;
    if (down !== 0 || right !== 0) field.scroller.scrollBy(right, down);
  }

  function whatNow(): Drop | null {
    const at = yInBody(y);
    if (grip.kind === 'create') {
      const end = timeAt(grip.lane, at, field.axis, field.stepMinutes) + field.stepMinutes * minuteMs;
      const startMs = Math.min(firstTime, end - field.stepMinutes * minuteMs);
      return {
        kind: 'create',
        lane: grip.lane,
        startMs,
        endMs: Math.max(end, firstTime + field.stepMinutes * minuteMs),
      };
    }
    const { block } = grip;
    if (grip.kind === 'resize') {
      const raw = grip.lane.dayStartMs + (field.axis.fromMinute + at / pixelsPerMinute + shortBy) * minuteMs;
      const shortest = block.startMs + 5 * minuteMs;
      const endsAt = Math.max(
        shortest,
        block.startMs + Math.round((raw - block.startMs) / (5 * minuteMs)) * 5 * minuteMs,
      );
      return { kind: 'resize', block, lane: grip.lane, endsAt };
    }
    const lane = laneUnder();
    if (!lane) return null;
    const raw =
      lane.dayStartMs + (field.axis.fromMinute + Math.max(0, at - grabbedAt) / pixelsPerMinute) * minuteMs;
    const sameClock = lane.dayStartMs + (block.startMs - grip.lane.dayStartMs);
    // Only sideways: a visit at 10:05 stays at 10:05.
    const stays = Math.abs(raw - sameClock) < (field.stepMinutes * minuteMs) / 2;
    const startsAt = stays ? sameClock : snap(lane, raw, field.stepMinutes);
    return { kind: 'move', block, from: grip.lane, lane, startsAt };
  }

  function draw(now: Drop | null) {
    if (!ghost || !now) return;
    const startMs =
      now.kind === 'move' ? now.startsAt : now.kind === 'resize' ? now.block.startMs : now.startMs;
    const endMs =
      now.kind === 'move'
        ? now.startsAt + (now.block.endMs - now.block.startMs)
        : now.kind === 'resize'
          ? now.endsAt
          : now.endMs;
    const left = field.lanes.indexOf(now.lane) * field.laneWidth;
    const top = ((startMs - now.lane.dayStartMs) / minuteMs - field.axis.fromMinute) * pixelsPerMinute;
    ghost.style.width = `${field.laneWidth - 6}px`;
    ghost.style.height = `${((endMs - startMs) / minuteMs) * pixelsPerMinute - 1}px`;
    ghost.style.transform = `translate(${left + 3}px, ${top}px)`;
    ghost.toggleAttribute('data-invalid', !allowed(now));
    const name = now.kind === 'create' ? '' : ` ${now.block.visit.client?.name ?? ''}`;
    const text = `${field.label(startMs, endMs, now.lane)}${name}`;
    if (ghost.textContent !== text) ghost.textContent = text;
  }

  const allowed = (now: Drop): boolean => now.kind !== 'move' || field.mayDrop(now.block, now.from, now.lane);

  const changes = (now: Drop): boolean => {
    if (now.kind === 'move') return now.startsAt !== now.block.startMs || now.lane !== now.from;
    return now.kind === 'create' || now.endsAt !== now.block.endMs;
  };

  function onMove(event: PointerEvent) {
    if (event.pointerId !== down.pointerId) return;
    x = event.clientX;
    y = event.clientY;
    const far = Math.hypot(x - down.clientX, y - down.clientY);
    if (active) return;
    if (finger) {
      if (far > slackPx * 2) end();
    } else if (far > slackPx) activate();
  }

  function onUp(event: PointerEvent) {
    if (event.pointerId !== down.pointerId) return;
    const result = active ? whatNow() : null;
    const wasActive = active;
    end();
    if (wasActive) swallowClick();
    if (result && allowed(result) && changes(result)) onDrop(result);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !active) return;
    event.preventDefault();
    event.stopPropagation();
    end();
    window.addEventListener('pointerup', swallowClick, { capture: true, once: true });
  }

  const onTouch = (event: TouchEvent) => {
    if (active) event.preventDefault();
  };
  const onMenu = (event: Event) => {
    if (active) event.preventDefault();
  };

  function end() {
    clearTimeout(holding);
    cancelAnimationFrame(frame);
    ghost?.remove();
    ghost = undefined;
    active = false;
    veil?.remove();
    veil = undefined;
    if (grip.kind !== 'create') delete grip.element.dataset.dragged;
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('touchmove', onTouch);
    window.removeEventListener('contextmenu', onMenu);
  }

  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('touchmove', onTouch, { passive: false });
  window.addEventListener('contextmenu', onMenu);
}

/** The click that follows letting go is no click. */
function swallowClick(): void {
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 50);
}
