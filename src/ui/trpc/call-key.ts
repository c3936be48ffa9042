/** A key under which a command acts once, however often it is sent. Works without TLS, where `randomUUID` is missing. */
export const newCallKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
