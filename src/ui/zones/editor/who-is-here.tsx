'use client';

import { useTranslations } from 'next-intl';
import { PersonMark } from '../../kit/person-mark.tsx';
import type { OtherPerson } from '../drawing/surroundings.ts';

const shown = 4;

/** Initials in the colour of each one's cursor; the names are spoken, and shown on hover. */
export function WhoIsHere({
  me,
  others,
}: {
  me: { name: string; hue: number } | null;
  others: readonly OtherPerson[];
}) {
  const t = useTranslations('zones.editor');
  // Somebody with two pages open is one person.
  const people = [...new Map(others.map((other) => [`${other.name} ${other.hue}`, other])).values()];
  if (people.length === 0 && me === null) return null;
  const names = [...(me ? [t('you', { name: me.name })] : []), ...people.map(({ name }) => name)].join(', ');
  return (
    <div
      role="img"
      aria-label={t('people', { names })}
      title={names}
      className="flex shrink-0 items-center -space-x-1.5"
    >
      {me && <PersonMark name={me.name} hue={me.hue} size={28} />}
      {people.slice(0, shown).map((person) => (
        <PersonMark key={person.key} name={person.name} hue={person.hue} size={28} />
      ))}
      {people.length > shown && (
        <span className="grid size-7 place-items-center rounded-full bg-sunken text-xs font-semibold text-soft">
          +{people.length - shown}
        </span>
      )}
    </div>
  );
}
