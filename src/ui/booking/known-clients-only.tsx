'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import type { BookableService, Catalogue } from './catalogue.ts';
import { ClinicPhone } from './clinic-phone.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** Nobody who opens an account this minute could have been here before. */
export const isClosedToGuests = (services: readonly BookableService[]): boolean =>
  services.some(({ bookableBy, prerequisites }) => bookableBy !== 'everyone' || prerequisites.length > 0);

/** What these services ask of a client, said before a time is chosen rather than after. */
export function useConditions() {
  const t = useTranslations('booking');
  return (services: readonly BookableService[]): string[] => [
    ...new Set(
      services.flatMap((service) => [
        ...(service.bookableBy === 'existing' ? [t('existingText', { service: service.name })] : []),
        ...(service.bookableBy === 'invited' ? [t('invitedText', { service: service.name })] : []),
        ...service.prerequisites.map(({ name, minHours }) =>
          t('prerequisiteText', { service: service.name, name, minHours }),
        ),
      ]),
    ),
  ];
}

export function Conditions({ services }: { services: readonly BookableService[] }) {
  const lines = useConditions()(services);
  if (lines.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-col gap-1 rounded-md bg-attention-soft p-4">
      {lines.map((line) => (
        <li key={line} className="flex items-start gap-2">
          <Icon name="info" size={18} className="mt-0.5 shrink-0 text-attention" />
          <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}

/** Stands where a newcomer's form would end in a refusal. */
export function KnownClientsOnly(props: {
  services: readonly BookableService[];
  catalogue: Catalogue;
  placeId: string | null;
}) {
  const t = useTranslations('booking');
  return (
    <div className="max-w-prose">
      <Conditions services={props.services} />
      <p>
        {t('knownOnly')} <SignInLink />
      </p>
      <ClinicPhone catalogue={props.catalogue} placeId={props.placeId} />
    </div>
  );
}
