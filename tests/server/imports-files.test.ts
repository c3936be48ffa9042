/** What files are read, and what bad ones get: a named refusal, never nonsense and never a crash. */
import { createWriteStream, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvParser, guessDelimiter, inertCell } from '../../src/server/imports/csv.ts';
import { inspectFile } from '../../src/server/imports/inspect.ts';
import { fileRows } from '../../src/server/imports/source.ts';
import { maxFileBytes } from '../../src/server/imports/unreadable.ts';
import { tempFolder } from '../support/import-stage.ts';

const folder = tempFolder();
afterAll(() => folder.remove());
const samples = path.resolve(import.meta.dirname, '../data/imports');

async function rowsOf(file: string, given: Parameters<typeof inspectFile>[1] = {}): Promise<string[][]> {
  const shape = await inspectFile(file, given);
  if (!shape.ok) throw new Error(JSON.stringify(shape.refusal));
  return Array.fromAsync(fileRows(file, shape.value));
}
async function refused(
  name: string,
  content: string | Buffer,
  given: Parameters<typeof inspectFile>[1] = {},
) {
  const shape = await inspectFile(folder.write(name, content), given);
  return shape.ok ? null : shape.refusal;
}
/** windows-1251 of basic Russian letters. */
const cp1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text, (letter) =>
      /[А-яЁё]/.test(letter)
        ? ({ Ё: 0xa8, ё: 0xb8 }[letter] ?? letter.charCodeAt(0) - 0x410 + 0xc0)
        : letter.charCodeAt(0),
    ),
  );

describe('text', () => {
  it('reads quotes, doubled quotes, line breaks in cells and any line ending, however the stream is cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', ' ', 'ж', '\t'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const endings = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(table, endings, fc.integer({ min: 1, max: 7 }), (rows, ending, step) => {
        const text = rows
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join(ending);
        const parser = new CsvParser(',');
        const read: string[][] = [];
        for (let at = 0; at < text.length; at += step) read.push(...parser.write(text.slice(at, at + step)));
        read.push(...parser.end());
        expect(read).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the delimiter, also where amounts have commas', () => {
    expect(guessDelimiter('a;b;c\n1,5;2,5;3\n')).toBe(';');
    expect(guessDelimiter('a\tb\n1\t2\n')).toBe('\t');
    expect(guessDelimiter('a,b\n"x;y",2\n')).toBe(',');
    expect(guessDelimiter('name\nAnna\n')).toBe(',');
  });

  it('reads a byte-order mark, UTF-16 in both directions and a semicolon file', async () => {
    const text = 'Код;Имя\n1;Ольга\n';
    const le = Buffer.from(`\ufeff${text}`, 'utf16le');
    const expected = [
      ['Код', 'Имя'],
      ['1', 'Ольга'],
    ];
    expect(await rowsOf(folder.write('bom.csv', `\ufeff${text}`))).toEqual(expected);
    expect(await rowsOf(folder.write('le.csv', le))).toEqual(expected);
    expect(await rowsOf(folder.write('be.csv', Buffer.from(le).swap16()))).toEqual(expected);
  });

  it('takes bytes that are not UTF-8 only in an encoding somebody chose, showing what each would read', async () => {
    const file = folder.write('1251.csv', cp1251('Код;Имя\n1;Ольга Ёлкина\n'));
    const open = await inspectFile(file);
    expect(open.ok && open.value).toMatchObject({ encoding: null, rowCount: 0, columns: [] });
    expect(open.ok && open.value.previews.map(({ encoding, lines }) => [encoding, lines[1]])).toEqual([
      ['windows-1251', '1;Ольга Ёлкина'],
      ['windows-1252', '1;Îëüãà ¨ëêèíà'],
    ]);
    expect(await rowsOf(file, { encoding: 'windows-1251' })).toEqual([
      ['Код', 'Имя'],
      ['1', 'Ольга Ёлкина'],
    ]);
    expect((await inspectFile(file, { encoding: 'utf-8' })).ok).toBe(false);
    expect(
      await rowsOf(path.join(samples, 'clients-windows-1252.csv'), { encoding: 'windows-1252' }),
    ).toContainEqual(['2', 'Zoë', 'Müller – “Z”', '€']);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['only a header', 'Code,Name\n', 'empty'],
    ['blank lines', '\n\n ,\n', 'empty'],
    ['no header', '1,2,3\n4,5,6\n', 'no_header'],
    ['an open quote', `Code,Name\n1,"${'x\n'.repeat(60_000)}`, 'quotes'],
    ['an open quote at the end', 'Code,Name\n1,"abc', 'quotes'],
    ['zero bytes', Buffer.from([0x43, 0x6f, 0, 0xff, 0, 1, 2]), 'encoding'],
    ['control characters', 'Code,Name\n1,a\u0001b\n', 'encoding'],
    ['an old binary workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'workbook'],
    ['a zip that ends early', Buffer.from('PK\u0003\u0004 nothing more', 'latin1'), 'workbook'],
  ] as const)('refuses %s', async (name, content, reason) => {
    const given = typeof content === 'string' || name !== 'zero bytes' ? content : Buffer.from(content);
    expect(await refused(`${name}.csv`, given)).toMatchObject({ code: 'unreadable_file', reason });
  });

  it('says at which line the wrong encoding shows', async () => {
    expect(
      await refused('line.csv', Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.from([0xff, 0x0a])]), {
        encoding: 'utf-8',
      }),
    ).toMatchObject({ reason: 'encoding' });
  });

  it('refuses more than 200 MB before reading them', async () => {
    const file = folder.write('large.csv', 'a,b\n1,2\n');
    truncateSync(file, maxFileBytes + 1);
    expect(await inspectFile(file)).toMatchObject({ ok: false, refusal: { reason: 'too_large' } });
  });
});

