/** Files to import, made on the spot, and the work of the importer in front of a test database. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Actor } from '../../src/domain/access/actor.ts';
import type { ImportKind } from '../../src/domain/import-kinds.ts';
import type { ImportSettings } from '../../src/domain/import-settings.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Deps } from '../../src/server/deps.ts';
import type { Batch } from '../../src/server/imports/batch.ts';
import { runFile } from '../../src/server/imports/run-file.ts';

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
  const run = await runFile(deps, importer, {
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
  const run = await runFile(deps, importer, {
    dataDir: folder.path,
    path: bringing.file,
    fileName: path.basename(bringing.file),
    kind: bringing.kind,
    adjust: (suggested) => ({ ...suggested, ...bringing.settings }),
  });
  if (run.ok) throw new Error(`not refused: ${run.value.status}`);
  return run.refusal;
}
