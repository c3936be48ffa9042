/** When to try again: soon at first, later each time, never all pages at once. */
const firstMs = 600;
const shortestMs = 300;
const longestMs = 10_000;

export function waitBeforeTry(tries: number, random: () => number): number {
  const most = Math.min(longestMs, firstMs * 2 ** tries);
  return shortestMs + random() * (most - shortestMs);
}

/** A server that ends sends everybody on at the same moment; another is there already. */
export const waitAfterGoingAway = (random: () => number): number => random() * shortestMs;

export interface Surroundings {
  /** The network is back, or somebody looks at the page again. */
  onWake(wake: () => void): () => void;
  onOffline(lost: () => void): () => void;
}

export const browserSurroundings = (): Surroundings => ({
  onWake(wake) {
    const seen = () => document.visibilityState === 'visible' && wake();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', seen);
    };
  },
  onOffline(lost) {
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  },
});

const nothing = () => () => undefined;
export const surroundingsHere = (): Surroundings =>
  typeof window === 'undefined' ? { onWake: nothing, onOffline: nothing } : browserSurroundings();
