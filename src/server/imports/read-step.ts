/** Step one of the dry run: the file's rows as understood, each with its identity, into the batch's rows. */
import { createHash } from 'node:crypto';
import { isRecordKind, rowReader } from '../../domain/import-rows.ts';
import { addCounts, type Batch, countBy, clearRows, writeStretch } from './batch.ts';
import type { Deps } from '../deps.ts';
import { fileRows, headerOf } from './source.ts';
import { UnreadableFile } from './unreadable.ts';

const rowsAtOnce = 1_000;

interface ReadLine {
  row_number: number;
  outcome: 'read' | 'refused';
  reason: string | null;
  source_key: string;
  group_key: string;
  order_key: string;
  raw: string[];
  intent: unknown;
}

/**
 * Reads on from where the batch stands until the file ends or `mayGoOn` says stop. Answers the batch as it stands then, or
 * null where another worker took over. Memory holds one stretch of rows.
 */
export async function readRows(deps: Deps, start: Batch, mayGoOn: () => boolean): Promise<Batch | null> {
  let batch: Batch | null = start;
  const { storedName } = start;
  if (storedName === null) throw new UnreadableFile('empty');
  if (batch.cursor.step === 'clear') {
    await clearRows(deps.db, batch.id, ['checking']);
    batch = await writeStretch(deps, batch, async () => ({
      cursor: { ...start.cursor, step: 'read' },
      counts: {},
      doneCount: 0,
    }));
    if (!batch) return null;
  }
  const { mapping, origin } = batch;
  const hashOf = (text: string): string =>
    createHash('sha256').update(`${origin}\n${text}`).digest('base64url');
  let read: ReturnType<typeof rowReader> | undefined;
  let rowNumber = 0;
  let lines: ReadLine[] = [];

  const flush = async (isLast: boolean): Promise<boolean> => {
    if (!batch) return false;
    const current = batch;
    const stretch = lines;
    lines = [];
    batch = await writeStretch(deps, current, async (tx) => {
      await tx.$executeRaw`
        INSERT INTO import_row (batch_id, row_number, source_key, outcome, reason, raw, intent, group_key, order_key)
        SELECT ${current.id}::uuid, row_number, source_key, outcome, reason, raw, intent, group_key, order_key
        FROM jsonb_to_recordset(${JSON.stringify(stretch)}::jsonb) AS line(row_number integer, source_key text, outcome text,
          reason text, raw jsonb, intent jsonb, group_key text, order_key text)`;
      const refused = countBy(stretch.flatMap(({ outcome }) => (outcome === 'refused' ? ['refused'] : [])));
      return {
        cursor: { ...current.cursor, step: isLast ? 'plan' : 'read', row: isLast ? 0 : rowNumber },
        counts: addCounts(current.counts, refused),
        doneCount: Math.floor(rowNumber / 2),
      };
    });
    return batch !== null;
  };

  for await (const cells of fileRows(storedName, batch.shape)) {
    if (!read) {
      read = rowReader(headerOf(cells), mapping);
      continue;
    }
    rowNumber += 1;
    if (rowNumber <= start.cursor.row) continue;
    lines.push(lineOf(rowNumber, cells, read(cells), mapping.kind, hashOf));
    if (lines.length < rowsAtOnce) continue;
    if (!(await flush(false))) return null;
    if (!mayGoOn()) return batch;
  }
  return (await flush(true)) ? batch : null;
}

function lineOf(
  rowNumber: number,
  cells: string[],
  row: ReturnType<ReturnType<typeof rowReader>>,
  kind: Batch['kind'],
  hashOf: (text: string) => string,
): ReadLine {
  // PostgreSQL keeps no zero characters; such a row is refused anyway.
  const raw = cells.map((cell) => cell.replaceAll('\u0000', '\ufffd'));
  if (!row.ok) {
    const reason = `${row.reason}:${row.field}`;
    return {
      row_number: rowNumber,
      outcome: 'refused',
      reason,
      source_key: '',
      group_key: '',
      order_key: '',
      raw,
      intent: null,
    };
  }
  const hash = hashOf(`${kind}\n${row.identity}`);
  return {
    row_number: rowNumber,
    outcome: 'read',
    reason: null,
    source_key: `${kind}:${hash}`,
    group_key: isRecordKind(kind) || row.group === null ? hash : row.group,
    order_key: `${row.order}${hash}`,
    raw,
    intent: row.intent,
  };
}
