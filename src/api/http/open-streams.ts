/**
 * An open event stream would keep the process from ending at SIGTERM. Every stream's signal is joined with one
 * that ends with the process. It lives on globalThis because routes and instrumentation are bundled apart.
 */
const kept = globalThis as typeof globalThis & { dermisStopping?: AbortController };

function stopping(): AbortController {
  kept.dermisStopping ??= new AbortController();
  return kept.dermisStopping;
}

/** Aborts when the reader leaves or the process is asked to stop, whichever is first. */
export const streamSignal = (reader: AbortSignal): AbortSignal =>
  AbortSignal.any([reader, stopping().signal]);

/** Ends every open stream and any that opens later; a second call changes nothing. */
export const endOpenStreams = (): void => stopping().abort();

/** Call once as the process starts. */
export function endOpenStreamsAtStop(): void {
  process.once('SIGTERM', endOpenStreams);
  process.once('SIGINT', endOpenStreams);
}
