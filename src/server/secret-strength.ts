/** How hard a secret is to guess, as far as its text tells: what people type into a settings file is often an example or a phrase. */

/** Words of examples, of this project's own tests and of keyboards: they count for nothing, wherever they stand. */
const knownWords = [
  'only for tests, thrown away after',
  'only for figures on this machine, thrown away',
  'change-me',
  'change_me',
  'changeme',
  'replace-me',
  'replaceme',
  'placeholder',
  'password',
  'passwort',
  'postgres',
  'nextauth',
  'example',
  'default',
  'secret',
  'dermis',
  'clinic',
  'master',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'letmein',
  'kuvo-rami-selo-tanu',
];

/** A letter among letters is part of a word, and a word's letters follow from each other; dice throw few of those in a row. */
const bitsInWord = 1.5;
const isWord = (stretch: string): boolean =>
  /^(?:[a-z]{3}|[A-Z]{3}|[A-Z][a-z]{2}|[a-z]*[^A-Za-z0-9][A-Za-z]*)$/.test(stretch);

const alphabets: readonly [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 8],
];

function bitsOfCharacter(text: string): number {
  if (/^[0-9a-f]+$/i.test(text)) return 4;
  const size = alphabets.reduce((sum, [part, count]) => sum + (part.test(text) ? count : 0), 0);
  return Math.log2(Math.max(size, 2));
}

/** Stretches of three that say something new: no second `abc`, no `aaa`, no `345`. */
function newStretches(text: string): Set<string> {
  const seen = new Set<string>();
  for (let at = 2; at < text.length; at++) {
    const stretch = text.slice(at - 2, at + 1);
    const [first = 0, second = 0, third = 0] = [0, 1, 2].map((index) => stretch.charCodeAt(index));
    const goesOn = second - first === third - second && Math.abs(second - first) <= 1;
    if (!goesOn) seen.add(stretch);
  }
  return seen;
}

/**
 * A cautious estimate in bits: of 32 random hexadecimal digits about 115, of 48 random bytes in base64 above 300, of an example, a
 * sentence or something repeated below 100. It can't know what was published elsewhere.
 */
export function estimatedBits(secret: string): number {
  let rest = secret;
  for (const word of knownWords) rest = rest.replaceAll(new RegExp(RegExp.escape(word), 'gi'), '');
  const each = bitsOfCharacter(rest);
  return [...newStretches(rest)].reduce(
    (sum, stretch) => sum + (isWord(stretch) ? Math.min(bitsInWord, each) : each),
    0,
  );
}
