/** Lots and notes by mark id: the staff's alone, kept beside the document that guests receive. */
export interface Besides {
  lotOf(markId: string): string | null;
  lotNumber(lotId: string): string | null;
  noteOf(markId: string): string;
  /** What the next marks with this product are made from. */
  nextLot(productId: string): string | null;
  /** Of these marks; of the next ones with this product where there are none. */
  chooseLot(productId: string, lotId: string | null, markIds: readonly string[]): void;
  setNote(markIds: readonly string[], note: string): void;
  /** A mark made of another has its lot. */
  copyLot(markId: string, lotId: string): void;
  /** Lots of marks that have another product now. */
  forget(markIds: readonly string[]): void;
}
