'use client';

import { Select } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import { templateKey, type TemplateKey, templateKeys } from '../../../domain/scheme/template-key.ts';
import { BackLink } from '../../kit/back-link.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { Section } from '../../kit/section.tsx';
import { ListSkeleton } from '../../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../../kit/states.tsx';
import { useLive } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';
import { drawingsHref } from '../card/address.ts';
import type { DrawingList, DrawnClient } from '../card/types.ts';
import { useDrawingWords } from '../card/words.ts';
import { LazyMap } from './lazy-map.tsx';
import { RegionDoses } from './region-doses.tsx';
import { useRegionAddress } from './use-region-address.ts';

/** What each region was given over all visits: chosen on a template or in the list. */
export function RegionsPage(props: {
  client: DrawnClient;
  drawings: DrawingList;
  zone: string;
  region: string | null;
}) {
  const t = useTranslations('zones.regionsPage');
  const tCard = useTranslations('zones.card');
  const words = useDrawingWords();
  const format = useFormat();
  const problem = useProblemText();
  const api = useTRPC();
  const queries = useQueryClient();
  const { clientId } = props.client;
  const [chosen, choose] = useRegionAddress(clientId, props.region);
  const [template, setTemplate] = useState<TemplateKey>(() => usualTemplate(props.drawings));
  const { data, error, isPending, refetch } = useQuery(
    api.drawings.regions.queryOptions({ clientId, region: chosen }, { placeholderData: keepPreviousData }),
  );
  useLive('client', (events) => {
    if (events === null || events.some(({ entityId }) => entityId === clientId))
      void queries.invalidateQueries({ queryKey: api.drawings.regions.pathKey() });
  });
  const answer = useRef<HTMLDivElement>(null);
  const show = (region: string) => {
    choose(region);
    // Below the list on a phone, where the answer stands above it.
    answer.current?.scrollIntoView({ block: 'nearest' });
  };
  const head = (
    <>
      <BackLink href={drawingsHref(clientId)}>{tCard('pageOf', { name: props.client.name })}</BackLink>
      <PageHeader
        title={t('title')}
        lead={isPending || (data?.regions.length ?? 0) > 0 ? t('lead') : undefined}
      />
    </>
  );
  if (isPending) return <Framed head={head} body={<ListSkeleton rows={5} />} />;
  if (data === undefined)
    return (
      <Framed head={head} body={<FailureState text={problem(error)} onRetry={() => void refetch()} />} />
    );
  if (data.regions.length === 0)
    return (
      <Framed
        head={head}
        body={
          <EmptyState icon="today" title={t('noneTitle')} text={t('noneText')}>
            <ButtonLink href={drawingsHref(clientId)} kind="secondary">
              {tCard('pageTitle')}
            </ButtonLink>
          </EmptyState>
        }
      />
    );
  const named = data.regions.filter((each): each is typeof each & { region: string } => each.region !== null);
  return (
    <>
      {head}
      {/* On a phone the answer stands between the map and the list. */}
      <div className="flex flex-col gap-6 lg:grid lg:grid-cols-[20rem_minmax(0,1fr)] lg:items-start xl:grid-cols-[37rem_minmax(0,1fr)]">
        <div className="contents items-start gap-4 lg:grid xl:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="order-1">
            <Select
              label={t('template')}
              className="mb-3"
              allowDeselect={false}
              data={templateKeys.map((key) => ({ value: key, label: words.template({ templateKey: key }) }))}
              value={template}
              onChange={(key) => setTemplate(templateKey.catch(template).parse(key))}
            />
            <LazyMap
              templateKey={template}
              label={t('map')}
              given={new Set(named.map(({ region }) => region))}
              chosen={chosen}
              onChoose={show}
            />
          </div>
          <div className="order-3">
            <Section title={t('list')}>
              <ul className="-mx-2">
                {named.map(({ region, lastOn, dayCount }) => (
                  <li key={region}>
                    <button
                      type="button"
                      aria-pressed={region === chosen}
                      onClick={() => show(region)}
                      className={`flex min-h-11 w-full cursor-pointer flex-col rounded-md border-0 px-2 py-1.5 text-left text-ink hover:bg-hover ${
                        region === chosen ? 'bg-accent-soft' : 'bg-transparent'
                      }`}
                    >
                      <span className="font-medium">{words.region(region)}</span>
                      <span className="text-sm text-soft">
                        {t('visits', { count: dayCount })} ·{' '}
                        {t('last', { date: format.date(new Date(`${lastOn}T00:00:00Z`), 'UTC') })}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </Section>
          </div>
        </div>
        <div ref={answer} aria-live="polite" className="order-2 scroll-mt-20">
          {chosen === null ? (
            <p className="rounded-md border border-dashed border-line px-4 py-10 text-center text-soft max-lg:hidden">
              {t('lead')}
            </p>
          ) : (
            <RegionDoses region={chosen} doses={data.doses} />
          )}
        </div>
      </div>
    </>
  );
}

const Framed = ({ head, body }: { head: ReactNode; body: ReactNode }) => (
  <>
    {head}
    {body}
  </>
);

/** The template that was drawn on most often; of several the latest. */
const usualTemplate = ({ schemes }: DrawingList): TemplateKey => {
  const counts = new Map<TemplateKey, number>();
  for (const { templateKey: key, revision } of schemes) {
    const known = templateKey.safeParse(key);
    if (known.success && revision > 0) counts.set(known.data, (counts.get(known.data) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? 'face_front_female';
};
