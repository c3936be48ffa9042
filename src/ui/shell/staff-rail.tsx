'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import type { Section } from '../../domain/access/section.ts';
import { isWithin } from './place.ts';
import { openPlaces, type StaffPlace, staffPlaces } from './staff-places.ts';

function PlaceLink({ place, current }: { place: StaffPlace; current: boolean }) {
  const t = useTranslations('staff');
  return (
    <Link
      href={place.href}
      aria-current={current ? 'page' : undefined}
      className={`flex min-h-12 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-md py-1.5 text-xs font-medium no-underline md:w-full md:flex-none ${
        current ? 'bg-accent-soft text-accent' : 'text-soft hover:bg-hover hover:text-ink'
      }`}
    >
      <Icon name={place.icon} />
      <span className="max-w-full truncate">{t(place.label)}</span>
    </Link>
  );
}

/** The sections: a slim rail at the left, a bar at the bottom of a phone. */
export function StaffRail({ open }: { open: readonly Section[] }) {
  const t = useTranslations('staff');
  const path = usePathname();
  const places = openPlaces(staffPlaces, open);
  return (
    <nav
      aria-label={t('navigation')}
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface px-1 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:sticky md:top-0 md:h-dvh md:w-24 md:shrink-0 md:flex-col md:gap-1 md:border-t-0 md:border-r md:px-2 md:pt-3"
    >
      <span
        aria-hidden="true"
        className="mx-auto mb-3 hidden size-9 place-items-center rounded-md bg-accent text-lg font-semibold text-on-accent select-none md:grid"
      >
        D
      </span>
      {places.map((place) => (
        <PlaceLink
          key={place.href}
          place={place}
          current={isWithin(path, place.href) || isWithin(path, place.also ?? place.href)}
        />
      ))}
    </nav>
  );
}
