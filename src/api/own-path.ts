/** Where to go next, as far as it is a place of ours: everything else an address may ask for leads to the start page. */
const here = 'http://own.invalid';

/** A path on this origin, relative, so that both loopback names of a machine stay what they are. */
export function ownPath(wish: string | null | undefined, otherwise = '/'): string {
  if (!wish || !URL.canParse(wish, here)) return otherwise;
  const { origin, pathname, search } = new URL(wish, here);
  // `/..//elsewhere` begins with one slash and comes to two: a browser would leave for another host.
  const isOwn = origin === here && wish.startsWith('/') && !pathname.startsWith('//');
  return isOwn ? `${pathname}${search}` : otherwise;
}
