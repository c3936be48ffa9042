/** Runs once as the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const [{ readEnv }, { refuseOverreach }, { isUnavailable }] = await Promise.all([
      import('./server/env.ts'),
      import('./server/runtime-role.ts'),
      import('./server/unavailable.ts'),
    ]);
    // A database that is still starting is no reason to give up; its role is looked at again before the first answer.
    await refuseOverreach(readEnv()).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
    });
    const { endOpenStreamsAtStop } = await import('./api/http/open-streams.ts');
    endOpenStreamsAtStop();
  }
}
