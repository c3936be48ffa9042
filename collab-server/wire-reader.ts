/** Reads what came through a socket, byte by byte, and never beyond its end. Whatever isn't as it should be is `Malformed`. */

export class Malformed extends Error {}

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const mostVarUintBytes = 8;

export class WireReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Malformed('ends too soon');
    return value;
  }

  skip(count: number): void {
    this.at += count;
    if (this.at > this.bytes.length) throw new Malformed('ends too soon');
  }

  varUint(): number {
    let value = 0;
    let scale = 1;
    for (let read = 0; read < mostVarUintBytes; read++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
      scale *= 128;
    }
    throw new Malformed('a number too large');
  }

  /** A view, not a copy. */
  block(): Uint8Array {
    const length = this.varUint();
    const from = this.at;
    this.skip(length);
    return this.bytes.subarray(from, this.at);
  }

  string(): string {
    try {
      return text.decode(this.block());
    } catch (error) {
      throw error instanceof Malformed ? error : new Malformed('no text');
    }
  }
}

/** The counterpart: numbers, texts and blocks one after the other. */
export class WireWriter {
  readonly #parts: number[] = [];

  varUint(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.#parts.push((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.#parts.push(rest);
    return this;
  }

  string(value: string): this {
    const bytes = Buffer.from(value);
    this.varUint(bytes.length);
    for (const byte of bytes) this.#parts.push(byte);
    return this;
  }

  /** What was written, and after it a block with its length before. */
  with(block?: Uint8Array): Uint8Array {
    if (!block) return Uint8Array.from(this.#parts);
    this.varUint(block.length);
    const all = new Uint8Array(this.#parts.length + block.length);
    all.set(this.#parts);
    all.set(block, this.#parts.length);
    return all;
  }
}
