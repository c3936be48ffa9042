/** The body of a request, read up to a limit, whatever length it claims to have. */

/** Null where there is more. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null; // leaving the loop gives the rest up
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The same request with its body read up to a limit; null where there is more. For handlers that would read all of it. */
export async function boundedRequest(request: Request, maxBytes: number): Promise<Request | null> {
  // Never the framework's own object: its request is a stand-in that no other one can be made from.
  if (!request.body) return new Request(request.url, { method: request.method, headers: request.headers });
  const body = await readBody(request, maxBytes);
  return body && new Request(request.url, { method: request.method, headers: request.headers, body });
}