describe('workbooks', () => {
  async function workbook(name: string, fill: (sheet: ExcelJS.Worksheet) => void): Promise<string> {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Empty');
    fill(book.addWorksheet('Bookings'));
    const file = path.join(folder.path, name);
    await book.xlsx.writeFile(file);
    return file;
  }

  it('are read as they look: dates and times without an order to guess, numbers as typed, formulas as their result', async () => {
    const file = await workbook('good.xlsx', (sheet) => {
      sheet.addRow(['Code', 'Date', 'Time', 'Amount', 'Note']);
      sheet.addRow([
        'A1',
        new Date('2018-03-04T00:00:00Z'),
        new Date('1899-12-30T15:50:00Z'),
        4.1,
        { formula: '1+1', result: 2 },
      ]);
      sheet.getCell('B2').numFmt = 'mm/dd/yyyy';
      sheet.getCell('C2').numFmt = 'hh:mm';
      sheet.addRow(['B2', '', null, 0.61725, { richText: [{ text: 'bold' }, { text: ' end' }] }]);
    });
    expect(await rowsOf(file)).toEqual([
      ['Code', 'Date', 'Time', 'Amount', 'Note'],
      ['A1', '2018-03-04', '15:50:00', '4.1', '2'],
      ['B2', '', '', '0.61725', 'bold end'],
    ]);
  });

  it('are refused where they are broken, wherever they break', async () => {
    const file = await workbook('whole.xlsx', (sheet) => {
      for (let row = 0; row < 400; row += 1) sheet.addRow([`Code ${row}`, `Name ${row * 7919}`]);
    });
    const bytes = readFileSync(file);
    const part = (from: number, to: number) =>
      Buffer.concat([
        bytes.subarray(0, Math.floor(bytes.length * from)),
        bytes.subarray(Math.floor(bytes.length * to)),
      ]);
    const damaged = Buffer.from(bytes);
    damaged.fill(0x5a, Math.floor(bytes.length * 0.25), Math.floor(bytes.length * 0.6));
    for (const [name, content] of [
      ['half.xlsx', part(0.5, 1)],
      ['hole.xlsx', part(0.3, 0.6)],
      ['noise.xlsx', damaged],
      ['empty.xlsx', Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(200)])],
    ] as const) {
      const shape = await inspectFile(folder.write(name, content));
      expect(shape, name).toMatchObject({
        ok: false,
        refusal: { code: 'unreadable_file', reason: 'workbook' },
      });
    }
  });

  /** A zip of parts stored as they are. */
  function zipOf(parts: Record<string, string>): Buffer {
    const bodies: Buffer[] = [];
    const directory: Buffer[] = [];
    let at = 0;
    for (const [name, text] of Object.entries(parts)) {
      const data = Buffer.from(text);
      const common = Buffer.alloc(26);
      common.writeUInt16LE(20, 0);
      common.writeUInt32LE(crc32(data), 10);
      common.writeUInt32LE(data.length, 14);
      common.writeUInt32LE(data.length, 18);
      common.writeUInt16LE(name.length, 22);
      const offset = Buffer.alloc(14);
      offset.writeUInt32LE(at, 10);
      directory.push(Buffer.from('504b01021400', 'hex'), common, offset, Buffer.from(name));
      const body = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), data]);
      bodies.push(body);
      at += body.length;
    }
    const entries = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.write('PK\u0005\u0006', 'latin1');
    end.writeUInt16LE(Object.keys(parts).length, 8);
    end.writeUInt16LE(Object.keys(parts).length, 10);
    end.writeUInt32LE(entries.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...bodies, entries, end]);
  }

  it.each([
    [
      'broken XML',
      {
        'xl/workbook.xml': '<workbook><sheets><sheet name="A"',
        'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row',
      },
    ],
    ['no sheet', { 'xl/workbook.xml': '<workbook><sheets/></workbook>' }],
    ['no workbook', { 'word/document.xml': '<document/>' }],
    [
      'a sheet of nothing',
      {
        'xl/workbook.xml': '<workbook/>',
        'xl/_rels/workbook.xml.rels': 'not xml',
        'xl/worksheets/sheet1.xml': '',
      },
    ],
  ])('are refused where the zip is whole but holds %s', async (name, parts) => {
    const shape = await inspectFile(folder.write(`${name}.xlsx`, zipOf(parts)));
    expect(shape).toMatchObject({ ok: false, refusal: { code: 'unreadable_file' } });
  });
});

