/** Rows of the first sheet of an Excel workbook, streamed. Dates and times come out as ISO text, so no order is guessed. */
import ExcelJS from 'exceljs';
import { maxCellLength, maxColumns, UnreadableFile } from './unreadable.ts';
import { checkZip } from './zip.ts';

/** A workbook that unpacks to more is not an export. */
const maxUnpackedBytes = 1_500 * 1024 * 1024;

export const looksZipped = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
/** The old binary format (.xls), which nothing here reads. */
export const looksCompound = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('hex') === 'd0cf11e0';

const isBefore1900 = (date: Date): boolean => date.getTime() < Date.UTC(1900, 0, 1);

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const iso = value.toISOString();
    // A bare time of day is a fraction of the day zero.
    if (isBefore1900(value)) return iso.slice(11, 19);
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
  }
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map(({ text }) => text).join('');
    if ('result' in value) return cellText(value.result ?? null);
    if ('text' in value) return cellText(value.text);
    return '';
  }
  // Excel keeps 4.1 as 4.0999999999999996: the shortest text that is the same number is what was typed.
  return String(value);
}

/** Yields the cells of each row that holds anything. Throws `workbook` for whatever is no readable workbook. */
export async function* workbookRows(path: string): AsyncGenerator<string[]> {
  // The reader waits for ever on some damaged files: only whole ones get to it.
  await checkZip(path, maxUnpackedBytes);
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  let rowCount = 0;
  try {
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const values = Array.isArray(row.values) ? row.values.slice(1) : [];
        if (values.length > maxColumns) throw new UnreadableFile('workbook');
        const cells = Array.from(values, (value) => cellText(value ?? null));
        if (cells.some((cell) => cell.length > maxCellLength)) throw new UnreadableFile('workbook');
        if (cells.every((cell) => cell.trim() === '')) continue;
        rowCount += 1;
        yield cells;
      }
      if (rowCount > 0) return; // the first sheet that holds anything
    }
  } catch (error) {
    // Whatever the library trips over, the file is what is broken.
    throw error instanceof UnreadableFile ? error : new UnreadableFile('workbook');
  }
}
