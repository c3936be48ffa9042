'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Icon, type IconName } from '../kit/icons.tsx';
import { isWithin } from './place.ts';
import { portalPlaces } from './portal-places.ts';

/** Says at once that the tap was taken, also where the next place has no skeleton to show. */
function PlaceIcon({ name }: { name: IconName }) {
  const { pending } = useLinkStatus();
  return (
    <span className={pending ? 'motion-safe:animate-pulse' : undefined}>
      <Icon name={name} />
    </span>
  );
}

/** The client's three places: a bar at the bottom of a phone, a row at the top elsewhere. */
export function PortalBar() {
  const t = useTranslations('portal');
  const path = usePathname();
  return (
    <nav
      aria-label={t('navigation')}
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 flex gap-1 border-t border-line bg-surface px-4 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:static md:ml-auto md:border-0 md:bg-transparent md:p-0"
    >
      {portalPlaces.map((place) => {
        const current = isWithin(path, place.href);
        return (
          <Link
            key={place.href}
            href={place.href}
            aria-current={current ? 'page' : undefined}
            className={`flex min-h-12 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-md px-3 text-xs font-medium no-underline md:min-h-11 md:flex-none md:flex-row md:gap-2 md:text-sm ${
              current ? 'bg-accent-soft text-accent' : 'text-soft hover:bg-hover hover:text-ink'
            }`}
          >
            <PlaceIcon name={place.icon} />
            <span className="max-w-full truncate">{t(place.label)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
