/** What a supervisor or proxy asks: GET /livez (the process answers) and GET /readyz (it can serve: its database answers, too). */
import type { Server } from '../deps.ts';

const ok = () =>
  new Response('ok\n', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });

export const handleLiveness = async (): Promise<Response> => ok();

/** Throws what says `busy` where the database is away: whoever serves it answers 503. */
export async function handleReadiness({ deps }: { deps: Pick<Server['deps'], 'db'> }): Promise<Response> {
  await deps.db.$queryRaw`SELECT 1`;
  return ok();
}
