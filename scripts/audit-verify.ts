// npm run audit:verify: whether the trail is what it was. Names every entry or seal that was changed, removed or added behind the
// seal, and how much of the trail no seal covers yet. Ends with 1 when something is wrong. With --keep-head, after a move that lost the
// kept head, the last seal that stands is kept as the latest.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createDb } from '../src/server/db.ts';
import { systemDb } from '../src/server/deps.ts';
import { keyFor } from '../src/server/keys.ts';
import { type Finding, keepStandingHead, verifyTrail } from '../src/server/trail/verify.ts';
import { openOwnDatabase } from './own-database.ts';
import { loadSecrets } from './secrets.ts';

const say = (finding: Finding): string => {
  switch (finding.kind) {
    case 'edited':
      return `entry ${finding.entryId} was changed after it was sealed`;
    case 'deleted':
      return `entry ${finding.entryId} was removed after it was sealed`;
    case 'slipped_in':
      return `entry ${finding.entryId} was written past the seal`;
    case 'seal_missing':
      return `seal ${finding.sealId} is missing`;
    case 'seal_forged':
      return `seal ${finding.sealId} was not made here, or not after the one before it`;
    case 'cut_off':
      return `the trail is cut off from seal ${finding.sealId} on`;
    case 'head_missing':
      return 'the latest head is not kept in DATA_DIR: bring trail-head.json back, or keep what stands with --keep-head';
  }
};

if (existsSync('.env')) process.loadEnvFile(path.resolve('.env'));
const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');
const database = await openOwnDatabase(dataDir);
const db = createDb(database.url, 2);
try {
  const key = keyFor(loadSecrets(dataDir).MASTER_KEY, 'trail');
  const system = systemDb(db, 'verify the trail');
  if (process.argv.includes('--keep-head'))
    console.log(
      (await keepStandingHead(system, key, dataDir))
        ? 'The head of the last seal is kept as the latest.'
        : 'There is no seal of this installation to keep.',
    );
  const { findings, sealCount, sealedCount, unsealed } = await verifyTrail(system, key, dataDir);
  for (const finding of findings) console.log(say(finding));
  const since = unsealed.oldestAt ? `, the oldest of ${unsealed.oldestAt.toISOString()}` : '';
  console.log(`${sealedCount} entries under ${sealCount} seals; ${unsealed.count} not sealed yet${since}`);
  console.log(findings.length === 0 ? 'The trail is whole.' : `${findings.length} findings.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await db.$disconnect();
  await database.stop();
}
