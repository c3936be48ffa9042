import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

if (existsSync('.env')) process.loadEnvFile('.env');

// The CLI would download an engine binary; the same engine is published as WebAssembly on npm, so it is answered
// by that instead and works without a network. A mirror of one's own still wins.
if (process.platform !== 'win32' && !process.env.PRISMA_ENGINES_MIRROR)
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL('./scripts/schema-engine.mjs', import.meta.url),
  );

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource: {
    // Migrations are the owner's; the processes connect as the unprivileged runtime role (DATABASE_URL).
    url: process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL ?? '',
    shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL,
  },
});
