// Fills an empty database with one believable clinic: `node prisma/seed.ts [now]`, DATABASE_URL and DEMO_PASSWORD given.
// Leaves a database that has a clinic alone. The last line says whom it made: {"accounts":[{"role","email"}]}.
import { createDb } from '../src/server/db.ts';
import { systemDb } from '../src/server/deps.ts';
import { seedClinic } from '../src/server/seed/clinic.ts';
import { seedDrawings } from '../src/server/seed/drawings.ts';

const { DATABASE_URL: databaseUrl, DEMO_PASSWORD: demoPassword } = process.env;
const now = process.argv[2] ? new Date(process.argv[2]) : new Date();
if (!databaseUrl || !demoPassword || Number.isNaN(now.getTime())) {
  console.error('Give DATABASE_URL and DEMO_PASSWORD, and as an argument an instant or nothing.');
  process.exit(2);
}
const db = createDb(databaseUrl, 2);
try {
  const accounts = await seedClinic(systemDb(db, 'seed'), { demoPassword, now });
  if (accounts) await seedDrawings(db, now);
  else console.log('This database has a clinic already; nothing was changed.');
  console.log(JSON.stringify({ accounts: accounts ?? [] }));
} finally {
  await db.$disconnect();
}