describe('the report for spreadsheets', () => {
  it('runs nothing of what a hostile file says, and leaves numbers numbers', () => {
    expect(
      ['=cmd|1', '+1+1', '-2+3', '@SUM(A1)', '\tx', '-80', '-4,5', 'a,b', 'say "hi"', 'plain'].map(inertCell),
    ).toEqual([
      "'=cmd|1",
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      '"\'\tx"',
      '-80',
      '"-4,5"',
      '"a,b"',
      '"say ""hi"""',
      'plain',
    ]);
  });
});

describe('size', () => {
  it('reads 500,000 rows in flat memory, and refuses more than a million by name', async () => {
    const file = path.join(folder.path, 'half-a-million.csv');
    const out = createWriteStream(file);
    out.write('Receipt,Date,Description,Client,Amount\n');
    const block = Array.from(
      { length: 1000 },
      (_, row) =>
        `${row},03/${String((row % 28) + 1).padStart(2, '0')}/2018,Cut and finish,C${row},${row}.25\n`,
    ).join('');
    for (let blocks = 0; blocks < 500; blocks += 1)
      if (!out.write(block)) await new Promise((go) => out.once('drain', () => go(null)));
    await new Promise<void>((go) => out.end(() => go()));
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }, 20);
    const shape = await inspectFile(file);
    clearInterval(watch);
    expect(shape.ok && shape.value.rowCount).toBe(500_000);
    // The file is 20 MB; rows kept would take ten times that.
    expect(peak / 1e6).toBeLessThan(120);
    const large = path.join(folder.path, 'too-many.csv');
    writeFileSync(large, `Code,Name\n${'1,2\n'.repeat(1_000_001)}`);
    expect(await inspectFile(large)).toMatchObject({
      ok: false,
      refusal: { reason: 'too_many_rows', detail: '1000000' },
    });
  }, 120_000);
});
