/** The messages of the stock provider, and ours. */
import { messageTypes } from '../src/domain/scheme/wire.ts';
import type { DrawingAccess } from '../src/domain/scheme/wire.ts';
import { Malformed, WireReader, WireWriter } from './wire-reader.ts';

const syncStep = { vector: 0, answer: 1, update: 2 } as const;

export type Message =
  /** What a page has; the answer is what it lacks. */
  | { kind: 'vector'; vector: Uint8Array }
  /** What a page has and the server lacked. */
  | { kind: 'answer'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; states: Uint8Array }
  | { kind: 'queryAwareness' }
  | { kind: 'mark'; number: number };

/** Null where it is no message that a page may send. Parts are views of the frame. */
export function readMessage(frame: Uint8Array): Message | null {
  try {
    const reader = new WireReader(frame);
    const message = read(reader);
    return reader.isAtEnd ? message : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function read(reader: WireReader): Message | null {
  switch (reader.varUint()) {
    case messageTypes.sync:
      switch (reader.varUint()) {
        case syncStep.vector:
          return { kind: 'vector', vector: reader.block() };
        case syncStep.answer:
          return { kind: 'answer', update: reader.block() };
        case syncStep.update:
          return { kind: 'update', update: reader.block() };
        default:
          return null;
      }
    case messageTypes.awareness:
      return { kind: 'awareness', states: reader.block() };
    case messageTypes.queryAwareness:
      return { kind: 'queryAwareness' };
    case messageTypes.mark:
      return { kind: 'mark', number: reader.varUint() };
    default:
      return null;
  }
}

const syncMessage = (step: number, block: Uint8Array): Uint8Array =>
  new WireWriter().varUint(messageTypes.sync).varUint(step).with(block);

export const vectorMessage = (vector: Uint8Array) => syncMessage(syncStep.vector, vector);
export const answerMessage = (update: Uint8Array) => syncMessage(syncStep.answer, update);
export const updateMessage = (update: Uint8Array) => syncMessage(syncStep.update, update);
export const awarenessMessage = (states: Uint8Array) =>
  new WireWriter().varUint(messageTypes.awareness).with(states);
export const keptMessage = (mark: number) => new WireWriter().varUint(messageTypes.kept).varUint(mark).with();
export const accessMessage = (access: DrawingAccess) =>
  new WireWriter().varUint(messageTypes.access).string(JSON.stringify(access)).with();
export const sumMessage = (sum: number) => new WireWriter().varUint(messageTypes.sum).varUint(sum).with();

/** Whether it is a state vector: Yjs would take what it can and fail on the rest. */
export function isVector(bytes: Uint8Array): boolean {
  try {
    const reader = new WireReader(bytes);
    for (let left = reader.varUint(); left > 0; left--) {
      reader.varUint();
      reader.varUint();
    }
    return reader.isAtEnd;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
