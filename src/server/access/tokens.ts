/** Opaque secrets: made from 256 random bits, kept only as their SHA-256. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(token).digest());

/** Six digits for a person to type from a message. */
export const newCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
