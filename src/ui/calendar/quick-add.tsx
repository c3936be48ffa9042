'use client';

import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { MoneyText } from '../kit/money-text.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { SideDrawer } from '../kit/side-drawer.tsx';
import { toast } from '../kit/toasts.ts';
import { useLiveState } from '../live/live-provider.tsx';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { Alternatives, alternativesIn, isOverridable, performerFor } from './alternatives.tsx';
import { ClientPicker } from './client-picker.tsx';
import { type Draft, type DraftItem, requestedItems } from './draft.ts';
import { ServiceFields } from './service-fields.tsx';
import { StartField, useStarts } from './start-field.tsx';
import type { Desk, DeskRights } from './types.ts';
import { localDateOf } from './wall.ts';

interface QuickAddProps {
  desk: Desk;
  rights: DeskRights;
  draft: Draft | null;
  onChange: (draft: Draft) => void;
  /** Closes and keeps what was typed. */
  onClose: () => void;
  onBooked: (appointmentId: string) => void;
}

const mostServices = 6;

/** A new visit from the desk: who, what, with whom, when. Whatever is refused, nothing typed is lost. */
export function QuickAdd(props: QuickAddProps) {
  const t = useTranslations('calendar.form');
  return (
    <SideDrawer opened={props.draft !== null} onClose={props.onClose} title={t('title')}>
      {props.draft !== null && <QuickAddForm {...props} draft={props.draft} />}
    </SideDrawer>
  );
}

