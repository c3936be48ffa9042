/**
 * Reads an update of Yjs (V1) without applying it, and admits only what our page's binding writes: records in the one map, values in a
 * record, and what became of them once erased. Everything else that Yjs could do is refused: sub-documents, texts, lists, other roots.
 */
import { recordsKey } from '../src/domain/scheme/layout.ts';
import { Malformed, WireReader } from './wire-reader.ts';

export interface Id {
  client: number;
  clock: number;
}

export interface Range {
  client: number;
  from: number;
  to: number;
}

/** One struct that others hang on: an entry and the one before it, or the map it is the first entry of. */
export interface Placed {
  origin: Id | null;
  /** Null: the map of records itself; undefined: as its origin's. */
  parent: Id | null | undefined;
  key: string | undefined;
}

export interface ReadUpdate {
  /** What each replica brings, without holes. */
  added: Range[];
  erased: Range[];
  placed: Placed[];
  /** Something between is left out: it can't be taken in yet. */
  hasHoles: boolean;
}

const bounds = { structs: 20_000, ranges: 50_000, clock: 2 ** 31, depth: 24 } as const;
/** The numbers by which Yjs tells kinds of content apart. */
const kinds = { gone: 0, deleted: 1, binary: 3, type: 7, any: 8, skip: 10 } as const;
const mapType = 1;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

const refuse = (why: string): never => {
  throw new Malformed(why);
};

function nameOf(reader: WireReader): string {
  const name = reader.string();
  return forbiddenKeys.has(name) ? refuse('a forbidden name') : name;
}

/** Passes over one value, as lib0 writes it. */
function passValue(reader: WireReader, depth = 0): void {
  if (depth > bounds.depth) refuse('nested too deep');
  switch (reader.byte()) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      return passInteger(reader);
    case 124:
      return reader.skip(4);
    case 123:
      return reader.skip(8);
    case 119:
      reader.string();
      return;
    case 118:
      for (let left = reader.varUint(); left > 0; left--) {
        nameOf(reader);
        passValue(reader, depth + 1);
      }
      return;
    case 117:
      for (let left = reader.varUint(); left > 0; left--) passValue(reader, depth + 1);
      return;
    default:
      refuse('a value of another kind');
  }
}

function passInteger(reader: WireReader): void {
  for (let read = 0; read < 8; read++) if (reader.byte() < 0x80) return;
  refuse('a number too large');
}

const idOf = (reader: WireReader): Id => ({ client: reader.varUint(), clock: reader.varUint() });

/** How much of its replica's clock a struct takes. */
function passContent(reader: WireReader, kind: number): number {
  switch (kind) {
    case kinds.deleted:
      return reader.varUint();
    case kinds.binary:
      reader.block();
      return 1;
    case kinds.type:
      if (reader.varUint() !== mapType) refuse('a type that isn’t a map');
      return 1;
    case kinds.any: {
      const length = reader.varUint();
      for (let left = length; left > 0; left--) passValue(reader);
      return length;
    }
    default:
      return refuse('content of another kind');
  }
}

interface Struct {
  length: number;
  /** Null where it is gone, or left out. */
  placed: Placed | null;
  isHole: boolean;
}

function readStruct(reader: WireReader): Struct {
  const info = reader.byte();
  const kind = info & 0b11111;
  if (kind === kinds.gone || kind === kinds.skip) {
    if (info !== kind) refuse('a struct with flags it can’t have');
    return { length: reader.varUint(), placed: null, isHole: kind === kinds.skip };
  }
  if ((info & 0b0100_0000) !== 0) refuse('a place in a list');
  if ((info & 0b1000_0000) !== 0) {
    // Where it lies is its origin's matter; Yjs writes whether it has a name all the same.
    const origin = idOf(reader);
    return {
      length: passContent(reader, kind),
      placed: { origin, parent: undefined, key: undefined },
      isHole: false,
    };
  }
  const byName = reader.varUint();
  if (byName > 1) refuse('a parent of another kind');
  if (byName === 1 && reader.string() !== recordsKey) refuse('another root');
  const parent = byName === 1 ? null : idOf(reader);
  if ((info & 0b0010_0000) === 0) refuse('an entry without a name');
  const key = nameOf(reader);
  return { length: passContent(reader, kind), placed: { origin: null, parent, key }, isHole: false };
}

/** Null where these bytes are no update, or one that may not be. */
export function readUpdate(bytes: Uint8Array): ReadUpdate | null {
  try {
    return read(new WireReader(bytes));
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function read(reader: WireReader): ReadUpdate {
  const update: ReadUpdate = { added: [], erased: [], placed: [], hasHoles: false };
  const seen = new Set<number>();
  /** Nobody begins an entry twice, or puts two things after the same one; who did could make others search for ages. */
  const begun = new Set<string>();
  let structs = 0;
  for (let clients = reader.varUint(); clients > 0; clients--) {
    const count = reader.varUint();
    const client = reader.varUint();
    const from = reader.varUint();
    if (seen.has(client) || client > 2 ** 32) refuse('a replica twice');
    seen.add(client);
    structs += count;
    if (structs > bounds.structs) refuse('too many structs');
    let clock = from;
    for (let left = count; left > 0; left--) {
      const { length, placed, isHole } = readStruct(reader);
      if (length === 0) refuse('a struct of no length');
      update.hasHoles ||= isHole;
      clock += length;
      if (clock > bounds.clock) refuse('a clock too far ahead');
      if (!placed) continue;
      const { origin, parent, key } = placed;
      const place = origin
        ? `${client} ${origin.client} ${origin.clock}`
        : `${client} ${parent ? `${parent.client} ${parent.clock}` : ''} = ${key}`;
      if (begun.has(place)) refuse('two of one place');
      begun.add(place);
      update.placed.push(placed);
    }
    if (count > 0) update.added.push({ client, from, to: clock });
  }
  let ranges = 0;
  const erasedOf = new Set<number>();
  for (let clients = reader.varUint(); clients > 0; clients--) {
    const client = reader.varUint();
    const count = reader.varUint();
    if (erasedOf.has(client) || client > 2 ** 32) refuse('a replica twice');
    erasedOf.add(client);
    ranges += count;
    if (ranges > bounds.ranges) refuse('too much erased');
    let after = 0;
    for (let left = count; left > 0; left--) {
      const from = reader.varUint();
      const to = from + reader.varUint();
      // Yjs writes them in order. One of no length it takes in, and then can't read the document again.
      if (to <= from || from < after) refuse('ranges out of order');
      if (to > bounds.clock) refuse('a clock too far ahead');
      after = to;
      update.erased.push({ client, from, to });
    }
  }
  if (!reader.isAtEnd) refuse('more than an update');
  return update;
}
