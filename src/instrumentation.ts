/** Runs once as the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { atStart } = await import('./api/http/at-start.ts');
    await atStart();
  }
}
