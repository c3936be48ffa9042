/** Files to import, made on the spot, and the work of the importer in front of a test database. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { claimingStatuses } from '../../src/domain/appointment.ts';
import type { ImportKind } from '../../src/domain/import-kinds.ts';
import type { ImportSettings } from '../../src/domain/import-settings.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Deps } from '../../src/server/deps.ts';
import type { Batch } from '../../src/server/imports/batch.ts';
import { importSalon } from '../../src/server/imports/salon.ts';
import { runFile } from '../../src/server/imports/run-file.ts';

import { addClinic, openDeps, type TestClinic } from './clinic.ts';
import { fixedClock } from './clock.ts';
import { openTestDatabase } from './database.ts';
import { by } from './by.ts';

export const importer: Actor = { kind: 'system', task: 'import' };

export interface Folder {
  path: string;
  write(name: string, content: string | Buffer): string;
  remove(): void;
}

export function tempFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'dermis-import-'));
  return {
    path: folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Bringing {
  kind: ImportKind;
  file: string;
  settings?: Partial<ImportSettings>;
  dryRun?: boolean;
}

/** Brings, checks and runs one file; a refusal is thrown, since here nothing should be refused. */
export async function bring(
  deps: Deps,
  folder: Folder,
  { kind, file, settings = {}, dryRun = false }: Bringing,
): Promise<Batch> {
  const run = await by(runFile, deps, importer, {
    dataDir: folder.path,
    path: file,
    fileName: path.basename(file),
    kind,
    dryRun,
    adjust: (suggested) => ({ ...suggested, ...settings }),
  });
  if (!run.ok) throw new Error(JSON.stringify(run.refusal));
  return run.value;
}

/** The refusal of a file that must be refused. */
export async function refusalOf(deps: Deps, folder: Folder, bringing: Bringing): Promise<Refusal> {
  const run = await by(runFile, deps, importer, {
    dataDir: folder.path,
    path: bringing.file,
    fileName: path.basename(bringing.file),
    kind: bringing.kind,
    adjust: (suggested) => ({ ...suggested, ...bringing.settings }),
  });
  if (run.ok) throw new Error(`not refused: ${run.value.status}`);
  return run.refusal;
}

export interface ImportStage {
  deps: Deps;
  clinic: TestClinic;
}

async function openStage(): Promise<ImportStage & { close(): Promise<void> }> {
  const database = await openTestDatabase();
  const deps = await openDeps(database, fixedClock('2026-06-03T07:00:00Z'));
  return {
    deps,
    clinic: await addClinic(deps.db),
    async close() {
      await deps.close();
      await database.drop();
    },
  };
}

/** A clinic of its own for every test of the file: imports leave codes and keys behind. */
export function importStage(): () => ImportStage {
  let stage: ImportStage | undefined;
  beforeEach(async () => {
    const opened = await openStage();
    stage = opened;
    return () => opened.close();
  });
  return () => {
    if (!stage) throw new Error('The stage stands inside of tests only.');
    return stage;
  };
}

/** One clinic for all tests of a group that only look, with what was brought in before the first. */
export function importedStage<T>(bringIn: (deps: Deps) => Promise<T>): () => ImportStage & { imported: T } {
  let stage: (ImportStage & { imported: T }) | undefined;
  beforeAll(async () => {
    const opened = await openStage();
    stage = { ...opened, imported: await bringIn(opened.deps) };
    return () => opened.close();
  }, 120_000);
  return () => {
    if (!stage) throw new Error('The stage stands inside of tests only.');
    return stage;
  };
}

export const samples = path.resolve(import.meta.dirname, '../data/imports');
export const salonFile = (name: string): string => path.join(samples, 'salon', `${name}.csv`);

/** The whole made-up salon at once. */
export async function importMadeUpSalon(deps: Deps, folder: Folder): Promise<Batch[]> {
  const run = await by(importSalon, deps, importer, {
    folder: path.join(samples, 'salon'),
    dataDir: folder.path,
    zone: 'America/Vancouver',
    currency: 'CAD',
    locationName: 'Old salon',
  });
  if (!run.ok) throw new Error(JSON.stringify(run.refusal));
  return run.value;
}

/** Visits that should hold their time and don't. */
export async function orphanCount(deps: Deps): Promise<number> {
  const [found] = await deps.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM appointment a WHERE a.status = ANY(${[...claimingStatuses]}::text[])
      AND NOT EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id)`;
  return found?.count ?? -1;
}

/** How much there is of everything an import may make. */
export async function countEverything({ db }: Deps) {
  return {
    clients: await db.client.count(),
    services: await db.service.count(),
    products: await db.product.count(),
    resources: await db.resource.count(),
    locations: await db.location.count(),
    categories: await db.serviceCategory.count(),
    appointments: await db.appointment.count(),
    claims: await db.claim.count(),
    history: await db.historyEntry.count(),
    offers: await db.specialistService.count(),
    schedules: await db.schedule.count(),
    keys: await db.importKey.count(),
    codes: await db.importedCode.count(),
  };
}