function QuickAddForm({ desk, rights, draft, onChange, onBooked }: QuickAddProps & { draft: Draft }) {
  const t = useTranslations('calendar.form');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const live = useLiveState();
  const problemText = useProblemText();
  const fieldErrors = useFieldErrors();
  const [missing, setMissing] = useState(false);
  const create = useMutation(trpc.booking.create.mutationOptions());
  const location = desk.locations.find(({ id }) => id === draft.locationId) ?? desk.locations[0];
  const zone = location?.timeZone ?? 'UTC';
  const items = requestedItems(draft.items);
  const starts = useStarts({ locationId: draft.locationId, items, date: draft.date });
  const refusal = create.isError ? refusalOf(create.error) : null;
  const change = (part: Partial<Draft>) => {
    onChange({ ...draft, ...part });
    if (create.isError) create.reset();
  };
  const changeItem = (item: DraftItem) =>
    change({ items: draft.items.map((each) => (each.key === item.key ? item : each)) });
  const nameOf = (id: string) => desk.specialists.find((each) => each.id === id)?.name ?? '';
  const sole = draft.items.length === 1 ? (draft.items[0]?.specialistId ?? null) : null;
  const start = starts.data?.starts.find(({ startsAt }) => startsAt === draft.startsAt);
  const offers = (starts.data?.offers ?? []).filter(({ specialistIds }) =>
    start ? start.specialistIds.includes(specialistIds) : true,
  );
  const minutes = offers.map((offer) => offer.minutes);
  const prices = offers.flatMap(({ priceMinor }) => priceMinor ?? []);
  const problems = create.isError ? Object.values(fieldErrors(create.error)) : [];
  const asksReason = rights.overridePolicy && isOverridable(refusal);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!draft.client || !items || draft.startsAt === null) return setMissing(true);
    setMissing(false);
    const { client, startsAt } = draft;
    const reason = draft.overrideReason.trim();
    create.mutate(
      {
        locationId: draft.locationId,
        items,
        startsAt,
        clientId: client.id,
        idempotencyKey: draft.callKey,
        ...(draft.note.trim() === '' ? {} : { note: draft.note }),
        ...(asksReason && reason !== '' ? { overrideReason: reason } : {}),
      },
      {
        onSuccess: (view) => {
          if (live !== 'open') void queries.invalidateQueries({ queryKey: trpc.booking.pathKey() });
          toast(t('booked', { name: client.name, at: format.dayTime(new Date(view.startsAt), zone) }));
          onBooked(view.appointmentId);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5 pb-2" noValidate>
      <ClientPicker
        client={draft.client}
        onChange={(client) => change({ client })}
        mayCreate={rights.createClients}
        error={missing && !draft.client ? t('clientMissing') : null}
      />
      {desk.locations.length > 1 && (
        <Select
          label={t('location')}
          data={desk.locations.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.locationId}
          onChange={(locationId) => locationId !== null && change({ locationId })}
          allowDeselect={false}
        />
      )}
      {draft.items.map((item, index) => (
        <ServiceFields
          key={item.key}
          desk={desk}
          item={item}
          onChange={changeItem}
          onRemove={
            draft.items.length > 1
              ? () => change({ items: draft.items.filter(({ key }) => key !== item.key) })
              : null
          }
          error={missing && item.serviceId === null ? t('serviceMissing') : null}
          isFirst={index === 0}
        />
      ))}
      {draft.items.length < mostServices && draft.items.every(({ serviceId }) => serviceId !== null) && (
        <Button
          variant="subtle"
          className="self-start"
          leftSection={<Icon name="plus" size={18} />}
          onClick={() =>
            change({
              items: [
                ...draft.items,
                {
                  key: Math.max(...draft.items.map(({ key }) => key)) + 1,
                  serviceId: null,
                  techniqueIds: [],
                  specialistId: null,
                },
              ],
            })
          }
        >
          {t('addService')}
        </Button>
      )}
      <StartField
        locationId={draft.locationId}
        zone={zone}
        items={items}
        date={draft.date}
        startsAt={draft.startsAt}
        onDate={(date) => change({ date })}
        onStart={(startsAt) =>
          change(startsAt === null ? { startsAt } : { startsAt, date: localDateOf(startsAt, zone) })
        }
      />
      <Textarea
        label={t('note')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      {items !== null && minutes.length > 0 && (
        <p className="flex items-baseline justify-between gap-4 border-t border-line pt-3">
          <span className="text-soft" data-tabular>
            {t('minutes', { minutes: rangeOf(minutes) })}
            {start !== undefined &&
              `, ${format.time(new Date(start.startsAt), zone)}–${format.time(new Date(start.endsAt), zone)}`}
          </span>
          <span className="font-semibold">
            {Math.min(...prices) !== Math.max(...prices) && `${t('from')} `}
            <MoneyText amountMinor={Math.min(...prices)} currency={desk.currency} />
          </span>
        </p>
      )}
      {missing && draft.startsAt === null && (
        <p role="alert" className="text-sm text-danger">
          {t('startMissing')}
        </p>
      )}
      {create.isError && (
        <div role="alert" className="rounded-md border border-line bg-attention-soft p-3">
          <p className="font-medium text-attention">{problemText(create.error)}</p>
          {problems.map((problem) => (
            <p key={problem} className="text-sm">
              {problem}
            </p>
          ))}
          <Alternatives
            starts={alternativesIn(refusal)}
            zone={zone}
            nameOf={nameOf}
            wanted={sole}
            onTake={(taken) => {
              const [only] = draft.items;
              const who = performerFor(taken, sole);
              change({
                startsAt: taken.startsAt,
                date: localDateOf(taken.startsAt, zone),
                ...(only && draft.items.length === 1 && sole !== null && who !== null
                  ? { items: [{ ...only, specialistId: who }] }
                  : {}),
              });
            }}
          />
          {asksReason && (
            <TextInput
              mt="md"
              label={t('bookAnyway')}
              placeholder={t('reasonPlaceholder')}
              value={draft.overrideReason}
              onChange={(event) => onChange({ ...draft, overrideReason: event.currentTarget.value })}
            />
          )}
        </div>
      )}
      <div className="sticky bottom-0 -mx-4 -mb-4 border-t border-line bg-surface px-4 py-3">
        <Button type="submit" fullWidth loading={create.isPending}>
          {draft.startsAt === null
            ? t('book')
            : t('bookAt', { at: format.dayTime(new Date(draft.startsAt), zone) })}
        </Button>
      </div>
    </form>
  );
}

function rangeOf(values: readonly number[]): string {
  const least = Math.min(...values);
  const most = Math.max(...values);
  return least === most ? String(least) : `${least}–${most}`;
}
