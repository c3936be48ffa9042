// npm run db:migrate -- NAME: writes a new migration from the difference between prisma/schema.prisma and the
// migrations, on a scratch database, without touching the clinic's. Edit it, then `npm start` applies it.
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDb } from './db.ts';
import { removeCluster } from './postgres-home.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run db:migrate -- name_in_lower_case');
  process.exit(2);
}
const dir = mkdtempSync(path.join(tmpdir(), 'dermis-migrate-'));
const server = await startDb({ dir: path.join(dir, 'postgres'), durable: false });
try {
  const run = spawnSync(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'migrate', 'dev', '--create-only', '--name', name],
    {
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: server.ownerUrl, DATABASE_OWNER_URL: server.ownerUrl },
    },
  );
  process.exitCode = run.status ?? 1;
  const written = globSync(`prisma/migrations/*_${name}/migration.sql`).at(-1);
  // Prisma doesn't know indexes that a migration wrote by hand, and proposes to drop them every time.
  if (written && /^DROP INDEX/m.test(readFileSync(written, 'utf8')))
    console.log(`\n${written} drops indexes: delete those lines unless you mean it.`);
} finally {
  await server.stop();
  removeCluster(path.join(dir, 'postgres'));
  rmSync(dir, { recursive: true, force: true });
}
