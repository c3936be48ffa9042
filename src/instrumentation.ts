/** Runs once as the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { endOpenStreamsAtStop } = await import('./api/http/open-streams.ts');
    endOpenStreamsAtStop();
  }
}
