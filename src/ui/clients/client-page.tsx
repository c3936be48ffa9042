'use client';

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { Icon } from '../kit/icons.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { Section } from '../kit/section.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import { useLive } from '../live/use-live.ts';
import { matches, useCommandSource } from '../shell/commands.tsx';
import { WhoSees } from '../access/who-sees.tsx';
import { CardTrail } from '../trail/card-trail.tsx';
import { CardPhotographs } from '../pictures/card-photographs.tsx';
import { useTRPC } from '../trpc/client.ts';
import { DrawingsSection } from '../zones/card/drawings-section.tsx';
import type { DrawingList } from '../zones/card/types.ts';
import { CardFacts } from './card-facts.tsx';
import { ClientForm } from './client-form.tsx';
import { ClientMessages } from './client-messages.tsx';
import { CardHistory } from './card-history.tsx';
import { CardTags } from './card-tags.tsx';
import { CardVisits } from './card-visits.tsx';
import { LinkAccount } from './link-account.tsx';
import type { CardRights, ClientCard, VisitsOfCard } from './types.ts';

/** One client: who it is at the side, what happens and happened in the middle. */
export function ClientPage(props: {
  card: ClientCard;
  visits: VisitsOfCard;
  /** Null for whoever sees the card and not what is drawn in it. */
  drawings: DrawingList | null;
  rights: CardRights;
  zone: string;
  currency: string;
}) {
  const t = useTranslations('clients.page');
  const tAll = useTranslations('clients');
  const api = useTRPC();
  const queries = useQueryClient();
  const { rights, zone, currency } = props;
  const { clientId } = props.card;
  const [open, setOpen] = useState<'edit' | 'link' | null>(null);
  const close = () => setOpen(null);
  const { data: card } = useQuery(
    api.clients.card.queryOptions({ clientId }, { initialData: props.card, staleTime: 30_000 }),
  );
  useLive(['client', 'calendar', 'message'], (events) => {
    if (
      events === null ||
      events.some(({ topic, entityId }) => topic !== 'client' || entityId === null || entityId === clientId)
    ) {
      void queries.invalidateQueries({ queryKey: api.clients.pathKey() });
      void queries.invalidateQueries({ queryKey: api.messages.ofClient.queryKey({ clientId }) });
    }
  });
  const name = fullName(card);
  const router = useRouter();
  const mayBook = rights.allVisits || rights.specialistId !== null;
  const bookHref = `/calendar?client=${clientId}`;
  useShortcut({ keys: 'c', label: t('book') }, () => router.push(bookHref), mayBook);
  useCommandSource({
    id: 'client-card',
    label: name,
    find: (query) =>
      mayBook && matches(t('book'), query)
        ? [{ id: 'client-book', label: t('book'), icon: 'plus', run: () => router.push(bookHref) }]
        : [],
  });
  return (
    <>
      <header className="mb-6 flex flex-wrap items-start gap-x-4 gap-y-3">
        <PersonMark name={name} hue={hueOf(clientId)} size={48} />
        <div className="min-w-48 flex-1">
          <h1 tabIndex={-1} className="text-title font-semibold tracking-tight break-words">
            {name}
          </h1>
          <p className="text-sm text-soft">{tAll('card', { number: card.cardNumber })}</p>
          <CardTags card={card} canEdit={rights.edit} />
        </div>
        <div className="flex flex-wrap gap-2" data-print="hide">
          {rights.edit && (
            <Button onClick={() => setOpen('edit')} variant="default">
              {t('edit')}
            </Button>
          )}
          {mayBook && (
            <Button component={Link} href={bookHref} leftSection={<Icon name="plus" size={18} />}>
              {t('book')}
            </Button>
          )}
        </div>
      </header>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-6 max-lg:order-2">
          <CardVisits clientId={clientId} start={props.visits} rights={rights}>
            {props.drawings !== null && (
              <DrawingsSection clientId={clientId} start={props.drawings} zone={zone} />
            )}
          </CardVisits>
          <CardPhotographs clientId={clientId} zone={zone} />
          {rights.messages && (
            <Section title={t('messages')}>
              <ClientMessages clientId={clientId} zone={zone} />
            </Section>
          )}
          <CardHistory clientId={clientId} currency={currency} />
          {rights.trail && <WhoSees clientId={clientId} zone={zone} />}
          <CardTrail clientId={clientId} zone={zone} currency={currency} mayReveal={rights.reveal} />
        </div>
        <CardFacts card={card} rights={rights} zone={zone} onLink={() => setOpen('link')} />
      </div>
      {open === 'edit' && <ClientForm card={card} onClose={close} onDone={close} />}
      {open === 'link' && <LinkAccount card={card} onClose={close} />}
    </>
  );
}
