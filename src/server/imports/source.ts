/** Any export as rows of cells, the same way whatever it is. */
import type { FileShape } from '../../domain/import-settings.ts';
import { CsvParser } from './csv.ts';
import { decodeFile } from './encoding.ts';
import { maxRows, UnreadableFile } from './unreadable.ts';
import { workbookRows } from './workbook.ts';

type Source = Pick<FileShape, 'format' | 'encoding' | 'delimiter'>;

async function* csvRows(
  path: string,
  encoding: NonNullable<FileShape['encoding']>,
  delimiter: string,
): AsyncGenerator<string[]> {
  const parser = new CsvParser(delimiter);
  for await (const text of decodeFile(path, encoding)) yield* parser.write(text);
  yield* parser.end();
}

/** Rows that hold anything, header first. Throws `UnreadableFile`, also for more than a million rows. */
export async function* fileRows(
  path: string,
  { format, encoding, delimiter }: Source,
): AsyncGenerator<string[]> {
  if (format === 'csv' && encoding === null) throw new UnreadableFile('encoding');
  const rows = format === 'xlsx' ? workbookRows(path) : csvRows(path, encoding ?? 'utf-8', delimiter ?? ',');
  let count = -1;
  for await (const cells of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    count += 1;
    if (count > maxRows) throw new UnreadableFile('too_many_rows', String(maxRows));
    yield cells;
  }
}

/** Column names of a header row: trimmed, empty ones numbered, a name that comes again marked as such. */
export function headerOf(cells: readonly string[]): string[] {
  const names: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const name = cell.trim().slice(0, 180) || `#${at + 1}`;
    let unique = name;
    for (let copy = 2; names.includes(unique); copy += 1) unique = `${name} (${copy})`;
    names.push(unique);
  }
  while (names.length > 0 && /^#\d+$/.test(names.at(-1) ?? '')) names.pop();
  return names;
}
