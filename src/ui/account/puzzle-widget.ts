/**
 * The puzzle's own parts, loaded when one is asked for: nothing of them comes from elsewhere, and what works the puzzle out is a file of
 * ours, because the policy of our pages allows no code that is written into them.
 */
import 'altcha/external';
import 'altcha/altcha.css';
import './puzzle-widget.css';

const algorithm = 'PBKDF2/SHA-256';
const workerUrl = new URL('../../../node_modules/altcha/dist/workers/pbkdf2.js', import.meta.url);
globalThis.$altcha.algorithms.set(algorithm, () => new Worker(workerUrl));

export interface PuzzleWords {
  label: string;
  verifying: string;
  verified: string;
  error: string;
  wait: string;
}

/**
 * Puts the puzzle into `place` and begins to solve it; `onSolved` is given what is to be sent. Where it fails, the person presses to
 * begin anew. The answer takes it away again.
 */
export function mountPuzzle(
  place: HTMLElement,
  options: {
    words: PuzzleWords;
    language: string;
    /** Asks for a fresh puzzle. */
    ask: () => Promise<unknown>;
    onSolved: (solution: string) => void;
  },
): () => void {
  const { words, language } = options;
  globalThis.$altcha.i18n.set(language, {
    label: words.label,
    verifying: words.verifying,
    verified: words.verified,
    error: words.error,
    expired: words.error,
    waitAlert: words.wait,
    verificationRequired: words.wait,
    loading: words.verifying,
    ariaLinkLabel: '',
    footer: '',
  });
  // For the widget that is made next: it begins as soon as it stands on the page.
  globalThis.$altcha.defaults.set({
    language,
    auto: 'onload',
    challenge: 'puzzle',
    fetch: async () => Response.json(await options.ask()),
    hideFooter: true,
    hideLogo: true,
    humanInteractionSignature: false,
  });
  const widget = document.createElement('altcha-widget');
  widget.addEventListener('verified', (event) => {
    if (event instanceof CustomEvent && typeof event.detail?.payload === 'string')
      options.onSolved(event.detail.payload);
  });
  place.append(widget);
  return () => widget.remove();
}
