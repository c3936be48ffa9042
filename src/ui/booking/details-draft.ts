'use client';

/** What was typed into the details, kept for this tab: a reload, a sign-in or a lost time costs nobody a word. */
export interface Details {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  note: string;
}

export const noDetails: Details = { firstName: '', lastName: '', email: '', phone: '', note: '' };
const key = 'booking-details';

export function readDetails(): Details {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return noDetails;
    const texts = Object.entries(kept).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return { ...noDetails, ...Object.fromEntries(texts) };
  } catch {
    return noDetails; // storage may be forbidden, or hold somebody else's text
  }
}

/** The password is never among them. Null forgets. */
export function keepDetails(details: Details | null): void {
  try {
    if (details === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, JSON.stringify(details));
  } catch {
    // Without storage the page itself still holds the text.
  }
}
