/** What the editor needs of whoever keeps the drawing in step with the others; what it looks like is decided here, how it works isn't. */
import type { TLStore } from 'tldraw';
import type { DrawingAccess } from '../../../domain/scheme/wire.ts';
import type { OtherPerson } from '../drawing/surroundings.ts';

/** Why nothing more is drawn here, as far as a page needs to know. */
export type Ended =
  | 'closed'
  | 'otherGeneration'
  | 'revoked'
  | 'forbidden'
  | 'notFound'
  | 'tooLarge'
  | 'refused';

export interface LineState {
  /** `saved` and `saving` by the server's word alone. */
  keeping: 'connecting' | 'saving' | 'saved' | 'offline';
  /** Null until the server has said it. */
  access: DrawingAccess | null;
  others: readonly OtherPerson[];
  /** Why it ended for good; null while it goes on. */
  ended: Ended | null;
  canUndo: boolean;
  canRedo: boolean;
  /** What this device had kept from before was taken in. */
  hasMerged: boolean;
  /** It also keeps what was drawn on a beginning that was discarded since, and can't be taken in. */
  hasEarlier: boolean;
}

export interface DrawingLine {
  store: TLStore;
  read(): LineState;
  subscribe(changed: () => void): () => void;
  /** One's own last step, never anybody else's. */
  undo(): void;
  redo(): void;
  /** What follows is another step. */
  stop(): void;
  showCursor(at: { x: number; y: number } | null): void;
  showSelected(ids: readonly string[]): void;
  forgetEarlier(): void;
}
