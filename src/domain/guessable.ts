/**
 * How soon a password is guessed by somebody who tries what people usually do. The password is cut into pieces (a common word, a run of
 * keys, a year, single signs), each with its price; the cheapest cutting counts. No meter for people: only a line below which it is refused.
 */
import { commonRoots } from './common-passwords.ts';

/** Prices are the decimal logarithm of how many guesses a piece costs. */
const price = {
  /** One of the common roots, however its letters are disguised. */
  common: 2.9,
  /** A word of the person's or of the clinic's: the first to be tried. */
  own: 1,
  /** Neighbours on the keyboard or in the alphabet, or one sign again and again. */
  run: 1.5,
  year: 1.7,
  letter: 1.4,
  digit: 1,
  separator: 0.5,
  sign: 1.2,
  /** The same thing once more. */
  again: 0.5,
} as const;

const tracks = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  '01234567890',
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  '1qaz',
  '2wsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7ujm',
  '8ik,',
  '9ol.',
  '0p;/',
];
/** Every pair of signs that follow each other on a track, one way or the other. */
const neighbours = new Set(
  tracks.flatMap((track) =>
    Array.from(track)
      .slice(1)
      .flatMap((sign, index) => [`${track[index]}${sign}`, `${sign}${track[index]}`]),
  ),
);

/** What is written instead of a letter. */
const disguises: Readonly<Record<string, string>> = {
  '4': 'a',
  '@': 'a',
  '8': 'b',
  '(': 'c',
  '3': 'e',
  '€': 'e',
  '6': 'g',
  '9': 'g',
  '1': 'il',
  '!': 'i',
  '|': 'l',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
  '2': 'z',
};

interface Branch {
  next: Map<string, Branch>;
  isWord: boolean;
}

function treeOf(words: Iterable<string>): Branch {
  const root: Branch = { next: new Map(), isWord: false };
  for (const word of words) {
    let branch = root;
    for (const sign of word) {
      const next = branch.next.get(sign) ?? { next: new Map<string, Branch>(), isWord: false };
      branch.next.set(sign, next);
      branch = next;
    }
    branch.isWord = true;
  }
  return root;
}

let commonTree: Branch | undefined;

/** Where words of the tree that begin at `from` end, disguised ones included. */
function wordEnds(tree: Branch, signs: readonly string[], from: number): number[] {
  const ends = new Set<number>();
  let branches = [tree];
  for (let at = from; at < signs.length && branches.length > 0; at++) {
    const sign = signs[at] ?? '';
    const readings = [sign, ...Array.from(disguises[sign] ?? '')];
    branches = branches.flatMap((branch) => readings.flatMap((each) => branch.next.get(each) ?? []));
    if (branches.some(({ isWord }) => isWord)) ends.add(at + 1);
  }
  return [...ends];
}

/** Where a run of at least three that begins at `from` may end: neighbours, or one sign again and again. */
function runEnds(signs: readonly string[], from: number): number[] {
  const same = (at: number): boolean => signs[at] === signs[from];
  const near = (at: number): boolean => neighbours.has(`${signs[at - 1]}${signs[at]}`);
  return [same, near].flatMap((follows) => {
    let end = from + 1;
    while (end < signs.length && follows(end)) end++;
    return end - from >= 3 ? [end] : [];
  });
}

const aloneCosts = (sign: string): number => {
  if (/\p{L}/u.test(sign)) return price.letter;
  if (/\p{N}/u.test(sign)) return price.digit;
  return /[\s._-]/u.test(sign) ? price.separator : price.sign;
};

/** The cheapest way to put `signs` together out of pieces. */
function cheapest(signs: readonly string[], own: Branch): number {
  commonTree ??= treeOf(commonRoots);
  const costs = Array<number>(signs.length + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  for (let from = 0; from < signs.length; from++) {
    const before = costs[from] ?? 0;
    const offer = (end: number, cost: number) => {
      costs[end] = Math.min(costs[end] ?? Number.POSITIVE_INFINITY, before + cost);
    };
    offer(from + 1, aloneCosts(signs[from] ?? ''));
    for (const end of wordEnds(own, signs, from)) offer(end, price.own);
    for (const end of wordEnds(commonTree, signs, from)) offer(end, price.common);
    for (const end of runEnds(signs, from)) offer(end, price.run);
    if (/^(?:19|20)\d\d$/.test(signs.slice(from, from + 4).join(''))) offer(from + 4, price.year);
  }
  return costs[signs.length] ?? 0;
}

/** The shortest beginning of which the whole is nothing but repetitions. */
function unitOf(signs: readonly string[]): readonly string[] {
  for (let length = 1; length <= signs.length / 2; length++)
    if (signs.every((sign, index) => sign === signs[index % length])) return signs.slice(0, length);
  return signs;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The words in names and addresses: "ana.reis@example.com" has four. Shorter than three signs they are parts of anything. */
export const wordsOf = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => [fold(text), ...fold(text).split(/[^\p{L}\p{N}]+/u)])
    .filter(({ length }) => length >= 3);

/** The decimal logarithm of how many guesses it takes, at most. Read backwards it is guessed as soon. */
export function guessesLog10(password: string, ownWords: readonly string[]): number {
  const signs = Array.from(fold(password));
  const unit = unitOf(signs);
  const own = treeOf(ownWords);
  const cost = Math.min(cheapest(unit, own), cheapest(unit.toReversed(), own));
  return cost + (unit.length < signs.length ? price.again : 0);
}
