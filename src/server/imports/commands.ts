/** Importing, step by step: bring a file, say how it is read, check it, run it, take it back. */
import { z } from 'zod';
import { actorId, type Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { guessKind, importKinds } from '../../domain/import-kinds.ts';
import {
  checkSettings,
  dateOrderOf,
  encodings,
  fileShape,
  importSettings,
  suggestSettings,
} from '../../domain/import-settings.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { Rollback, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { noteEntry } from '../trail/note.ts';
import { type BatchStatus, clearRows } from './batch.ts';
import { removeStored, type StoredFile } from './files.ts';
import { inspectFile } from './inspect.ts';

export const batchInput = z.object({ batchId: z.uuid() });
export const reshapeInput = batchInput.extend({
  kind: z.enum(importKinds).optional(),
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
});
export const checkInput = batchInput.extend({ settings: importSettings });

async function house(deps: Deps): Promise<{ locationId: string | null; currency: string; origin: string }> {
  const [location, clinic] = await Promise.all([
    deps.db.location.findFirst({ where: { isActive: true }, orderBy: [{ rank: 'asc' }, { name: 'asc' }] }),
    deps.db.clinic.findFirst(),
  ]);
  return { locationId: location?.id ?? null, currency: clinic?.currency ?? 'EUR', origin: 'old system' };
}

/**
 * Takes a stored file in: looks it through and suggests how to read it. Nothing of the clinic changes.
 * Refuses `forbidden`, `unreadable_file`; a refused file is removed.
 */
export async function bringFile(
  deps: Deps,
  actor: Actor,
  file: StoredFile,
  given: {
    encoding?: (typeof encodings)[number];
    delimiter?: string;
    kind?: (typeof importKinds)[number];
  } = {},
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  const shape = await inspectFile(file.path, given);
  if (!shape.ok) {
    await removeStored(file.path);
    return shape;
  }
  const header = shape.value.columns.map(({ name }) => name);
  const kind = given.kind ?? guessKind(header, file.fileName) ?? 'bookings';
  const batchId = deps.newId();
  const mapping = suggestSettings(kind, shape.value, await house(deps));
  await transact(deps.db, async (tx) => {
    await tx.importBatch.create({
      data: {
        id: batchId,
        kind,
        fileName: file.fileName,
        fileHash: Uint8Array.from(file.sha256),
        fileBytes: file.bytes,
        storedName: file.path,
        shape: shape.value,
        mapping,
        status: 'uploaded',
        rowCount: shape.value.rowCount,
        createdBy: actorId(actor),
        createdAt: deps.now(),
      },
    });
    await note(tx, 'bring', batchId);
  });
  return done({ batchId });
}

const note = (
  tx: Tx,
  action: 'bring' | 'reshape' | 'check' | 'run' | 'undo' | 'resume' | 'discard',
  batchId: string,
) => noteEntry(tx, { action: `import.${action}`, subjectType: 'import', subjectId: batchId });

const openStatuses: readonly BatchStatus[] = ['uploaded', 'checked', 'failed'];

async function openBatch(deps: Deps, batchId: string) {
  const batch = await deps.db.importBatch.findUnique({ where: { id: batchId } });
  if (!batch?.storedName) return refuse('not_found', { noun: 'import' });
  if (!openStatuses.some((status) => status === batch.status)) return refuse('stale', { noun: 'import' });
  return done({ ...batch, storedName: batch.storedName });
}

/** Reads the file again in another encoding, with another delimiter or as another kind, and suggests anew. */
export async function reshape(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof reshapeInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  const found = await openBatch(deps, input.batchId);
  if (!found.ok) return found;
  const before = fileShape.parse(found.value.shape);
  const shape = await inspectFile(found.value.storedName, {
    encoding: input.encoding ?? before.encoding,
    delimiter: input.delimiter ?? (input.encoding ? null : before.delimiter),
  });
  if (!shape.ok) return shape;
  const header = shape.value.columns.map(({ name }) => name);
  const kind =
    input.kind ??
    (before.columns.length === 0 ? guessKind(header, found.value.fileName) : null) ??
    importSettings.shape.kind.parse(found.value.kind);
  const mapping = suggestSettings(kind, shape.value, await house(deps));
  await transact(deps.db, async (tx) => {
    await tx.importBatch.update({
      where: { id: input.batchId },
      data: { kind, shape: shape.value, mapping, status: 'uploaded', rowCount: shape.value.rowCount },
    });
    await note(tx, 'reshape', input.batchId);
  });
  return done({ batchId: input.batchId });
}

async function advance(
  deps: Deps,
  batchId: string,
  from: readonly BatchStatus[],
  to: BatchStatus,
  alsoIn?: (tx: Tx) => Promise<void>,
): Promise<Result<{ batchId: string }>> {
  const result = await transact<Result<{ batchId: string }>>(deps.db, async (tx) => {
    const { count } = await tx.importBatch.updateMany({
      where: { id: batchId, status: { in: [...from] } },
      data: { status: to, statusReason: null, cursor: {}, doneCount: 0 },
    });
    if (count === 0) {
      const exists = await tx.importBatch.count({ where: { id: batchId } });
      throw new Rollback(
        exists === 0 ? refuse('not_found', { noun: 'import' }) : refuse('stale', { noun: 'import' }),
      );
    }
    await alsoIn?.(tx);
    await deps.queue.send(tx, 'run-import', { batchId });
    await noteChange(tx, { topic: 'import', entityId: batchId });
    return done({ batchId });
  });
  deps.announcer.announce();
  return result;
}

/**
 * Starts the dry run: every row is read and it is worked out what would become of it; nothing of the clinic changes.
 * Refuses `invalid_input` field by field, `not_found`, `stale`, `forbidden`.
 */
export async function startCheck(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof checkInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  const found = await openBatch(deps, input.batchId);
  if (!found.ok) return found;
  const shape = fileShape.parse(found.value.shape);
  const issues = checkSettings(input.settings, shape);
  const { locationId } = input.settings;
  if (locationId && (await deps.db.location.count({ where: { id: locationId } })) === 0)
    issues.push({ path: 'locationId', code: 'unknown' });
  if (issues.length > 0) return refuse('invalid_input', { issues });
  const order = input.settings.dateOrder ?? dateOrderOf(input.settings, shape);
  const settings = { ...input.settings, dateOrder: order === 'ambiguous' ? null : order };
  return advance(deps, input.batchId, openStatuses, 'checking', async (tx) => {
    await tx.importBatch.update({
      where: { id: input.batchId },
      data: { kind: settings.kind, origin: settings.origin, mapping: settings, counts: {} },
    });
    await note(tx, 'check', input.batchId);
  });
}

/** Runs what was checked. Refuses `not_found`, `stale` (not checked, or running already), `forbidden`. */
export async function startRun(
  deps: Deps,
  actor: Actor,
  { batchId }: z.infer<typeof batchInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  return advance(deps, batchId, ['checked'], 'running', async (tx) => {
    await tx.importBatch.update({ where: { id: batchId }, data: { counts: {} } });
    await note(tx, 'run', batchId);
  });
}

/** Takes a finished import back: what nobody has touched since goes, the rest stays and is named. */
export async function startUndo(
  deps: Deps,
  actor: Actor,
  { batchId }: z.infer<typeof batchInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  return advance(deps, batchId, ['done'], 'undoing', (tx) => note(tx, 'undo', batchId));
}

/** Wakes an import whose work was interrupted; it goes on where it stopped. */
export async function resume(
  deps: Deps,
  actor: Actor,
  { batchId }: z.infer<typeof batchInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  return transact<Result<{ batchId: string }>>(deps.db, async (tx) => {
    const { count } = await tx.importBatch.updateMany({
      where: { id: batchId, status: { in: ['checking', 'running', 'undoing'] } },
      data: { statusReason: null },
    });
    if (count === 0) return refuse('stale', { noun: 'import' });
    await note(tx, 'resume', batchId);
    await deps.queue.send(tx, 'run-import', { batchId });
    return done({ batchId });
  });
}

/** Forgets a file that was not imported, or whose import was taken back. Refuses `stale` for one whose rows stand. */
export async function discard(
  deps: Deps,
  actor: Actor,
  { batchId }: z.infer<typeof batchInput>,
): Promise<Result<{ batchId: string }>> {
  if (!can(actor, 'import.run')) return refuse('forbidden');
  const batch = await deps.db.importBatch.findUnique({ where: { id: batchId } });
  if (!batch) return refuse('not_found', { noun: 'import' });
  await clearRows(deps.db, batchId, ['uploaded', 'checked', 'failed', 'undone']);
  const isGone = await transact(deps.db, async (tx) => {
    const { count } = await tx.importBatch.deleteMany({
      where: { id: batchId, status: { in: [...openStatuses, 'undone'] } },
    });
    if (count > 0) await note(tx, 'discard', batchId);
    return count > 0;
  });
  if (!isGone) return refuse('stale', { noun: 'import' });
  await removeStored(batch.storedName);
  return done({ batchId });
}
