/** Files of an old system in every state an import can be in, with canaries in their names and rows. */
import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suggestSettings } from '../../src/domain/import-settings.ts';
import { inspectFile } from '../../src/server/imports/inspect.ts';
import type { Ground } from './plant.ts';

const states = ['uploaded', 'checked', 'running', 'done', 'failed'] as const;

/** The batches' ids. Files rest in `folder`, as uploads do. */
export async function plantImports(
  { db, canaries, locationId, now }: Ground,
  folder: string,
): Promise<string[]> {
  const word = () => canaries.word({ kind: 'import', of: 'import' });
  const ids: string[] = [];
  for (const status of states) {
    const file = path.join(folder, createHash('sha256').update(status).digest('hex').slice(0, 36));
    writeFileSync(file, `Code,First Name,Last Name,Email\n1,${word()},${word()},${word()}@post.example\n`);
    const shape = await inspectFile(file, {});
    if (!shape.ok) throw new Error('the planted file can’t be read');
    const house = { locationId, currency: 'EUR', origin: 'old system' };
    const { id } = await db.importBatch.create({
      data: {
        id: randomUUID(),
        kind: 'clients',
        fileName: `${word()}.csv`,
        fileHash: createHash('sha256').update(status).digest(),
        fileBytes: 100,
        storedName: file,
        shape: shape.value,
        mapping: suggestSettings('clients', shape.value, house),
        status,
        rowCount: 1,
        createdAt: now,
        ...(status === 'done' ? { finishedAt: now } : {}),
        rows: {
          create: {
            rowNumber: 1,
            sourceKey: `${status} 1`,
            outcome: 'created',
            reason: 'exists',
            raw: ['1', word(), word(), word()],
          },
        },
      },
    });
    ids.push(id);
  }
  return ids;
}
