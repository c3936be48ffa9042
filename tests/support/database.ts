import { afterAll, beforeAll } from 'vitest';
import { createDb, type Db } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { asRuntimeRole, cloneTemplate, dropDatabase } from './template.ts';

export interface TestDatabase {
  /** Owns everything: for arranging and for looking behind the application's back. */
  ownerUrl: string;
  /** What the processes use. */
  runtimeUrl: string;
  /** A client as the runtime role, with the system's hand: for arranging; what is tried acts as somebody (`by`). */
  db: Db;
  drop(): Promise<void>;
}

/** A freshly cloned, migrated and empty database. The caller drops it. */
export async function openTestDatabase(poolSize = 10): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  const template = process.env.DERMIS_TEST_TEMPLATE;
  if (!serverUrl || !template) throw new Error('Tests on the database run through vitest’s global set-up.');
  const ownerUrl = await cloneTemplate(serverUrl, template);
  const runtimeUrl = asRuntimeRole(ownerUrl);
  const db = systemDb(createDb(runtimeUrl, poolSize), 'tests');
  return {
    ownerUrl,
    runtimeUrl,
    db,
    async drop() {
      await db.$disconnect();
      await dropDatabase(ownerUrl);
    },
  };
}

/**
 * One database for the whole test file, made before its first test and dropped after its last:
 * `const database = fileDatabase();` and then `database().db` inside of tests.
 */
export function fileDatabase(poolSize = 10): () => TestDatabase {
  let opened: TestDatabase | undefined;
  beforeAll(async () => {
    opened = await openTestDatabase(poolSize);
  });
  afterAll(async () => {
    await opened?.drop();
  });
  return () => {
    if (!opened) throw new Error('The database exists inside of tests and hooks only.');
    return opened;
  };
}
