import { defineConfig } from 'vitest/config';

/** Suites on a real database share one server; each file clones its own database from a template. */
const onDatabase = {
  globalSetup: ['tests/support/global-setup.ts'],
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    environment: 'node',
    projects: [
      {
        extends: true,
        test: { name: 'domain', include: ['tests/domain/**/*.test.ts'], testTimeout: 20_000 },
      },
      { extends: true, test: { name: 'boundaries', include: ['tests/*.test.ts'] } },
      { extends: true, test: { name: 'server', include: ['tests/server/**/*.test.ts'], ...onDatabase } },
      {
        extends: true,
        test: { name: 'api', include: ['tests/api/**/*.test.ts', 'tests/api/**/*.test.tsx'], ...onDatabase },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: ['tests/house/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
