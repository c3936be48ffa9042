/** People's words in a picture: only ever words. */

/**
 * What has no face or turns its surroundings round: control characters, marks and overrides of direction, invisible joints, and code points
 * that XML doesn't know. A half of a surrogate pair becomes the sign for what can't be shown.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]/g;

/** One line of words. Breaks and tabs are spaces here: whoever keeps lines splits them before. */
export const plainWords = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(unseen, '');

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Fit for an element's text and for an attribute. */
export const escaped = (text: string): string =>
  plainWords(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
