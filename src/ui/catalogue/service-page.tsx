'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ServiceFields } from '../../domain/service.ts';
import { BackLink } from '../kit/back-link.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ServiceForm } from './service-form.tsx';

const listHref = '/settings/catalogue';

const blank = (categoryId: string): ServiceFields => ({
  categoryId,
  code: null,
  name: '',
  description: null,
  baseMinutes: 60,
  priceMinor: 0,
  isPriceFrom: false,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  processing: null,
  slotStepMinutes: null,
  isOnline: true,
  bookableBy: 'everyone',
  needsApproval: false,
  hue: 1,
  isActive: true,
  requirements: [],
  prerequisites: [],
  techniques: [],
});

/** One service, new or known, with all that is edited of it. */
export function ServicePage({ serviceId }: { serviceId: string | null }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const list = useQuery(trpc.catalogue.list.queryOptions());
  const service = useQuery(
    trpc.catalogue.service.queryOptions({ serviceId: serviceId ?? '' }, { enabled: serviceId !== null }),
  );
  return (
    <>
      <BackLink href={listHref}>{t('catalogue.title')}</BackLink>
      <Answered query={list} shape="form" backHref={listHref}>
        {(choices) =>
          serviceId === null ? (
            <ServiceForm
              key="new"
              choices={choices}
              known={{
                serviceId: null,
                version: null,
                service: blank(choices.categories[0]?.id ?? ''),
                specialists: [],
              }}
            />
          ) : (
            <Answered query={service} shape="form" backHref={listHref}>
              {(known) => <ServiceForm key={serviceId} choices={choices} known={known} />}
            </Answered>
          )
        }
      </Answered>
    </>
  );
}
