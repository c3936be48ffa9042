/** A browser tells where a request comes from; on what changes something it must be us, to the letter. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True where the Origin is missing or not ours. On loopback both names of the machine are ours, on the same port. */
export function isForeignOrigin(request: Request, appUrl: string): boolean {
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return true;
  const own = new URL(appUrl);
  if (origin === own.origin) return false;
  const given = new URL(origin);
  const bothLoopback = loopback.has(own.hostname) && loopback.has(given.hostname);
  return !(bothLoopback && given.host === request.headers.get('host'));
}
