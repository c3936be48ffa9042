/** Names of the cookies: `__Host-` wherever TLS stands in front, a plain name on loopback http, which browsers demand. */
export const isSecureOrigin = (appUrl: string): boolean => new URL(appUrl).protocol === 'https:';

export const sessionCookieName = (appUrl: string): string =>
  isSecureOrigin(appUrl) ? '__Host-dermis.session' : 'dermis.session';

export const holderCookieName = (appUrl: string): string =>
  isSecureOrigin(appUrl) ? '__Host-dermis.holder' : 'dermis.holder';

export const deviceCookieName = (appUrl: string): string =>
  isSecureOrigin(appUrl) ? '__Host-dermis.device' : 'dermis.device';

/** Reads one cookie of a Cookie header. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim());
  }
  return null;
}

/** A cookie that is no text is as good as none. */
function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value) || null;
  } catch {
    return null;
  }
}

const sessionDays = 30;

/** The `Set-Cookie` line of a session, with the same properties that next-auth gives it at sign-in. */
export const sessionCookie = (appUrl: string, token: string): string =>
  `${sessionCookieName(appUrl)}=${token}; Path=/; Max-Age=${sessionDays * 86_400}; HttpOnly; SameSite=Lax${isSecureOrigin(appUrl) ? '; Secure' : ''}`;

/** As long as browsers keep any cookie. */
const deviceDays = 400;

/** The `Set-Cookie` line of a device: it outlives sessions, and by itself opens nothing. */
export const deviceCookie = (appUrl: string, token: string): string =>
  `${deviceCookieName(appUrl)}=${token}; Path=/; Max-Age=${deviceDays * 86_400}; HttpOnly; SameSite=Lax${isSecureOrigin(appUrl) ? '; Secure' : ''}`;
