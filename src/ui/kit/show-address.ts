/**
 * Puts an address into the bar without a visit to the server; the page follows as the router hears of it. The router listens from a
 * moment after the first press can count: until then the browser goes there by itself, or the page would stay and the address alone change.
 */
export function showAddress(href: string, how: 'push' | 'replace', state: object | null = null): void {
  const { history, location } = window;
  const isHeard = Object.hasOwn(history, 'pushState'); // the router's own, over the browser's
  if (how === 'push') {
    if (isHeard) history.pushState(state, '', href);
    else location.assign(href);
  } else if (isHeard) history.replaceState(state, '', href);
  else location.replace(href);
}
