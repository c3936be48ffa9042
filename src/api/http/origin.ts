/** A browser tells where a request comes from; on what changes something it must be us, to the letter. */
import { isLoopback } from '../../server/env.ts';

/** True where the Origin is missing or not ours. On loopback both names of the machine are ours, on the same port. */
export function isForeignOrigin(request: Request, appUrl: string): boolean {
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return true;
  const own = new URL(appUrl);
  if (origin === own.origin) return false;
  const given = new URL(origin);
  const bothLoopback = isLoopback(own.hostname) && isLoopback(given.hostname);
  return !(bothLoopback && given.protocol === own.protocol && given.host === request.headers.get('host'));
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The answer to what would change something at a stranger's word; null where the request may go on. */
export function refusedOrigin(request: Request, appUrl: string): Response | null {
  if (reading.has(request.method) || !isForeignOrigin(request, appUrl)) return null;
  return Response.json({ error: 'origin' }, { status: 403, headers: { 'cache-control': 'no-store' } });
}
