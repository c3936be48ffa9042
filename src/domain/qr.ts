/**
 * A QR code (ISO/IEC 18004), as far as we need one: text in byte mode, error correction M, the smallest version that holds it. Drawn by
 * ourselves, so that a seed never leaves the house to become a picture.
 */

/** For error correction M, by version from 1: how many check words a block has, and how many blocks there are. */
const checkWords = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const blockCounts = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];
/** Bits of error correction M in the format information. */
const levelBits = 0;

const sizeOf = (version: number): number => 17 + version * 4;

/** Centres of the small squares; the corners of this grid that the large ones take are left out. */
function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const last = sizeOf(version) - 7;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - (count - 2 - index) * step)];
}

/** Modules that carry data or check words. */
function dataModules(version: number): number {
  const count = alignmentCentres(version).length;
  const whole = (16 * version + 128) * version + 64;
  if (version === 1) return whole;
  return whole - ((25 * count - 10) * count - 55) - (version >= 7 ? 36 : 0);
}

const wordCount = (version: number): number => Math.floor(dataModules(version) / 8);
const dataWordCount = (version: number): number =>
  wordCount(version) - (checkWords[version - 1] ?? 0) * (blockCounts[version - 1] ?? 0);

// ── Check words: Reed–Solomon over GF(2^8) with the polynomial 0x11d ───────────────────────────────────────
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function divisorOf(degree: number): number[] {
  const divisor = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let round = 0; round < degree; round++) {
    for (let index = 0; index < degree; index++)
      divisor[index] = multiply(divisor[index] ?? 0, root) ^ (divisor[index + 1] ?? 0);
    root = multiply(root, 2);
  }
  return divisor;
}

function checkWordsOf(block: readonly number[], divisor: readonly number[]): number[] {
  const rest = divisor.map(() => 0);
  for (const word of block) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [index, each] of divisor.entries()) rest[index] = (rest[index] ?? 0) ^ multiply(each, factor);
  }
  return rest;
}

/** Data words and check words, the blocks' words in turn. */
function interleave(data: readonly number[], version: number): number[] {
  const count = blockCounts[version - 1] ?? 1;
  const divisor = divisorOf(checkWords[version - 1] ?? 0);
  const short = Math.floor(data.length / count);
  const shortCount = count - (data.length % count);
  let from = 0;
  const blocks = Array.from({ length: count }, (_, index) => {
    const words = data.slice(from, from + short + (index < shortCount ? 0 : 1));
    from += words.length;
    return { words, checks: checkWordsOf(words, divisor) };
  });
  const inTurn = (lists: readonly (readonly number[])[], length: number) =>
    Array.from({ length }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
  return [
    ...inTurn(
      blocks.map(({ words }) => words),
      short + 1,
    ),
    ...inTurn(
      blocks.map(({ checks }) => checks),
      divisor.length,
    ),
  ];
}

/** Mode, length, text, end, and filling up to the version's capacity. */
function dataWords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const capacity = dataWordCount(version) * 8;
  put(0, Math.min(4, capacity - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let filler = 0xec; bits.length < capacity; filler ^= 0xec ^ 0x11) put(filler, 8);
  return Array.from({ length: capacity / 8 }, (_, word) =>
    bits.slice(word * 8, word * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  );
}

// ── The picture ────────────────────────────────────────────────────────────────────────────────────────────
/** Null is still free for data. */
type Grid = (boolean | null)[][];

function emptyGrid(version: number): Grid {
  const size = sizeOf(version);
  const grid: Grid = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null));
  const set = (row: number, column: number, isDark: boolean) => {
    const line = grid[row];
    if (line && column >= 0 && column < size) line[column] = isDark;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const rings = (row: number, column: number, reach: number, isDark: (ring: number) => boolean) => {
    for (let down = -reach; down <= reach; down++)
      for (let right = -reach; right <= reach; right++)
        set(row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))));
  };
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    rings(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  for (const [down, row] of centres.entries())
    for (const [right, column] of centres.entries()) {
      const isCorner =
        (down === 0 && right === 0) || (down === 0 && right === last) || (down === last && right === 0);
      if (!isCorner) rings(row, column, 2, (ring) => ring !== 1);
    }
  // Room for the format (and version) information, which is written once the mask is known.
  for (const [row, column] of [...formatPlaces(size).flat(), ...versionPlaces(version).flat()])
    set(row, column, false);
  set(size - 8, 8, true);
  return grid;
}

