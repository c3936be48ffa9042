'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Section } from '../../domain/access/section.ts';
import { Icon } from '../kit/icons.tsx';
import { isWithin } from './place.ts';
import { openPlaces, settingsPlaces } from './staff-places.ts';

/** The sections inside Settings: a column at the side, a row that scrolls on narrow screens. */
export function SettingsNav({ open }: { open: readonly Section[] }) {
  const t = useTranslations('staff');
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the section one is in may stand beyond the edge of the row.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <nav
      ref={nav}
      aria-label={t('settingsSections')}
      data-print="hide"
      className="-mx-4 mb-4 flex gap-1 overflow-x-auto px-4 lg:mx-0 lg:mb-0 lg:w-56 lg:shrink-0 lg:flex-col lg:px-0"
    >
      {openPlaces(settingsPlaces, open).map((place) => {
        const current = isWithin(path, place.href);
        return (
          <Link
            key={place.href}
            href={place.href}
            aria-current={current ? 'page' : undefined}
            className={`flex min-h-11 shrink-0 items-center gap-2 rounded-md px-3 whitespace-nowrap no-underline ${
              current ? 'bg-accent-soft font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'
            }`}
          >
            <Icon name={place.icon} size={18} />
            {t(place.label)}
          </Link>
        );
      })}
    </nav>
  );
}
