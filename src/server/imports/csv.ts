/** Comma-separated text by RFC 4180, streamed: quotes, doubled quotes, line breaks inside of them, any line ending. */
import { maxCellLength, maxColumns, UnreadableFile } from './unreadable.ts';

const quote = '"';

/** Feeds on chunks of text and hands out rows of cells; holds one row at most. */
export class CsvParser {
  readonly #delimiter: string;
  #cells: string[] = [];
  #cell = '';
  #inQuotes = false;
  /** A quote was seen inside quotes: it ends them, or doubled it stands for itself. */
  #afterQuote = false;
  #wasQuoted = false;
  #afterReturn = false;
  #row = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The rows completed by this chunk. */
  *write(chunk: string): Generator<string[]> {
    const delimiter = this.#delimiter;
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at];
      if (this.#inQuotes && !this.#afterQuote) {
        if (character !== quote) continue;
        this.#add(chunk.slice(from, at));
        this.#afterQuote = true;
        from = at + 1;
        continue;
      }
      if (this.#afterQuote) {
        this.#afterQuote = false;
        if (character === quote) {
          this.#add(quote);
          from = at + 1;
          continue;
        }
        this.#inQuotes = false;
        from = at;
      }
      if (character === '\n' && this.#afterReturn) {
        this.#afterReturn = false;
        from = at + 1;
        continue;
      }
      this.#afterReturn = false;
      if (character === quote && this.#cell === '' && from === at && !this.#wasQuoted) {
        this.#inQuotes = true;
        this.#wasQuoted = true;
        from = at + 1;
      } else if (character === delimiter) {
        this.#add(chunk.slice(from, at));
        this.#endCell();
        from = at + 1;
      } else if (character === '\n' || character === '\r') {
        this.#add(chunk.slice(from, at));
        this.#endCell();
        yield this.#endRow();
        this.#afterReturn = character === '\r';
        from = at + 1;
      }
    }
    if (!this.#afterQuote) this.#add(chunk.slice(from));
  }

  /** The last row, where the file doesn't end with a line break. Throws `quotes` where a quote was never closed. */
  *end(): Generator<string[]> {
    if (this.#inQuotes && !this.#afterQuote) throw new UnreadableFile('quotes', String(this.#row));
    if (this.#cells.length === 0 && this.#cell === '' && !this.#wasQuoted) return;
    this.#endCell();
    yield this.#endRow();
  }

  #add(text: string): void {
    this.#cell += text;
    // An unclosed quote would swallow the rest of the file as one cell.
    if (this.#cell.length > maxCellLength) throw new UnreadableFile('quotes', String(this.#row));
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#wasQuoted = false;
    if (this.#cells.length > maxColumns) throw new UnreadableFile('no_header', String(this.#row));
  }

  #endRow(): string[] {
    const cells = this.#cells;
    this.#cells = [];
    this.#row += 1;
    return cells;
  }
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that cuts the first lines into the most even rows; a comma where nothing is cut. */
export function guessDelimiter(text: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const rows: string[][] = [];
    try {
      for (const row of new CsvParser(delimiter).write(text)) {
        rows.push(row);
        if (rows.length >= 50) break;
      }
    } catch {
      continue; // not cut like this
    }
    const header = rows[0] ?? text.split('\n', 1)[0]?.split(delimiter) ?? [];
    const even = rows.filter((row) => row.length === header.length).length;
    const score = header.length > 1 ? header.length * (rows.length === 0 ? 1 : even / rows.length) : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Text that a spreadsheet would run as a formula stays text; plain numbers stay numbers. */
export function inertCell(text: string): string {
  const isNumber = /^-?\d+([.,]\d+)?$/.test(text);
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
