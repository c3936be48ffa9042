/** Time-based one-time passwords (RFC 6238 over RFC 4226) as every authenticator app makes them: SHA-1, six digits, thirty seconds. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** Clocks of phones differ: a code is good for a step before and after its own. */
const slack = [-1n, 0n, 1n] as const;
/** 160 bits, the length of the hash (RFC 4226, 4). */
const seedBytes = 20;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new seed, in the letters (RFC 4648 base32) that people may type off a screen. */
export const newSeed = (): string => base32(randomBytes(seedBytes));

/** Five bits a letter; what is shorter than a letter is filled up with zeros. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

function bytesOf(seed: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of seed) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new Error('a seed is written in base32');
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

export const stepAt = (now: Date): bigint => BigInt(Math.floor(now.getTime() / 1000 / stepSeconds));

/** The code of one step (RFC 4226, 5.3: dynamic truncation). */
export function codeAt(seed: string, step: bigint): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(step);
  const mac = createHmac('sha1', bytesOf(seed)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The steps around `now` whose code this is, oldest first: none for a wrong one. Every step is compared, so that the time tells nothing. */
export function stepsMatching(seed: string, code: string, now: Date): bigint[] {
  if (code.length !== digits) return [];
  const typed = Buffer.from(code);
  return slack
    .map((offset) => stepAt(now) + offset)
    .filter((step) => {
      const right = Buffer.from(codeAt(seed, step));
      return right.length === typed.length && timingSafeEqual(right, typed);
    });
}

/** What an authenticator app reads from the picture. The issuer stands twice, as apps want it. */
export function otpauthUri(input: { seed: string; issuer: string; accountName: string }): string {
  const label = `${encodeURIComponent(input.issuer)}:${encodeURIComponent(input.accountName)}`;
  return `otpauth://totp/${label}?secret=${input.seed}&issuer=${encodeURIComponent(input.issuer)}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}
