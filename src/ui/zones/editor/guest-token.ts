/** What lets this page in again after a reload: kept for this tab alone, and gone with it. */
const listeners = new Set<() => void>();
const nameOf = (inviteToken: string): string => `drawing-guest ${inviteToken}`;
/** Where storage is forbidden, for as long as the page stands. */
const held = new Map<string, string>();

export const guestTokens = {
  subscribe(changed: () => void) {
    listeners.add(changed);
    return () => void listeners.delete(changed);
  },
  read(inviteToken: string): string | null {
    try {
      return window.sessionStorage.getItem(nameOf(inviteToken)) ?? held.get(inviteToken) ?? null;
    } catch {
      return held.get(inviteToken) ?? null;
    }
  },
  keep(inviteToken: string, guestToken: string) {
    held.set(inviteToken, guestToken);
    try {
      window.sessionStorage.setItem(nameOf(inviteToken), guestToken);
    } catch {
      // storage may be forbidden
    }
    for (const changed of listeners) changed();
  },
};
