'use client';

import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMessages, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trailKinds } from '../../domain/trail.ts';
import { addDays, localDateOf } from '../../domain/zone.ts';
import { FilterMenu } from '../kit/filter-menu.tsx';
import { Icon } from '../kit/icons.tsx';
import { serverNow } from '../trpc/server-clock.ts';
import { useTRPC } from '../trpc/client.ts';
import type { TrailAddress } from './address.ts';
import { ClientFilter } from './client-filter.tsx';

const kindsOfActor = ['client', 'nobody', 'system'] as const;
const periods = { today: 0, week: 6, month: 29 } as const;
type Period = keyof typeof periods | 'custom';
const isPeriod = (text: string | undefined): text is Period =>
  text === 'custom' || (text !== undefined && Object.hasOwn(periods, text));
const chip =
  'inline-flex min-h-8 shrink-0 items-center gap-1.5 rounded-full border border-accent bg-accent-soft pl-3 text-sm font-medium whitespace-nowrap text-accent';

/** What is looked for, as chips; all of it stands in the address. */
export function Filters(props: {
  address: TrailAddress;
  zone: string;
  onChange: (part: Partial<TrailAddress>) => void;
}) {
  const t = useTranslations('trail');
  const trpc = useTRPC();
  const { address, onChange } = props;
  const people = useQuery(trpc.trail.people.queryOptions(undefined, { staleTime: 300_000 }));
  const subjects: Readonly<Record<string, string>> = useMessages().trail.subjects;
  const who = address.actorId ?? address.actorKind;
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0">
        <PeriodFilter {...props} />
        <FilterMenu
          label={t('filters.who')}
          anyLabel={t('filters.any')}
          choices={[
            ...(people.data ?? []).map(({ accountId, name }) => ({ value: accountId, label: name })),
            ...kindsOfActor.map((kind) => ({ value: kind, label: t(`actors.${kind}`) })),
          ]}
          chosen={who === null ? [] : [who]}
          onChoose={([value]) => {
            const kind = kindsOfActor.find((each) => each === value) ?? null;
            onChange({ actorKind: kind, actorId: kind === null ? (value ?? null) : null });
          }}
        />
        <FilterMenu
          label={t('filters.kind')}
          anyLabel={t('filters.any')}
          choices={trailKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          chosen={address.kind === null ? [] : [address.kind]}
          onChoose={([value]) => onChange({ kind: trailKinds.find((kind) => kind === value) ?? null })}
        />
        <FilterMenu
          label={t('filters.subject')}
          anyLabel={t('filters.any')}
          choices={Object.entries(subjects).map(([value, label]) => ({ value, label }))}
          chosen={address.subjectType === null ? [] : [address.subjectType]}
          onChoose={([value]) => onChange({ subjectType: value ?? null })}
        />
        {address.recordId !== null && (
          <Chosen
            label={`${t('filters.record')}: ${address.named ?? ''}`}
            onRemove={() => onChange({ recordId: null, named: null })}
          />
        )}
        {address.clientId === null ? (
          <ClientFilter onPick={(clientId, named) => onChange({ clientId, named })} />
        ) : (
          <Chosen
            label={`${t('filters.client')}: ${address.named ?? ''}`}
            onRemove={() => onChange({ clientId: null, named: null })}
          />
        )}
      </div>
    </div>
  );
}

/** A filter that is set and can only be taken off. */
function Chosen({ label, onRemove }: { label: string; onRemove: () => void }) {
  const t = useTranslations('trail.filters');
  return (
    <span className={chip}>
      <span className="max-w-56 truncate">{label}</span>
      <button
        type="button"
        aria-label={t('removeFilter', { name: label })}
        onClick={onRemove}
        className="grid size-8 cursor-pointer place-items-center rounded-full border-0 bg-transparent text-accent hover:bg-hover pointer-coarse:size-11"
      >
        <Icon name="close" size={14} />
      </button>
    </span>
  );
}

function PeriodFilter(props: {
  address: TrailAddress;
  zone: string;
  onChange: (part: Partial<TrailAddress>) => void;
}) {
  const t = useTranslations('trail.filters');
  const { address, onChange, zone } = props;
  const { fromDate, toDate } = address;
  const [chosen, setChosen] = useState<Period | null>(null);
  const isSet = fromDate !== null || toDate !== null;
  const period = chosen ?? (isSet ? 'custom' : null);
  const choose = (value: string | undefined) => {
    if (!isPeriod(value)) {
      setChosen(null);
      return onChange({ fromDate: null, toDate: null });
    }
    setChosen(value);
    if (value === 'custom') return;
    const today = localDateOf(serverNow(), zone);
    onChange({ fromDate: addDays(today, -periods[value]), toDate: null });
  };
  return (
    <>
      <FilterMenu
        label={t('period')}
        anyLabel={t('all')}
        choices={[...Object.keys(periods), 'custom'].flatMap((value) =>
          isPeriod(value) ? [{ value, label: t(value) }] : [],
        )}
        chosen={period === null ? [] : [period]}
        onChoose={([value]) => choose(value)}
      />
      {period === 'custom' && (
        <span className="flex shrink-0 items-center gap-2">
          <TextInput
            type="date"
            size="xs"
            aria-label={t('from')}
            value={fromDate ?? ''}
            onChange={(event) => onChange({ fromDate: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            size="xs"
            aria-label={t('to')}
            value={toDate ?? ''}
            onChange={(event) => onChange({ toDate: event.currentTarget.value || null })}
          />
        </span>
      )}
    </>
  );
}
