/** Between whatever is refused until it is proven who sends it, and the one dialog that asks for the proof. */
interface Asking {
  proven: Promise<boolean>;
  answer: (isProven: boolean) => void;
}

let asking: Asking | null = null;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** True once it is proven; false where that was left, or nobody is there to ask. Asked by several at once it asks once. */
export function askForProof(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  if (asking === null) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    asking = { proven: promise, answer: resolve };
    tell();
  }
  return asking.proven;
}

export const proofStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isAsked: () => asking !== null,
  /** A second answer changes nothing. */
  answer(isProven: boolean) {
    asking?.answer(isProven);
    asking = null;
    tell();
  },
};
