/** One call of the API as a browser sends it, straight to the handler. */
import superjson from 'superjson';
import type { Server } from '../../src/api/deps.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { appUrl } from './api-server.ts';

export interface Answer {
  status: number;
  body: string;
  /** The procedure's value; undefined on a refusal. */
  value: unknown;
  refusalCode: string | null;
}

export function at(value: unknown, ...keys: string[]): unknown {
  let current = value;
  for (const key of keys)
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
  return current;
}

export async function read(response: Response): Promise<Answer> {
  const body = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = null;
  }
  const data = at(parsed, 'result', 'data');
  const code = at(parsed, 'error', 'json', 'data', 'refusal', 'code');
  return {
    status: response.status,
    body,
    value: data === undefined ? undefined : superjson.deserialize(data as never),
    refusalCode: typeof code === 'string' ? code : null,
  };
}

/** The body as it goes over the wire. */
export const wire = (input: unknown): string => JSON.stringify(superjson.serialize(input));

/** `rawBody` goes out as it is; otherwise the input is serialised as the client does. */
export async function call(
  server: Server,
  type: 'query' | 'mutation',
  path: string,
  message: { input?: unknown; rawBody?: string; cookie?: string; headers?: Record<string, string> },
): Promise<Answer> {
  const body = message.rawBody ?? wire(message.input);
  const url = `${appUrl}/api/trpc/${path}${type === 'query' ? `?input=${encodeURIComponent(body.toWellFormed())}` : ''}`;
  const request = new Request(url, {
    method: type === 'query' ? 'GET' : 'POST',
    headers: {
      origin: appUrl,
      host: 'localhost:3000',
      'content-type': 'application/json',
      ...(message.cookie ? { cookie: message.cookie } : {}),
      ...message.headers,
    },
    ...(type === 'query' ? {} : { body }),
  });
  return read(await handleTrpc(request, server));
}
