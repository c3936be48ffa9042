'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Section } from '../kit/section.tsx';
import { useTRPC } from '../trpc/client.ts';
import { CardVisitRow } from './card-visit-row.tsx';
import type { CardRights, CardVisit, VisitsOfCard } from './types.ts';

const firstShown = 10;

function Rows(props: { visits: readonly CardVisit[]; rights: CardRights; none: string }) {
  const t = useTranslations('clients.page');
  const [all, setAll] = useState(false);
  const shown = all ? props.visits : props.visits.slice(0, firstShown);
  const hidden = props.visits.length - shown.length;
  if (props.visits.length === 0) return <p className="text-soft">{props.none}</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {shown.map((visit) => (
          <CardVisitRow key={visit.appointmentId} visit={visit} rights={props.rights} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button variant="subtle" size="sm" mt="xs" onClick={() => setAll(true)}>
          {t('showAll', { count: hidden })}
        </Button>
      )}
    </>
  );
}

/** What is to come, with the one step that is due now, and what was. */
export function CardVisits(props: {
  clientId: string;
  start: VisitsOfCard;
  rights: CardRights;
  /** Stands between what is to come and the long list of what was. */
  children?: ReactNode;
}) {
  const t = useTranslations('clients.page');
  const api = useTRPC();
  const { clientId, rights } = props;
  const visits = useQuery(
    api.clients.visits.queryOptions({ clientId }, { initialData: props.start, staleTime: 30_000 }),
  );
  return (
    <>
      <Section title={t('coming')}>
        <Rows visits={visits.data.coming} rights={rights} none={t('comingNone')} />
      </Section>
      {props.children}
      <Section title={t('past')}>
        <Rows visits={visits.data.past} rights={rights} none={t('pastNone')} />
      </Section>
    </>
  );
}
