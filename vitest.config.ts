import { defineConfig } from 'vitest/config';

/** A test is ended where it hangs, not where the machine is busy: nothing here measures time. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Suites on a real database share one server; each file clones its own database from a template. */
const onDatabase = { globalSetup: ['tests/support/global-setup.ts'], ...patience };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    environment: 'node',
    projects: [
      {
        extends: true,
        test: { name: 'domain', include: ['tests/domain/**/*.test.ts'], ...patience },
      },
      { extends: true, test: { name: 'zones', include: ['tests/zones/**/*.test.ts'], ...patience } },
      { extends: true, test: { name: 'boundaries', include: ['tests/*.test.ts'], ...patience } },
      { extends: true, test: { name: 'server', include: ['tests/server/**/*.test.ts'], ...onDatabase } },
      {
        extends: true,
        test: { name: 'api', include: ['tests/api/**/*.test.ts', 'tests/api/**/*.test.tsx'], ...onDatabase },
      },
      { extends: true, test: { name: 'collab', include: ['tests/collab/**/*.test.ts'], ...onDatabase } },
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
