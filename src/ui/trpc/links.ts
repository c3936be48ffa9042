import { httpLink } from '@trpc/client';
import { type ApiLinks, apiPath } from './client.ts';
import { plainTransformer } from './plain-transformer.ts';
import { provingLink } from './proving-link.ts';
import { noteServerTime } from './server-clock.ts';

async function timedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, init);
  noteServerTime(answer.headers.get('date'));
  return answer;
}

/**
 * What clients' pages need: one call, one request. They rarely ask two things at once, so batches, uploads and open
 * streams would only add to their script; and an answer of its own may set the session's cookie.
 */
export const portalLinks = (): ApiLinks => [
  provingLink,
  httpLink({ url: apiPath, transformer: plainTransformer, fetch: timedFetch }),
];
