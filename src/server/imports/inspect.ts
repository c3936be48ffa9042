/** Looks a file through once: what it is, how it is written, what its columns hold. */
import { stat } from 'node:fs/promises';
import type { ColumnShape, Encoding, FileShape } from '../../domain/import-settings.ts';
import { noEvidence, weighDate, weighMark } from '../../domain/import-values.ts';
import { done, type Result } from '../../domain/refusal.ts';
import { guessDelimiter } from './csv.ts';
import { decodeFile, firstBytes, markedEncoding, previewAs, readsAs } from './encoding.ts';
import { fileRows, headerOf } from './source.ts';
import { maxFileBytes, readingFile, UnreadableFile } from './unreadable.ts';
import { looksCompound, looksZipped } from './workbook.ts';

const sampleCount = 3;
/** Which mark amounts have shows early; which order dates have may show in the last row. */
const marksWeighed = 20_000;

/** How text of this file is encoded: by its mark, as strict UTF-8, or as a person said; null where nobody has said yet. */
async function encodingOf(path: string, given: Encoding | null): Promise<Encoding | null> {
  const head = await firstBytes(path, 4096);
  const marked = markedEncoding(head);
  const chosen = given ?? marked ?? ((await readsAs(path, 'utf-8')) ? 'utf-8' : null);
  if (chosen === null) {
    // Bytes of zero are no text in any encoding that has no mark.
    if (head.includes(0)) throw new UnreadableFile('encoding');
    return null;
  }
  if (!(await readsAs(path, chosen))) throw new UnreadableFile('encoding');
  return chosen;
}

async function openPreviews(path: string): Promise<FileShape['previews']> {
  const possible: FileShape['previews'] = [];
  for (const encoding of ['windows-1251', 'windows-1252'] as const) {
    if (await readsAs(path, encoding)) possible.push({ encoding, lines: await previewAs(path, encoding) });
  }
  if (possible.length === 0) throw new UnreadableFile('encoding');
  return possible;
}

async function delimiterOf(path: string, encoding: Encoding): Promise<string> {
  let head = '';
  for await (const text of decodeFile(path, encoding)) {
    head += text;
    if (head.length >= 65_536) break;
  }
  return guessDelimiter(head.slice(0, 65_536));
}

/** Dates repeat: each distinct value is weighed once. */
const alikeKept = 2_000;
type Growing = ColumnShape & { alike: Map<string, number> };

function weighAlike(column: Growing): void {
  for (const [value, times] of column.alike) weighDate(column.dates, value, times);
  column.alike.clear();
}

async function columnsOf(
  path: string,
  source: Pick<FileShape, 'format' | 'encoding' | 'delimiter'>,
): Promise<{ columns: ColumnShape[]; rowCount: number }> {
  let columns: Growing[] | null = null;
  let rowCount = 0;
  for await (const cells of fileRows(path, source)) {
    if (!columns) {
      const names = headerOf(cells);
      if (names.every((name) => /^[#\d.,\s:/-]+$/.test(name))) throw new UnreadableFile('no_header');
      columns = names.map((name) => ({
        name,
        filled: 0,
        samples: [],
        dates: noEvidence(),
        marks: { point: 0, comma: 0 },
        alike: new Map(),
      }));
      continue;
    }
    rowCount += 1;
    for (const [at, column] of columns.entries()) {
      const value = (cells[at] ?? '').trim();
      if (value === '') continue;
      column.filled += 1;
      if (column.samples.length < sampleCount && !column.samples.includes(value.slice(0, 60)))
        column.samples.push(value.slice(0, 60));
      column.alike.set(value, (column.alike.get(value) ?? 0) + 1);
      if (column.alike.size > alikeKept) weighAlike(column);
      if (rowCount <= marksWeighed) weighMark(column.marks, value);
    }
  }
  if (!columns) throw new UnreadableFile('empty');
  if (rowCount === 0) throw new UnreadableFile('empty');
  for (const column of columns) weighAlike(column);
  const shapes = columns.map(({ name, filled, samples, dates, marks }) => ({
    name,
    filled,
    samples,
    dates,
    marks,
  }));
  return { columns: shapes, rowCount };
}

/**
 * Promises what a file is, from all of its rows, in flat memory. Refuses `unreadable_file`: nothing in it, larger than
 * 200 MB or a million rows, a broken workbook, bytes that are no text, a quote never closed, no header. A text that is not
 * UTF-8 comes back without an encoding and with previews to choose from.
 */
export function inspectFile(
  path: string,
  given: { encoding?: Encoding | null; delimiter?: string | null } = {},
): Promise<Result<FileShape>> {
  return readingFile<FileShape>(async () => {
    const { size } = await stat(path);
    if (size === 0) throw new UnreadableFile('empty');
    if (size > maxFileBytes) throw new UnreadableFile('too_large', String(maxFileBytes));
    const head = await firstBytes(path, 8);
    if (looksCompound(head)) throw new UnreadableFile('workbook');
    const base = { previews: [], sheet: null };
    if (looksZipped(head)) {
      const source = { format: 'xlsx', encoding: null, delimiter: null } as const;
      return done({ ...base, ...source, ...(await columnsOf(path, source)) });
    }
    const encoding = await encodingOf(path, given.encoding ?? null);
    if (encoding === null) {
      return done({
        ...base,
        format: 'csv',
        encoding,
        delimiter: null,
        previews: await openPreviews(path),
        columns: [],
        rowCount: 0,
      });
    }
    const source = {
      format: 'csv',
      encoding,
      delimiter: given.delimiter ?? (await delimiterOf(path, encoding)),
    } as const;
    return done({ ...base, ...source, ...(await columnsOf(path, source)) });
  });
}
