/** A drawing shared with the others: document, binding and live line, as the editor's page sees them. */
import type { Presence } from '../../../domain/scheme/wire.ts';
import type { OtherPerson } from '../drawing/surroundings.ts';
import { makeStore } from '../drawing/tools.ts';
import type { EndReason, FetchTicket } from '../live/connection.ts';
import { IndexedShelf } from '../live/indexed-shelf.ts';
import { Shelf } from '../live/kept-on-device.ts';
import type { LiveLine } from '../live/live-line.ts';
import { openDrawing } from '../live/open-drawing.ts';
import type { DrawingLine, Ended, LineState } from './line.ts';

/** Whoever opened it says when it is over. */
export type OpenLine = DrawingLine & { close(): Promise<void> };

export interface LineWish {
  schemeId: string;
  generation: number;
  fetchTicket: FetchTicket;
  /** Whose strokes the device keeps while there is no network; null: it keeps none, as a guest's. */
  owner: string | null;
  /** A mark that may not lie in a scheme was taken back. */
  onRefused: () => void;
}

export async function openLine({ owner, ...wish }: LineWish): Promise<OpenLine> {
  const shelf =
    owner === null || typeof indexedDB === 'undefined'
      ? null
      : new Shelf(new IndexedShelf(), { owner, now: Date.now });
  const drawing = await openDrawing({ ...wish, ...(shelf ? { shelf } : {}) });
  const { line: live, found } = drawing;
  const store = makeStore();
  const { undo } = drawing.bind(store);
  let cursor: Presence['cursor'] = null;
  let selected: readonly string[] = [];
  let hasEarlier = found.earlier.length > 0;
  // The same list until somebody comes, goes or points: what shows it has nothing to do otherwise.
  let others = othersOf(live.others());
  const read = (): LineState => ({
    keeping: keepingOf(live.status.state),
    access: live.access,
    others,
    ended: live.status.state === 'closed' ? endedOf(live.status.reason) : null,
    canUndo: undo.state.canUndo,
    canRedo: undo.state.canRedo,
    hasMerged: found.mergedCount > 0,
    hasEarlier,
  });
  let state = read();
  const listeners = new Set<() => void>();
  const tell = () => {
    state = read();
    for (const listener of listeners) listener();
  };
  live.on('status', tell);
  live.on('others', (known) => {
    const next = othersOf(known);
    // One's own hand is told of here as well.
    if (JSON.stringify(next) === JSON.stringify(others)) return;
    others = next;
    tell();
  });
  live.on('access', tell);
  undo.subscribe(tell);
  const show = () => live.show({ cursor, selected: [...selected] });
  return {
    store,
    read: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    stop: () => undo.mark(),
    showCursor(at) {
      cursor = at;
      show();
    },
    showSelected(ids) {
      selected = ids;
      show();
    },
    forgetEarlier() {
      hasEarlier = false;
      tell();
      void found.forgetEarlier().catch(() => undefined);
    },
    close: () => drawing.close(),
  };
}

function keepingOf(state: LiveLine['status']['state']): LineState['keeping'] {
  if (state === 'opening') return 'connecting';
  return state === 'closed' ? 'saved' : state;
}

/** Only who the server has named: a presence says nothing of itself that counts. */
const othersOf = (others: ReadonlyMap<number, Presence>): OtherPerson[] =>
  [...others].flatMap(([client, { name, hue, kind, cursor, selected }]) =>
    name === undefined || hue === undefined || kind === undefined
      ? []
      : [{ key: String(client), name, hue, kind, cursor, selected }],
  );

function endedOf(reason: EndReason): Ended {
  if (reason.kind === 'closed')
    switch (reason.name) {
      case 'closed':
      case 'otherGeneration':
      case 'forbidden':
      case 'notFound':
      case 'tooLarge':
      case 'refused':
        return reason.name;
      default:
        return 'revoked';
    }
  switch (reason.refusal.code) {
    case 'scheme_closed':
      return 'closed';
    case 'forbidden':
      return 'forbidden';
    case 'not_found':
      return 'notFound';
    default:
      return 'revoked';
  }
}
