/**
 * Points of a stroke as bytes. The editor rounds to hundredths, so a point is a step of a few bytes from the one before it; as JSON it
 * takes ten times that, and a scheme would outgrow its room. What isn't exact to the hundredth is left as it is by `null`.
 */
export interface InkPoint {
  x: number;
  y: number;
  z?: number | undefined;
}
export interface InkSegment {
  type: 'free' | 'straight';
  points: readonly InkPoint[];
}

/** So many points lie in one entry while a stroke is being drawn: only the last entry changes with each new point. */
export const pointsPerChunk = 32;

const straight = 1;
/** Belongs to the segment that the chunk before ended with. */
const goesOn = 2;
const pressureAlike = 4;
const pressureEach = 8;
const knownFlags = straight | goesOn | pressureAlike | pressureEach;
const largestHundredths = 2 ** 27;

/** In hundredths; null where that would lose something. */
function hundredths(value: unknown): number | null {
  if (typeof value !== 'number') return null;
  const whole = Math.round(value * 100);
  return whole / 100 === value && Math.abs(whole) <= largestHundredths ? whole : null;
}

/** Small numbers in few bytes, whatever their sign. */
function write(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
  byte(): number | null {
    return this.bytes[this.at++] ?? null;
  }
  number(): number | null {
    let value = 0;
    for (let factor = 1; factor <= 128 ** 4; factor *= 128) {
      const byte = this.byte();
      if (byte === null) return null;
      value += (byte % 128) * factor;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    return null;
  }
}

interface Run {
  type: InkSegment['type'];
  goesOn: boolean;
  points: readonly InkPoint[];
}

function packRun(bytes: number[], run: Run): boolean {
  const pressures = run.points.map(({ z }) => (z === undefined ? undefined : hundredths(z)));
  const [first] = pressures;
  const alike = pressures.every((each) => each === first);
  if (pressures.includes(null) || (!alike && pressures.includes(undefined))) return false;
  const withPressure = first === undefined ? 0 : alike ? pressureAlike : pressureEach;
  bytes.push((run.type === 'straight' ? straight : 0) | (run.goesOn ? goesOn : 0) | withPressure);
  write(bytes, run.points.length);
  if (withPressure === pressureAlike) write(bytes, first ?? 0);
  let before = { x: 0, y: 0 };
  for (const [index, point] of run.points.entries()) {
    const x = hundredths(point.x);
    const y = hundredths(point.y);
    if (x === null || y === null) return false;
    write(bytes, x - before.x);
    write(bytes, y - before.y);
    if (withPressure === pressureEach) write(bytes, pressures[index] ?? 0);
    before = { x, y };
  }
  return true;
}

function readRun(reader: Reader): Run | null {
  const flags = reader.byte();
  const count = reader.number();
  if (flags === null || (flags & knownFlags) !== flags) return null;
  // a point takes two bytes at least: a count that can't be true is no reason to reserve room
  if (count === null || count < 0 || count * 2 > reader.left) return null;
  const alike = flags & pressureAlike ? reader.number() : undefined;
  const points: InkPoint[] = [];
  let x = 0;
  let y = 0;
  for (let index = 0; index < count; index++) {
    const stepX = reader.number();
    const stepY = reader.number();
    const pressure = flags & pressureEach ? reader.number() : alike;
    if (stepX === null || stepY === null || pressure === null) return null;
    x += stepX;
    y += stepY;
    points.push(
      pressure === undefined ? { x: x / 100, y: y / 100 } : { x: x / 100, y: y / 100, z: pressure / 100 },
    );
  }
  return { type: flags & straight ? 'straight' : 'free', goesOn: (flags & goesOn) !== 0, points };
}

function pack(runs: readonly Run[]): Uint8Array | null {
  const bytes: number[] = [];
  return runs.every((run) => packRun(bytes, run)) ? Uint8Array.from(bytes) : null;
}

/** All segments in one value. */
export const packSegments = (segments: readonly InkSegment[]): Uint8Array | null =>
  pack(segments.map(({ type, points }) => ({ type, goesOn: false, points })));

/** The same in several values: those before the last stay as they are while points are added at the end. */
export function packInChunks(segments: readonly InkSegment[]): Uint8Array[] | null {
  const chunks: Run[][] = [];
  let room = 0;
  for (const { type, points } of segments)
    for (let from = 0; from === 0 || from < points.length; ) {
      if (room === 0) {
        chunks.push([]);
        room = pointsPerChunk;
      }
      const part = points.slice(from, from + room);
      chunks.at(-1)?.push({ type, goesOn: from > 0, points: part });
      room -= Math.max(part.length, 1);
      from += Math.max(part.length, 1);
    }
  const packed = chunks.map(pack);
  return packed.every((chunk) => chunk !== null) ? packed : null;
}

/** The segments of one or several such values; null where the bytes are none of ours. */
export function unpackSegments(chunks: readonly Uint8Array[]): InkSegment[] | null {
  const segments: { type: InkSegment['type']; points: InkPoint[] }[] = [];
  for (const chunk of chunks) {
    const reader = new Reader(chunk);
    while (reader.left > 0) {
      const run = readRun(reader);
      if (!run) return null;
      const last = segments.at(-1);
      if (run.goesOn && last?.type === run.type) for (const point of run.points) last.points.push(point);
      else segments.push({ type: run.type, points: [...run.points] });
    }
  }
  return segments;
}

/** A line of places alone, as areas and paths have it. */
export const packPoints = (points: readonly InkPoint[]): Uint8Array | null =>
  points.every((point) => !('z' in point)) ? pack([{ type: 'free', goesOn: false, points }]) : null;

export function unpackPoints(bytes: Uint8Array): InkPoint[] | null {
  const segments = unpackSegments([bytes]);
  const [only] = segments ?? [];
  return segments?.length === 1 && only ? [...only.points] : null;
}
