/** Requests as browsers send them, over HTTP, to the API and the route handlers beside it. */
import { at, wire } from '../support/api-call.ts';
import { appUrl } from '../support/api-server.ts';
import type { DeclaredProcedure } from './procedures.ts';

export interface Heard {
  /** 0 where the answer broke off. */
  status: number;
  /** Headers that a page could read, and the body, as one text. */
  text: string;
  refusalCode: string | null;
}

const listenMs = 250;
const cutOff = 'the answer was cut off';

/** All of a body that ends; of a stream what comes within a quarter of a second. */
async function bodyOf(response: Response, isStream: boolean): Promise<string> {
  if (!isStream || !response.body) return response.text().catch(() => cutOff);
  const reader = response.body.getReader();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), listenMs);
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  clearTimeout(timer);
  return text;
}

export async function fetched(url: string, init: RequestInit, isStream = false): Promise<Heard> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const body = await bodyOf(response, isStream && response.ok);
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // a file or a page
  }
  const code = at(parsed, 'error', 'json', 'data', 'refusal', 'code') ?? at(parsed, 'refusal', 'code');
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return {
    status: body === cutOff ? 0 : response.status,
    text: `${headers}\n\n${body}`,
    refusalCode: typeof code === 'string' ? code : null,
  };
}

/** Calls a procedure with what `aimed` made. */
export function ask(
  origin: string,
  { path, type }: Pick<DeclaredProcedure, 'path' | 'type'>,
  input: unknown,
  cookie: string,
): Promise<Heard> {
  if (type === 'mutation')
    return fetched(`${origin}/api/trpc/${path}`, {
      method: 'POST',
      headers: { origin: appUrl, 'content-type': 'application/json', cookie },
      body: wire(input),
    });
  const isStream = type === 'subscription';
  const url = `${origin}/api/trpc/${path}?input=${encodeURIComponent(wire(input).toWellFormed())}`;
  const accept = isStream ? 'text/event-stream' : 'application/json';
  return fetched(url, { headers: { cookie, accept } }, isStream);
}