type Place = readonly [row: number, column: number];

/** Where each of the fifteen bits stands, lowest first: once beside the first square, once beside the two others. */
function formatPlaces(size: number): [Place, Place][] {
  return Array.from({ length: 15 }, (_, bit) => {
    const first: Place = bit < 6 ? [bit, 8] : bit < 8 ? [bit + 1, 8] : bit === 8 ? [8, 7] : [8, 14 - bit];
    const second: Place = bit < 8 ? [8, size - 1 - bit] : [size - 15 + bit, 8];
    return [first, second];
  });
}

function versionPlaces(version: number): [Place, Place][] {
  if (version < 7) return [];
  const from = sizeOf(version) - 11;
  return Array.from({ length: 18 }, (_, bit) => {
    const [along, across] = [from + (bit % 3), Math.floor(bit / 3)];
    return [
      [along, across],
      [across, along],
    ];
  });
}

/** The value with the remainder of its division behind it. */
function withRemainder(value: number, length: number, divisor: number): number {
  let rest = value;
  for (let round = 0; round < length; round++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}

function writeInformation(grid: Grid, version: number, mask: number): void {
  const write = (places: readonly [Place, Place][], bits: number) => {
    for (const [bit, both] of places.entries())
      for (const [row, column] of both) {
        const line = grid[row];
        if (line) line[column] = ((bits >> bit) & 1) === 1;
      }
  };
  write(formatPlaces(grid.length), withRemainder((levelBits << 3) | mask, 10, 0x537) ^ 0x5412);
  write(versionPlaces(version), withRemainder(version, 12, 0x1f25));
}

/** The free places in the order of reading: two columns at a time from the right, up and down in turn. */
function dataPlaces(grid: Grid): Place[] {
  const size = grid.length;
  const places: Place[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    const column = right <= 6 ? right - 1 : right;
    const isUpwards = ((right + 1) & 2) === 0;
    for (let at = 0; at < size; at++) {
      const row = isUpwards ? size - 1 - at : at;
      for (const each of [column, column - 1]) if (grid[row]?.[each] === null) places.push([row, each]);
    }
  }
  return places;
}

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** How hard a picture is to read: long runs, blocks, what looks like the large squares, too much of one colour (8.8.2). */
function penalty(rows: readonly (readonly boolean[])[]): number {
  const columns = rows.map((_, index) => rows.map((row) => row[index] ?? false));
  let points = 0;
  for (const line of [...rows, ...columns]) {
    const text = line.map((isDark) => (isDark ? '1' : '0')).join('');
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * [...text.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let row = 1; row < rows.length; row++)
    for (let column = 1; column < rows.length; column++) {
      const isDark = rows[row]?.[column];
      const square = [rows[row]?.[column - 1], rows[row - 1]?.[column], rows[row - 1]?.[column - 1]];
      if (square.every((each) => each === isDark)) points += 3;
    }
  const share = rows.flat().filter(Boolean).length / rows.length ** 2;
  return points + 10 * Math.floor(Math.abs(share * 100 - 50) / 5);
}

/** Dark modules row by row, without the quiet margin of four. Throws for more than a code can hold (2331 bytes). */
export function qrCode(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= 40 && dataWordCount(version) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8)
    version++;
  if (version > 40) throw new RangeError('too long for a QR code');
  const words = interleave(dataWords(bytes, version), version);
  const empty = emptyGrid(version);
  const places = dataPlaces(empty);
  const pictures = masks.map((isFlipped, mask) => {
    const grid = empty.map((row) => [...row]);
    writeInformation(grid, version, mask);
    for (const [index, [row, column]] of places.entries()) {
      const isSet = (((words[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
      const line = grid[row];
      if (line) line[column] = isSet !== isFlipped(row, column);
    }
    const rows = grid.map((row) => row.map((isDark) => isDark === true));
    return { rows, points: penalty(rows) };
  });
  return pictures.reduce((best, each) => (each.points < best.points ? each : best)).rows;
}
