import path from 'node:path';
import { runtimeUrlOf } from './database-service.ts';
import { startDb } from './db.ts';
import { prepareEmbedded } from './first-run.ts';
import { loadSecrets } from './secrets.ts';

/** The operator's database, or the embedded one of the data folder, joined where it runs and started where it doesn't: for commands. */
export async function openOwnDatabase(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  const server = await startDb({ dir: path.join(dataDir, 'postgres') });
  const secrets = loadSecrets(dataDir);
  const url = runtimeUrlOf(server.ownerUrl, secrets.DATABASE_APP_PASSWORD);
  await prepareEmbedded({ ownerUrl: server.ownerUrl, runtimeUrl: url }, dataDir, {
    ...process.env,
    ...secrets,
  });
  return { url, stop: () => server.stop() };
}
