/** Runs once as the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { endOpenStreams } = await import('./api/http/open-streams.ts');
  process.once('SIGTERM', endOpenStreams);
  process.once('SIGINT', endOpenStreams);
}
