/** Whether somebody sits at this page: what it asks by itself while nobody does keeps nobody signed in. */
const awayAfterMs = 5 * 60_000;
let lastMovedAt = Date.now();
let isListening = false;

/** Watches for hands, once a page. */
function listen(): void {
  if (isListening || typeof window === 'undefined') return;
  isListening = true;
  const moved = () => {
    lastMovedAt = Date.now();
  };
  for (const sign of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const)
    window.addEventListener(sign, moved, { passive: true, capture: true });
}

export function isUnattended(): boolean {
  listen();
  return Date.now() - lastMovedAt > awayAfterMs;
}
