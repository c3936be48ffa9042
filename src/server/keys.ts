/** Keys for one purpose each, derived from the installation's one secret, which is kept outside of the database (HKDF, RFC 5869). */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Nothing made with one of these opens what another made. */
export type Purpose = 'trail' | 'second factor' | 'pin' | 'puzzles' | 'counters';

const keyBytes = 32;

export const keyFor = (masterKey: string, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, 'dermis', purpose, keyBytes));

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, tag, text. `about` is bound to it: what is sealed for one record can't be moved to another. */
export function seal(key: Buffer, text: string, about: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.from(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
}

/** The text, or null where the key, the record or a single bit is another. */
export function unseal(key: Buffer, sealed: Uint8Array, about: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
      .setAAD(Buffer.from(about))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return (
      decipher.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch {
    return null;
  }
}
