import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startDb } from './db.ts';
import { migrate, runtimeRole, withClient } from './migrate.ts';

/** A migrated, empty database that nobody else uses; `close` leaves nothing behind. */
export interface ScratchDatabase {
  /** The owner's: it arranges the data and looks behind the application's back. */
  url: string;
  /** What the processes use: row security holds for it. */
  runtimeUrl: string;
  close(): Promise<void>;
}

/** The runtime role's URL on a server that lives only for tests; its password follows from the owner's, so nothing has to be kept. */
export function asRuntimeRole(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = runtimeRole;
  url.password = createHash('sha256').update(`tests ${url.password}`).digest('base64url');
  return url.href;
}

/**
 * Opens a scratch database: on the server of `TEST_DATABASE_URL` (a superuser's URL) where it is given,
 * otherwise on an embedded one of its own that ends with it. `durable`: one of its own that waits for the disk at every commit.
 */
export async function openScratchDatabase({ durable = false } = {}): Promise<ScratchDatabase> {
  const given = process.env.TEST_DATABASE_URL;
  if (given && !durable) return onServer(given, async () => undefined);
  const home = path.resolve(import.meta.dirname, '../.data');
  mkdirSync(home, { recursive: true });
  const dir = mkdtempSync(path.join(home, 'scratch-'));
  const server = await startDb({ dir, port: 5633, durable });
  return onServer(server.ownerUrl, async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
}

async function onServer(serverUrl: string, after: () => Promise<void>): Promise<ScratchDatabase> {
  const name = `dermis_scratch_${process.pid}_${randomBytes(4).toString('hex')}`;
  const admin = new URL(serverUrl);
  admin.pathname = '/postgres';
  const owner = new URL(serverUrl);
  owner.pathname = `/${name}`;
  const runtimeUrl = asRuntimeRole(owner.href);
  const close = async () => {
    await withClient(admin.href, (client) => client.query(`drop database if exists ${name} with (force)`));
    await after();
  };
  try {
    await withClient(admin.href, (client) => client.query(`create database ${name}`));
    await migrate({ ownerUrl: owner.href, runtimeUrl });
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { url: owner.href, runtimeUrl, close };
}
