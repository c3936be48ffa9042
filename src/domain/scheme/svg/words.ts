/** Words without a font to measure them by: widths are estimates that lean to the wide side. */

export type Family = 'sans' | 'serif' | 'mono';

/** Height of a line, in sizes; the editor's own. */
export const lineHeight = 1.35;
/** From the middle of a line down to its baseline, in sizes. */
export const baselineDrop = 0.35;

const isNarrow = (sign: string): boolean => " \u00a0.,:;!|'`ijlIfrt()[]{}/\\·°".includes(sign);
const isWideLetter = (sign: string): boolean => 'mwMW@%ЖШЩЮЫФжшщюыф—'.includes(sign);
const upperOrDigit = /[A-ZА-ЯЁ]/u;
/** Scripts whose signs fill a square, and pictures. */
const square = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]|[\u{1f000}-\u{3ffff}]/u;

/** In sizes. */
function advance(sign: string, family: Family): number {
  if (square.test(sign)) return 1;
  if (family === 'mono') return 0.61;
  if (isNarrow(sign)) return 0.36;
  if (isWideLetter(sign)) return 0.92;
  return upperOrDigit.test(sign) ? 0.7 : 0.61;
}

export function widthOfWords(text: string, size: number, family: Family = 'sans'): number {
  let sum = 0;
  for (const sign of text) sum += advance(sign, family);
  return sum * size;
}

/** Lines no wider than `width`: broken at spaces, within a word only where it alone is too wide. */
export function wrapped(text: string, size: number, width: number, family: Family = 'sans'): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOfWords(longer, size, family) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = piecesOf(word, size, width, family);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function piecesOf(word: string, size: number, width: number, family: Family): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const sign of word) {
    const wide = advance(sign, family) * size;
    if (piece !== '' && used + wide > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += sign;
    used += wide;
  }
  pieces.push(piece);
  return pieces;
}

/** So many lines at most, the last one telling that there was more. */
export const cutTo = (lines: readonly string[], most: number): string[] =>
  lines.length <= most ? [...lines] : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''} …`];
