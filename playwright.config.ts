import { defineConfig, devices } from '@playwright/test';
import { browserArgs } from './scripts/browser.ts';

// `npm test` chooses the port and a data folder of its own; by hand: npx playwright test
const port = Number(process.env.E2E_PORT ?? 3190);
const dataDir = process.env.E2E_DATA_DIR ?? '.data/e2e';
// for the accounts of the clinic that the run seeds for itself
process.env.DEMO_PASSWORD ??= 'kuvo-rami-selo-tanu';
process.env.E2E_BASE_URL = `http://localhost:${port}`;
/** The same clinic through a second web process: what is written through one must show in the other. */
process.env.E2E_SECOND_URL = `http://localhost:${port + 2}`;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: process.env.E2E_OUTPUT_DIR ?? 'test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  // Room for a busy machine: what is judged here is what happens, never how fast.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    // Pictures of every step would cost a fifth of the run; one of the end is enough beside the snapshots.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { args: browserArgs, executablePath: process.env.PW_CHROMIUM || undefined },
  },
  webServer: {
    command: 'node scripts/start.ts --web 2',
    url: `http://localhost:${port}`,
    timeout: 600_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: process.env.CI ? 'ignore' : 'pipe',
    stderr: 'pipe',
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO_PASSWORD: process.env.DEMO_PASSWORD,
      NEXT_DIST_DIR: process.env.NEXT_DIST_DIR ?? '.next-test',
      HOST: '127.0.0.1',
    },
  },
});
