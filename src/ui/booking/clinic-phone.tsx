'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import type { Catalogue } from './catalogue.ts';

export function PhoneLink({ phone }: { phone: string }) {
  const t = useTranslations('booking');
  return (
    <a
      href={`tel:${phone.replace(/[^+\d]/g, '')}`}
      className="inline-flex min-h-11 items-center font-semibold text-accent"
    >
      {t('call', { phone })}
    </a>
  );
}

/** Where the page can't help, a person can. */
export function ClinicPhone({ catalogue, placeId }: { catalogue: Catalogue; placeId: string | null }) {
  const place = catalogue.locations.find(({ id }) => id === placeId) ?? catalogue.locations[0];
  return place?.phone ? <PhoneLink phone={place.phone} /> : null;
}
