'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { SpecialistFields } from '../../domain/specialist.ts';
import { BackLink } from '../kit/back-link.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { SpecialistForm } from './specialist-form.tsx';

const listHref = '/settings/people';

const blank = (locationId: string): SpecialistFields => ({
  locationId,
  name: '',
  title: null,
  bio: null,
  hue: 1,
  maxPerDay: null,
  isOnline: true,
  isActive: true,
  accountId: null,
  services: [],
  techniques: [],
  tagIds: [],
});

/** One specialist, new or known. */
export function SpecialistPage({ specialistId }: { specialistId: string | null }) {
  const t = useTranslations('people');
  const trpc = useTRPC();
  const choices = useQuery(trpc.people.choices.queryOptions());
  const person = useQuery(
    trpc.people.specialist.queryOptions(
      { specialistId: specialistId ?? '' },
      { enabled: specialistId !== null },
    ),
  );
  return (
    <>
      <BackLink href={listHref}>{t('title')}</BackLink>
      <Answered query={choices} shape="form" backHref={listHref}>
        {(options) =>
          specialistId === null ? (
            <SpecialistForm
              key="new"
              specialistId={null}
              version={null}
              initial={blank(options.locations[0]?.id ?? '')}
              choices={options}
            />
          ) : (
            <Answered query={person} shape="form" backHref={listHref}>
              {({ specialist, version }) => (
                <SpecialistForm
                  key={specialistId}
                  specialistId={specialistId}
                  version={version}
                  initial={specialist}
                  choices={options}
                />
              )}
            </Answered>
          )
        }
      </Answered>
    </>
  );
}
