/**
 * A JSON answer, compressed where the browser takes it: Next compresses pages, not routes, and a fortnight of free times
 * is 40 kB bare and 3 kB so. Streams stay as they are: a compressor would hold back what is to be seen at once.
 */
export function compressed(request: Request, answer: Response): Response {
  const { headers: asked } = request;
  const takes = /\bgzip\b/.test(asked.get('accept-encoding') ?? '');
  const streams =
    (asked.get('trpc-accept') ?? '').startsWith('application/jsonl') ||
    (asked.get('accept') ?? '').startsWith('text/event-stream');
  const isJson = (answer.headers.get('content-type') ?? '').startsWith('application/json');
  if (!takes || streams || !isJson || !answer.body) return answer;
  const headers = new Headers(answer.headers);
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'accept-encoding');
  headers.delete('content-length');
  return new Response(answer.body.pipeThrough(new CompressionStream('gzip')), {
    status: answer.status,
    statusText: answer.statusText,
    headers,
  });
}
