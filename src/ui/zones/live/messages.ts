/** Our own messages beside the stock provider's, by hand: a few numbers and one text. */
import * as Y from 'yjs';
import { messageTypes } from '../../../domain/scheme/wire.ts';

/** Where the provider stands in a message; it reads on from there. */
export interface Reading {
  arr: Uint8Array;
  pos: number;
}

const largestNumber = Number.MAX_SAFE_INTEGER;

export function readNumber(reading: Reading): number {
  let value = 0;
  for (let factor = 1; factor <= largestNumber; factor *= 128) {
    const byte = reading.arr[reading.pos++];
    if (byte === undefined) break;
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  throw new Error('a message ends in the middle of a number');
}

export function readText(reading: Reading): string {
  const length = readNumber(reading);
  const bytes = reading.arr.subarray(reading.pos, reading.pos + length);
  reading.pos += length;
  return new TextDecoder().decode(bytes);
}

function numbers(...values: number[]): number[] {
  const bytes: number[] = [];
  for (let rest of values) {
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  }
  return bytes;
}

function syncMessage(step: number, block: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = numbers(messageTypes.sync, step, block.length);
  const message = new Uint8Array(head.length + block.length);
  message.set(head);
  message.set(block, head.length);
  return message;
}

/** The steps of the stock protocol. */
export const syncSteps = { vector: 0, answer: 1, update: 2 } as const;

export const updateMessage = (update: Uint8Array) => syncMessage(syncSteps.update, update);
/** Asks for whatever this document lacks. */
export const vectorMessage = (doc: Y.Doc) => syncMessage(syncSteps.vector, Y.encodeStateVector(doc));
export const markMessage = (mark: number) => Uint8Array.from(numbers(messageTypes.mark, mark));
