/** How many specialist hues tokens.css has. */
export const hueCount = 10;

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people count letters, upper case. */
export function firstLetter(text: string): string {
  const [first] = letters.segment(text.trim());
  return first?.segment.toLocaleUpperCase() ?? '';
}

/** First letters of the first and the last word: "Ana Sofia Reis" is AR. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => firstLetter(word ?? '')).join('');
}

/** The hue of a person without a chosen one: always the same for the same id. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (sum % hueCount) + 1;
}

/** A person's initials on their hue. The name stands beside it, so the mark itself is silent. */
export function PersonMark({ name, hue, size = 32 }: { name: string; hue: number; size?: number }) {
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-full font-semibold select-none"
      style={{
        width: size,
        height: size,
        fontSize: Math.max(12, Math.round(size * 0.38)),
        lineHeight: 1,
        color: `var(--hue-${hue}-ink)`,
        backgroundColor: `var(--hue-${hue}-soft)`,
        boxShadow: `inset 0 0 0 1px var(--hue-${hue})`,
      }}
    >
      {initialsOf(name)}
    </span>
  );
}
